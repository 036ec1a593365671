import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quotaNames } from '@nephos/core'
import { fsImages } from '@nephos/drivers/image/fs'
import { sqlite } from '@nephos/drivers/storage/sqlite'
import { type Cloud, createCloud, type ProjectApi } from '@nephos/sdk'
import { BenchError } from '../errors.ts'
import { median, round3 } from '../harness/measure.ts'

/** A cloud on a SQLite file with `fsync`, and one project in it that nothing is refused. */
export interface Bed {
  readonly cloud: Cloud
  readonly acme: ProjectApi
}

/** What one request of a service costs. */
export interface ServiceRow {
  readonly service: string
  readonly what: string
  /** Things that one request is about. */
  readonly count: number
  readonly rounds: number
  readonly p50Ms: number
  readonly maxMs: number
  readonly microsecondsEach: number
  /** Of one request, of `count` things. */
  readonly statements: number
}

/** Runs with a cloud in a directory of its own, which goes afterwards. */
export async function onBed<T>(run: (bed: Bed) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'nephos-services-'))
  try {
    const cloud = await createCloud({
      store: sqlite({ file: join(directory, 'cloud.db') }),
      drivers: { images: await fsImages({ directory }) },
      settings: { defaultQuotas: Object.fromEntries(quotaNames.map((name) => [name, -1])) },
    })
    try {
      return await run({ cloud, acme: await cloud.project('acme') })
    } finally {
      await cloud.close()
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** One request to be timed, and what makes ready for it and ends it. */
export interface Timed<T> {
  readonly service: string
  readonly what: string
  readonly count: number
  readonly rounds: number
  readonly before?: () => Promise<void>
  readonly run: () => Promise<T>
  readonly after?: (answer: T) => Promise<unknown>
}

/**
 * Times a request: one round to warm up, then as many as asked, with all work at rest before each.
 * The worker may begin before the answer: the fewest statements of a round are the request's own.
 */
export async function timeRequest<T>({ cloud }: Bed, timed: Timed<T>): Promise<ServiceRow> {
  const { service, what, count, rounds, before, run, after } = timed
  const times: number[] = []
  const statements: number[] = []
  for (let round = -1; round < rounds; round++) {
    await before?.()
    await atRest(cloud)
    const earlier = cloud.stats.statements
    const began = performance.now()
    const answer = await run()
    const took = performance.now() - began
    if (round >= 0) {
      times.push(took)
      statements.push(cloud.stats.statements - earlier)
    }
    await after?.(answer)
    await atRest(cloud)
  }
  const p50Ms = round3(median(times))
  return {
    service,
    what,
    count,
    rounds,
    p50Ms,
    maxMs: round3(Math.max(...times)),
    microsecondsEach: round3((p50Ms * 1e3) / count),
    statements: Math.min(...statements),
  }
}

async function atRest(cloud: Cloud): Promise<void> {
  const left = await cloud.settle({ timeoutMs: 120_000 })
  if (left > 0) throw new BenchError(`${left} pieces of work did not end.`)
}
