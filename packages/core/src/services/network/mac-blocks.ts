import { CloudError } from '../../base/errors.ts'
import { macBlocks, macBlockSize, macOf } from '../../base/mac.ts'
import { CommitConflict, type Committer } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import { macBlockKind } from '../../model/network/mac-block.ts'
import { portKind } from '../../model/network/port.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Random } from '../../ports/random.ts'
import type { Store } from '../../ports/store.ts'

/** Attempts to lease a block against other processes. */
const leaseAttempts = 16
/** Blocks looked through for free addresses once all blocks were leased before. */
const reuseAttempts = 4
/** Addresses looked up at once. */
const lookAhead = 256

/**
 * MACs, unique across processes: each process leases a block of 65,536 in a commit of its own and
 * counts through it, so that making 500 costs no statement, and the unique index on ports is
 * appended to. A restart leases anew. When all 65,536 blocks were leased once, blocks are reused,
 * and each address is first looked up.
 */
export class MacBlocks {
  readonly #ports: { store: Store; committer: Committer; clock: Clock; random: Random }
  #block = 0
  #next = macBlockSize
  /** The block was leased by others before: look every address up. */
  #reused = false
  /** Somebody chose addresses of this block by hand: look up the next ones. */
  #doubt = false
  #queue: Promise<unknown> = Promise.resolve()

  constructor(ports: {
    readonly store: Store
    readonly committer: Committer
    readonly clock: Clock
    readonly random: Random
  }) {
    this.#ports = ports
  }

  /** Leases the first block ahead of the first request. */
  open(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#next >= macBlockSize) await this.#lease()
    })
  }

  /**
   * MACs that no port has and no other process will be given.
   *
   * @throws CloudError `overloaded` when the whole space is in use.
   */
  take(count: number): Promise<string[]> {
    return this.#inTurn(async () => {
      const macs: string[] = []
      for (let leases = 0; macs.length < count;) {
        if (this.#next >= macBlockSize) {
          if (this.#reused && leases++ >= reuseAttempts) {
            throw new CloudError('overloaded', 'No free MAC was found.', { limit: macBlocks })
          }
          await this.#lease()
        }
        const lookup = this.#reused || this.#doubt
        await (lookup ? this.#takeFree(macs, count) : this.#takeNext(macs, count))
      }
      return macs
    })
  }

  /** A commit with MACs from here failed, maybe because somebody chose one by hand. */
  doubt(): void {
    this.#doubt = true
  }

  #takeNext(macs: string[], count: number): void {
    while (macs.length < count && this.#next < macBlockSize) {
      macs.push(macOf(this.#block, this.#next++))
    }
  }

  async #takeFree(macs: string[], count: number): Promise<void> {
    const ahead = Math.max(count - macs.length, lookAhead)
    const end = Math.min(macBlockSize, this.#next + ahead)
    const wanted: string[] = []
    for (let index = this.#next; index < end; index++) wanted.push(macOf(this.#block, index))
    const keys = wanted.map((mac) => [mac])
    const ports = await this.#ports.store.lookup(portKind, 'byMac', keys)
    const taken = new Set(ports.map((port) => port.mac))
    this.#doubt = taken.size > 0
    for (const mac of wanted) {
      if (macs.length === count) return
      this.#next++
      if (!taken.has(mac)) macs.push(mac)
    }
  }

  async #lease(): Promise<void> {
    const { store, committer, clock, random } = this.#ports
    for (let attempt = 0; attempt < leaseAttempts; attempt++) {
      const [last] = await store.query(macBlockKind, { reverse: true, limit: 1 })
      const block = last ? Number.parseInt(last.id, 16) + 1 : 0
      if (block >= macBlocks) return this.#use(random.uint32() % macBlocks, true)
      const id = block.toString(16).padStart(4, '0')
      try {
        await committer.commit(new Writes().insert(macBlockKind, { id, at: clock.now() }))
        return this.#use(block, false)
      } catch (error) {
        if (!(error instanceof CommitConflict)) throw error
      }
    }
    throw new CloudError('stale', 'Other processes leased every block of MACs first.', {
      limit: leaseAttempts,
    })
  }

  #use(block: number, reused: boolean): void {
    this.#block = block
    this.#next = 0
    this.#reused = reused
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work)
    this.#queue = result.catch(() => undefined)
    return result
  }
}
