import { limits } from '../../base/limits.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  discardedId,
  type LooseBytes,
  looseBytesKind,
  objectKind,
} from '../../model/object/object.ts'
import { objectPartKind } from '../../model/object/multipart.ts'
import type { Reconciler } from '../../work/reconciler.ts'

/** Rows, and keys, that one round looks at: bounds its memory and its transactions. */
const perRound = 500

/** Milliseconds between two walks over all keys: only a crash leaves what no row speaks of. */
const walkEveryMs = 3_600_000

/** Keys without a row that are remembered until they are looked at again. */
const mostSuspects = 10_000

/**
 * Removes bytes that belong to no object: of uploads that failed or were interrupted, of objects
 * that were replaced or deleted, and of writers so late that no row speaks of them any more. An
 * upload is told from an interrupted one by its row, which whoever uploads keeps changing: no
 * clock but this process's own stopwatch is asked.
 */
export function looseBytes(kernel: Kernel): Reconciler {
  const uploads = new Uploads(kernel)
  const strays = new Strays(kernel)
  return {
    name: 'object-bytes',
    run: async (signal) => {
      await uploads.run()
      await removeDiscarded(kernel)
      if (!signal.aborted) await strays.run()
    },
  }
}

/** The bytes first, then the row that says they are to go. */
async function removeDiscarded(kernel: Kernel): Promise<void> {
  const rows = await kernel.store.query(looseBytesKind, {
    index: 'byState',
    equals: ['discarded'],
    limit: perRound,
  })
  if (rows.length === 0) return
  await kernel.objects.delete(rows.map(({ key }) => key))
  const done: LooseBytes[] = []
  for (const row of rows) {
    if (!row.withParts || (await removeParts(kernel, row.key))) done.push(row)
  }
  await commitSome(kernel, done, (writes, row) => writes.remove(looseBytesKind, row))
}

/**
 * Removes parts of an object that is gone, as many as one round may.
 *
 * @returns true once there are none.
 */
async function removeParts(kernel: Kernel, uploadId: string): Promise<boolean> {
  const parts = await kernel.store.query(objectPartKind, {
    index: 'byNumber',
    equals: [uploadId],
    limit: perRound,
  })
  if (parts.length === 0) return true
  await kernel.objects.delete(parts.map(({ id }) => id))
  await commitSome(kernel, parts, (writes, part) => writes.remove(objectPartKind, part))
  return parts.length < perRound
}

/** Gives up uploads of which nothing was heard for long. */
class Uploads {
  readonly #kernel: Kernel
  #known = new Map<string, { readonly rev: number; readonly at: number }>()
  #seen = new Map<string, { readonly rev: number; readonly at: number }>()
  #after: LooseBytes | undefined

  constructor(kernel: Kernel) {
    this.#kernel = kernel
  }

  async run(): Promise<void> {
    const kernel = this.#kernel
    const rows = await kernel.store.query(looseBytesKind, {
      index: 'byState',
      equals: ['uploading'],
      limit: perRound,
      ...(this.#after && { after: this.#after }),
    })
    const at = kernel.clock.elapsed()
    const silent: LooseBytes[] = []
    for (const row of rows) {
      const known = this.#known.get(row.id)
      const since = known?.rev === row.rev ? known.at : at
      if (at - since >= limits.objectStallMs) silent.push(row)
      else this.#seen.set(row.id, { rev: row.rev, at: since })
    }
    this.#after = rows.length === perRound ? rows.at(-1) : undefined
    if (!this.#after) {
      this.#known = this.#seen
      this.#seen = new Map()
    }
    if (silent.length === 0) return
    kernel.telemetry.meter.count('object_uploads_interrupted', silent.length)
    await commitSome(kernel, silent, (writes, row) =>
      writes.update(looseBytesKind, { ...row, state: 'discarded' }),
    )
  }
}

/** Walks over all keys, a page a round, and removes those that no row has spoken of for long. */
class Strays {
  readonly #kernel: Kernel
  /** Keys without a row, and since when, in milliseconds of `elapsed`. */
  readonly #suspects = new Map<string, number>()
  #after: string | undefined
  #nextWalk = Number.NEGATIVE_INFINITY

  constructor(kernel: Kernel) {
    this.#kernel = kernel
  }

  async run(): Promise<void> {
    await this.#judge()
    await this.#walk()
  }

  /** A row may be too new to be read: a key is only removed when it has none much later, too. */
  async #judge(): Promise<void> {
    const kernel = this.#kernel
    const at = kernel.clock.elapsed()
    const due = [...this.#suspects]
      .filter(([, since]) => at - since >= limits.objectStallMs)
      .slice(0, perRound)
      .map(([key]) => key)
    if (due.length === 0) return
    const strays = await strayKeys(kernel, due)
    await kernel.objects.delete(strays)
    for (const key of due) this.#suspects.delete(key)
    kernel.telemetry.meter.count('object_strays_removed', strays.length)
  }

  async #walk(): Promise<void> {
    const kernel = this.#kernel
    const at = kernel.clock.elapsed()
    if (this.#after === undefined && at < this.#nextWalk) return
    const keys = await kernel.objects.list({
      limit: perRound,
      ...(this.#after !== undefined && { after: this.#after }),
    })
    for (const key of await strayKeys(kernel, keys)) {
      if (!this.#suspects.has(key) && this.#suspects.size < mostSuspects) {
        this.#suspects.set(key, at)
      }
    }
    this.#after = keys.length === perRound ? keys.at(-1) : undefined
    if (this.#after === undefined) this.#nextWalk = at + walkEveryMs
  }
}

const ours = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Those of the keys that no row speaks of. Keys of another form than ours are left alone. */
export async function strayKeys(
  { store }: Pick<Kernel, 'store'>,
  keys: readonly string[],
): Promise<string[]> {
  const own = keys.filter((key) => ours.test(key))
  if (own.length === 0) return []
  const objects = await store.get(objectKind, own)
  const others = own.filter((_, index) => objects[index] === undefined)
  if (others.length === 0) return []
  const parts = await store.get(objectPartKind, others)
  const rest = others.filter((_, index) => parts[index] === undefined)
  if (rest.length === 0) return []
  const ids = rest.flatMap((key) => [key, discardedId(key)])
  const loose = await store.get(looseBytesKind, ids)
  const told = new Set(loose.map((row) => row?.key))
  return rest.filter((key) => !told.has(key))
}

/**
 * Commits a change of many rows; without those that somebody else was faster with, of which the
 * next round sees what became.
 */
export async function commitSome<T extends { readonly id: string }>(
  kernel: Kernel,
  rows: readonly T[],
  plan: (writes: Writes, row: T) => unknown,
): Promise<number> {
  let left = rows
  for (let tries = 0; tries < limits.commitAttempts && left.length > 0; tries++) {
    const writes = new Writes()
    for (const row of left) plan(writes, row)
    try {
      await kernel.committer.commit(writes)
      return left.length
    } catch (error) {
      if (!(error instanceof CommitConflict)) throw error
      const { conflict } = error
      const lost = new Set(conflict.type === 'revision' ? conflict.ids : [])
      const kept = left.filter(({ id }) => !lost.has(id))
      if (kept.length === left.length) return 0
      left = kept
    }
  }
  return 0
}
