import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { SeededRandom, serverBatchKind, type Store } from '@nephos/core'
import { fsImages } from '@nephos/drivers/image/fs'
import { sqlite } from '@nephos/drivers/storage/sqlite'
import { type Cloud, createCloud, type ProjectApi } from '@nephos/sdk'
import { describe, expect, it } from 'vitest'

const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url))
const seed = Number(process.env['NEPHOS_SEED'] ?? 1)

const files = 5
const roundsPerFile = 5
const killsPerRound = 4
/** Kills come so long after the start, while a child recovers what the last one left … */
const longestRecoveryMs = 1_000
/** … or, three of four, so long after it began to work. */
const longestWorkMs = 700
const longestStartMs = 30_000
const settleMs = 60_000

type CreateInput = Parameters<ProjectApi['servers']['create']>[0]

/** What children said before they were killed. */
interface Told {
  readonly created: Map<string, { readonly id: string; readonly count: number }>
  readonly deleted: Set<string>
  readonly inputs: Map<string, CreateInput>
  readonly failed: string[]
  lastName: string | undefined
}

interface Line {
  readonly failed?: string
  readonly will?: 'create'
  readonly did?: string
  readonly input?: CreateInput
  readonly name?: string
  readonly id?: string
  readonly count?: number
  readonly ids?: readonly string[]
}

function hear(told: Told, line: string): void {
  const {
    failed,
    will,
    did,
    input,
    name = '',
    id = '',
    count = 0,
    ids = [],
  } = JSON.parse(line) as Line
  if (failed !== undefined) told.failed.push(line)
  if (will === 'create' && input) {
    told.inputs.set(input.name, input)
    told.lastName = input.name
  }
  if (did === 'create') told.created.set(name, { id, count })
  if (did === 'delete') for (const one of ids) told.deleted.add(one)
}

/** Starts a child and kills it at some moment, whatever it is doing then. */
async function runAndKill(directory: string, random: SeededRandom, told: Told): Promise<void> {
  const childSeed = random.uint32()
  const isRecovering = random.uint32() % 4 === 0
  const lifeMs = random.uint32() % (isRecovering ? longestRecoveryMs : longestWorkMs)
  const running: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', child, directory, String(childSeed)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let trouble = ''
  running.stderr?.on('data', (text: Buffer) => (trouble += text.toString()))
  const lines = createInterface({ input: running.stdout as NodeJS.ReadableStream })
  const atWork = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      // The kill may cut the last line.
      if (line.endsWith('}')) hear(told, line)
      resolve()
    })
  })
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    running.once('close', (_, signal) => resolve(signal)),
  )
  if (!isRecovering) await Promise.race([atWork, ended, pause(longestStartMs)])
  await pause(lifeMs)
  running.kill('SIGKILL')
  expect(await ended, `seed ${seed}, child ${childSeed} ended by itself: ${trouble}`).toBe(
    'SIGKILL',
  )
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Opens what the killed processes left, and sees that every word of theirs was kept. */
async function verify(directory: string, told: Told): Promise<void> {
  expect(told.failed).toEqual([])
  await mkdir(join(directory, 'images'), { recursive: true })
  const store = sqlite({ file: join(directory, 'cloud.db') })
  const images = await fsImages({ directory: join(directory, 'images') })
  const cloud = await createCloud({ store, drivers: { images } })
  try {
    await settled(cloud)
    const acme = await cloud.project('acme')
    await repeatLast(acme, store, told)
    await settled(cloud)
    const alive = new Set<string>()
    for await (const server of acme.servers.list({ pageSize: 1_000 })) {
      expect(server.task, `seed ${seed}, server ${server.id}`).toBeNull()
      expect(server.status).not.toBe('BUILD')
      alive.add(server.id)
    }
    expect([...told.deleted].filter((id) => alive.has(id))).toEqual([])
    for (const [name, { id, count }] of told.created) {
      const batch = await acme.servers.batch(id)
      expect({ name: batch.name, count: batch.count }).toEqual({ name, count })
      for await (const { pending } of batch.progress()) expect(pending).toBe(0)
    }
  } finally {
    await cloud.close()
  }
}

async function settled(cloud: Cloud): Promise<void> {
  expect(await cloud.settle({ timeoutMs: settleMs })).toBe(0)
  await cloud.reconcile()
  expect(await cloud.settle({ timeoutMs: settleMs })).toBe(0)
  expect(await cloud.audit(), `seed ${seed}`).toEqual([])
}

/**
 * A client that heard no answer asks again; whether or not it was accepted, there is one effect.
 */
async function repeatLast(acme: ProjectApi, store: Store, told: Told): Promise<void> {
  const name = told.lastName
  const input = name === undefined ? undefined : told.inputs.get(name)
  if (name === undefined || input === undefined) return
  const again = (): ReturnType<ProjectApi['servers']['create']> =>
    acme.servers.create({ ...input, idempotencyKey: name })
  const answers = [await again(), await again()]
  expect(answers[1]?.id).toBe(answers[0]?.id)
  const acknowledged = told.created.get(name)
  if (acknowledged) expect(answers[0]?.id).toBe(acknowledged.id)
  const batches = await store.query(serverBatchKind, { limit: 10_000 })
  expect(batches.filter((batch) => batch.name === name)).toHaveLength(1)
  told.created.set(name, { id: answers[0]?.id as string, count: answers[0]?.count as number })
}

describe('a process killed at any moment', () => {
  console.info(`NEPHOS_SEED=${seed}`)
  for (let file = 0; file < files; file++) {
    const kills = roundsPerFile * killsPerRound
    it(`${kills} times on one file loses nothing that was accepted (${file + 1})`, async () => {
      const random = new SeededRandom(seed * 1_000 + file)
      const directory = await mkdtemp(join(tmpdir(), 'nephos-crash-'))
      const told: Told = {
        created: new Map(),
        deleted: new Set(),
        inputs: new Map(),
        failed: [],
        lastName: undefined,
      }
      try {
        for (let round = 0; round < roundsPerFile; round++) {
          for (let kill = 0; kill < killsPerRound; kill++) {
            await runAndKill(directory, random, told)
          }
          await verify(directory, told)
        }
        expect(told.created.size).toBeGreaterThan(0)
      } finally {
        await rm(directory, { recursive: true, force: true })
      }
    })
  }
})
