import type { Kind, Stored } from '@nephos/core'
import { checkSerializable } from '../../history/cycles.ts'
import type { Transaction } from '../../history/dependencies.ts'
import type { Commit } from '../../world/store-server.ts'
import type { Check, Scene, Watch } from '../check.ts'

/** It reads along with every process, which costs as much as a story: one in so many is watched. */
const oneIn = 64

/**
 * Commits and reads of many rows at once have one order, that of real time: nobody sees half of a
 * commit, or what was before it once it was acknowledged.
 */
export const serial: Check = {
  invariant: 12,
  title: 'Commits and reads are strictly serializable.',
  watch: (scene) => {
    const { ground } = scene.world
    // A replica that lags is there to show what was: who reads it is not to be trusted anyway.
    const isWatched = ground.seed % oneIn === 0 && !ground.faults.planned('storeStale')
    return isWatched ? watchSerial(scene) : {}
  },
}

/** The same for every story. */
export function watchSerial(scene: Scene): Watch {
  const record = new Recorder()
  scene.world.store.onRead = (kind, ids) => record.read(kind, ids)
  return {
    commit: (commit) => record.commit(commit),
    rest: () => {
      scene.sometimes('a story was checked for one serial order')
      const result = checkSerializable(record.transactions)
      if (result.verdict === 'illegal') scene.report('store', result.text)
    },
  }
}

/** Versions of a row count on from life to life, where it is removed and made again. */
interface Life {
  version: number
  /** Version of the present life's revision 0; null while there is no row. */
  base: number | null
}

class Recorder {
  readonly transactions: Transaction[] = []
  readonly #lives = new Map<string, Life>()
  #tick = 0

  /** A read begins; what it returns is called with what was read. */
  read(kind: Kind, ids: readonly string[]): (rows: readonly (Stored | undefined)[]) => void {
    const call = this.#tick++
    return (rows) => {
      const reads = ids.map((id, index) => this.#seen(`${kind.name}:${id}`, rows[index]))
      const end = this.#tick++
      this.transactions.push({ id: `read ${call}`, call, return: end, writes: [], reads })
    }
  }

  commit({ batch, seq, process }: Commit): void {
    const tick = this.#tick++
    const reads: { row: string; rev: number | null }[] = []
    const writes: { row: string; rev: number }[] = []
    for (const { kind, writes: rows } of batch.kinds) {
      for (const one of rows.remove ?? []) {
        const row = `${kind.name}:${one.id}`
        reads.push(this.#seen(row, one))
        writes.push({ row, rev: this.#write(row, null) })
      }
      for (const one of rows.update ?? []) {
        const row = `${kind.name}:${one.id}`
        reads.push(this.#seen(row, one))
        writes.push({ row, rev: this.#write(row, one.rev + 1) })
      }
      for (const one of rows.insert ?? []) {
        const row = `${kind.name}:${(one as Stored).id}`
        reads.push(this.#seen(row, undefined))
        writes.push({ row, rev: this.#write(row, 1) })
      }
    }
    const id = `commit ${seq} of ${process}`
    this.transactions.push({ id, call: tick, return: tick, writes, reads })
  }

  /** The version that was seen. */
  #seen(row: string, found: Stored | undefined): { row: string; rev: number | null } {
    const life = this.#lives.get(row)
    if (!life) return { row, rev: found ? found.rev : null }
    if (found) return { row, rev: (life.base ?? 0) + found.rev }
    // Absent: as before its present life, or since its end.
    if (life.base === null) return { row, rev: life.version }
    return { row, rev: life.base > 0 ? life.base : null }
  }

  /** @param rev the revision in the row's present life; null ends that. */
  #write(row: string, rev: number | null): number {
    const life = this.#lives.get(row) ?? { version: 0, base: null }
    this.#lives.set(row, life)
    if (rev === null) {
      life.version++
      life.base = null
      return life.version
    }
    life.base ??= life.version
    life.version = life.base + rev
    return life.version
  }
}
