import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SeededRandom } from '@nephos/core'
import { describe, expect, it } from 'vitest'

const nephos = fileURLToPath(new URL('../../packages/sdk/bin/nephos.mjs', import.meta.url))
const seed = Number(process.env['NEPHOS_SEED'] ?? 1)
const kills = 12

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly output: string
}

/** Runs the command; `alive` is told how to kill it. */
function run(
  args: readonly string[],
  alive: (kill: () => void) => Promise<void> = async () => undefined,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [nephos, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (text: Buffer) => (output += text.toString()))
    child.stderr.on('data', (text: Buffer) => (output += text.toString()))
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, output }))
    alive(() => void child.kill('SIGKILL')).catch(reject)
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

describe('the demo', () => {
  it(`killed ${kills} times leaves nothing that the audit minds`, async () => {
    console.info(`NEPHOS_SEED=${seed}`)
    const random = new SeededRandom(seed)
    const root = await mkdtemp(join(tmpdir(), 'nephos-demo-'))
    const demo = (directory: string): string[] => [
      'demo',
      '--data',
      directory,
      '--count',
      '200',
      '--hosts',
      '2000',
      '--json',
    ]
    try {
      const started = performance.now()
      const whole = await run(demo(join(root, 'whole')))
      // On this machine, now: kills are spread over the whole life.
      const lifeMs = performance.now() - started
      expect(JSON.parse(whole.output)).toMatchObject({ active: 200, auditFindings: 0 })
      for (let killed = 0, round = 0; killed < kills; round++) {
        expect(round).toBeLessThan(5 * kills)
        // Four lives on each directory: the next demo goes on with what the last one left.
        const directory = join(root, String(Math.floor(round / 4)))
        const { signal, code, output } = await run(demo(directory), async (kill) => {
          await pause((random.uint32() / 2 ** 32) * lifeMs)
          kill()
        })
        if (signal === 'SIGKILL') killed++
        else expect(code, output).toBe(0)
        if (!existsSync(join(directory, 'cloud.db'))) continue
        const audit = await run(['audit', '--data', directory])
        expect(audit.code, `seed ${seed}, round ${round}: ${audit.output}`).toBe(0)
      }
    } finally {
      await rm(root, { recursive: true, force: true })
    }
  })
})
