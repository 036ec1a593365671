import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import type { Image } from '../../model/image/image.ts'

/**
 * Tells uploads under way from interrupted ones, round after round: by their leases; and those
 * whose lease ends later than any lease can, because a process wrote it whose clock was ahead, by
 * their rows: who uploads renews them.
 */
export class Interruptions {
  readonly #clock: Kernel['clock']
  #before = new Map<string, Seen>()
  #seen = new Map<string, Seen>()

  constructor({ clock }: Pick<Kernel, 'clock'>) {
    this.#clock = clock
  }

  /** Images that are no longer asked about are forgotten at the end of the round after. */
  beginRound(): void {
    this.#before = this.#seen
    this.#seen = new Map()
  }

  /** True if nobody uploads the bytes of this image any more. */
  isInterrupted({ id, rev, upload }: Image): boolean {
    const left = (upload?.leaseUntil ?? 0) - this.#clock.now()
    if (left <= limits.imageStallMs) return left <= 0
    const at = this.#clock.elapsed()
    const known = this.#before.get(id)
    const since = known?.rev === rev ? known.at : at
    this.#seen.set(id, { rev, at: since })
    return at - since >= limits.imageStallMs
  }
}

/** A row as it has been since then, in milliseconds of `elapsed`. */
interface Seen {
  readonly rev: number
  readonly at: number
}
