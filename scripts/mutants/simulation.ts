import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, type Options } from 'tsup'
import type { Mutant } from '../../tests/mutants/mutant.ts'
import { root } from '../workspace.ts'
import { mutated } from './check.ts'
import type { Verdict } from './verdict.ts'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

/** Where the simulator begins. */
export const simulatorEntry = 'packages/testkit/src/simulate/cli.ts'

const runMs = 300_000
/** The first seed that fails says enough. Mutants run side by side already. */
const always = ['--fail-fast', '--no-shrink', '--jobs', '1'] as const
/** Some of what is bundled is CommonJS, and asks for Node's modules by `require`. */
const requireBanner =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)"
/** What the simulator says of a seed that failed, and of the promise that was broken. */
const seedPart = /FAILED (seed \d+)/
const promisePart = /(?:invariant \d+|defect) broken.*/

/** Bundles the simulator with a mutant in it, and runs it: it must find a seed that fails. */
export async function simulate(mutant: Mutant, args: readonly string[]): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'nephos-mutant-'))
  try {
    let loaded = false
    await bundle(folder, mutant, () => {
      loaded = true
    })
    const { code, output } = await run(join(folder, 'cli.mjs'), [...args, ...always])
    if (code === 0) return { type: 'survived', loaded }
    const seed = seedPart.exec(output)?.[1]
    const promise = promisePart.exec(output)?.[0]
    const by = `simulate ${args.join(' ')}`
    if (seed && promise) return { type: 'killed', by: `${by}: ${seed}: ${promise}` }
    return { type: 'broken', reason: `${by} ended with ${code}: ${output.trim().slice(-300)}` }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function bundle(folder: string, mutant: Mutant, onLoad: () => void): Promise<void> {
  const path = join(root, mutant.file)
  const plugin: Plugin = {
    name: 'mutant',
    setup: (hooks) => {
      hooks.onLoad({ filter: /\.ts$/ }, async (file) => {
        if (file.path !== path) return undefined
        onLoad()
        return { contents: mutated(await readFile(path, 'utf8'), mutant), loader: 'ts' }
      })
    },
  }
  await build({
    config: false,
    silent: true,
    entry: { cli: join(root, simulatorEntry) },
    outDir: folder,
    format: 'esm',
    outExtension: () => ({ js: '.mjs' }),
    target: 'node20',
    platform: 'node',
    tsconfig: join(root, 'tsconfig.json'),
    splitting: false,
    noExternal: [/./],
    banner: { js: requireBanner },
    esbuildPlugins: [plugin],
    esbuildOptions: (options) => {
      options.conditions = ['@nephos/source', 'node', 'import', 'default']
      options.absWorkingDir = root
    },
  })
}

function run(
  file: string,
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: runMs,
    })
    let output = ''
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-100_000)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}
