import { changeBody } from '../ports/store-batch.ts'
import type { Change, WriteBatch } from '../ports/store.ts'
import { frozenCopy } from './memory-record.ts'

/** The change feed: numbered without gaps from 1, forgotten from the oldest. */
export class MemoryFeed {
  #changes: Change[] = []
  /** Entries at the start of the list that are forgotten already. */
  #forgotten = 0
  #lastSeq = 0

  append(batch: WriteBatch): number {
    const { at, origin } = batch
    const seq = ++this.#lastSeq
    this.#changes.push(frozenCopy({ seq, at, origin, ...changeBody(batch) }) as Change)
    return seq
  }

  after(seq: number, limit: number): Change[] {
    const kept = this.#changes.length - this.#forgotten
    const oldest = this.#lastSeq - kept + 1
    const start = this.#forgotten + Math.max(0, seq + 1 - oldest)
    return this.#changes.slice(start, start + limit)
  }

  trim(upTo: number): void {
    const kept = this.#changes.length - this.#forgotten
    const oldest = this.#lastSeq - kept + 1
    this.#forgotten += Math.min(kept, Math.max(0, upTo + 1 - oldest))
    // Shifting the list only when half of it is forgotten keeps each entry's share constant.
    if (this.#forgotten * 2 < this.#changes.length) return
    this.#changes = this.#changes.slice(this.#forgotten)
    this.#forgotten = 0
  }
}
