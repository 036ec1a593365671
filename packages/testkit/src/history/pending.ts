import type { Operation } from './operation.ts'

/** Bits of the window in one number. */
const chunk = 30

interface Event {
  readonly operation: number
  readonly time: number
  readonly isReturn: boolean
}

/**
 * The operations that are not yet in the order. Calls and returns of those with a known outcome
 * form a list in time order, out of which they are taken and into which they are put back (last
 * taken, first back). Those with unknown outcome stand beside, in classes of interchangeable ones,
 * each used from its earliest: they are tried last, since most never matter.
 *
 * A cursor is an event or, beyond the events, a class.
 */
export class Pending {
  readonly #events: readonly Event[]
  readonly #next: Int32Array
  readonly #previous: Int32Array
  readonly #callOf: Int32Array
  /** -1 where the outcome is unknown. */
  readonly #returnOf: Int32Array
  /** Place among the operations with known outcome, in call order; of the others, the class. */
  readonly #place: Int32Array
  readonly #done: Uint8Array
  /** By event: number of places called before it. */
  readonly #callsBefore: Int32Array
  readonly #classes: number[][] = []
  readonly #used: number[] = []
  /** Of the places, all before `#base` are done. */
  #base = 0
  /** Number of operations that the order still needs. */
  #remaining = 0

  /** `alike` names the class of one with unknown outcome; undefined: a class of its own. */
  constructor(
    operations: readonly Operation<unknown, unknown>[],
    alike: (index: number) => string | undefined,
  ) {
    this.#events = eventsOf(operations)
    this.#next = new Int32Array(this.#events.length + 1)
    this.#previous = new Int32Array(this.#events.length + 1)
    this.#callOf = new Int32Array(operations.length)
    this.#returnOf = new Int32Array(operations.length).fill(-1)
    this.#place = new Int32Array(operations.length)
    this.#done = new Uint8Array(operations.length + 1)
    this.#callsBefore = new Int32Array(this.#events.length)
    const classes = new Map<string, number>()
    let last = this.#head
    this.#events.forEach(({ operation, isReturn }, at) => {
      this.#callsBefore[at] = this.#remaining
      if (isReturn) this.#returnOf[operation] = at
      else this.#callOf[operation] = at
      if (operations[operation]?.return === undefined) {
        this.#addOpen(operation, classes, alike(operation))
        return
      }
      if (!isReturn) this.#place[operation] = this.#remaining++
      this.#next[last] = at
      this.#previous[at] = last
      last = at
    })
    this.#next[last] = this.#head
    this.#previous[this.#head] = last
  }

  get remaining(): number {
    return this.#remaining
  }

  /** The first cursor to look at. */
  get first(): number {
    return this.#next[this.#head] as number
  }

  /** The first candidate at or after a cursor, or -1: its call is before the first return. */
  candidate(cursor: number): number {
    let at = cursor
    if (at < this.#head) {
      if (this.isCall(at)) return at
      at = this.#head + 1
    }
    const wall = this.#classes.length > 0 ? this.wall() : 0
    for (; at <= this.#head + this.#classes.length; at++) {
      const operation = this.#nextOf(at - this.#head - 1)
      if (operation !== undefined && (this.#callOf[operation] as number) < wall) return at
    }
    return -1
  }

  /** The cursor after a candidate. */
  after(cursor: number): number {
    return cursor < this.#head ? (this.#next[cursor] as number) : cursor + 1
  }

  /** The operation of a candidate. */
  operationAt(cursor: number): number {
    if (cursor < this.#head) return (this.#events[cursor] as Event).operation
    return this.#nextOf(cursor - this.#head - 1) as number
  }

  /** The first return in the list: nothing called after it can come next. */
  wall(): number {
    let at = this.first
    while (this.isCall(at)) at = this.#next[at] as number
    return at
  }

  /** True for the call of an operation with a known outcome. */
  isCall(cursor: number): boolean {
    return this.#events[cursor]?.isReturn === false
  }

  returnOf(operation: number): number {
    return this.#returnOf[operation] as number
  }

  /** The operation to which an event belongs. */
  owner(event: number): number {
    return (this.#events[event] as Event).operation
  }

  take(operation: number): void {
    const place = this.#place[operation] as number
    if (this.#returnOf[operation] === -1) {
      this.#used[place] = (this.#used[place] as number) + 1
      return
    }
    this.#unlink(this.#callOf[operation] as number)
    this.#unlink(this.#returnOf[operation] as number)
    this.#remaining--
    this.#done[place] = 1
    while (this.#done[this.#base] === 1) this.#base++
  }

  /** Undoes the latest `take` not yet undone. */
  restore(operation: number): void {
    const place = this.#place[operation] as number
    if (this.#returnOf[operation] === -1) {
      this.#used[place] = (this.#used[place] as number) - 1
      return
    }
    this.#relink(this.#returnOf[operation] as number)
    this.#relink(this.#callOf[operation] as number)
    this.#remaining++
    this.#done[place] = 0
    this.#base = Math.min(this.#base, place)
  }

  /**
   * Which operations with known outcome are in the order, as a text.
   */
  key(): string {
    // Nothing called after the first return is done, so the window ends there.
    const wall = this.#remaining > 0 ? this.wall() : this.#head
    let key = String(this.#base)
    let bits = 0
    let width = 0
    const end = wall === this.#head ? this.#base : (this.#callsBefore[wall] as number)
    for (let place = this.#base; place < end; place++) {
      // Lowest first: the text must not depend on where the window ends.
      bits |= (this.#done[place] as number) << width++
      if (width < chunk) continue
      key += `.${bits}`
      bits = width = 0
    }
    return `${key}.${bits}`
  }

  /** By class: how many operations with unknown outcome are in the order. */
  used(): readonly number[] {
    return this.#used.length === 0 ? this.#used : [...this.#used]
  }
  /** Stands before the first event and after the last one. */
  get #head(): number {
    return this.#events.length
  }

  #addOpen(operation: number, classes: Map<string, number>, alike: string | undefined): void {
    const known = alike === undefined ? undefined : classes.get(alike)
    const place = known ?? this.#classes.length
    this.#place[operation] = place
    if (known !== undefined) {
      this.#classes[known]?.push(operation)
      return
    }
    if (alike !== undefined) classes.set(alike, place)
    this.#classes.push([operation])
    this.#used.push(0)
  }

  /** The earliest operation of a class that is not in the order. */
  #nextOf(place: number): number | undefined {
    return this.#classes[place]?.[this.#used[place] as number]
  }

  #unlink(event: number): void {
    const next = this.#next[event] as number
    const previous = this.#previous[event] as number
    this.#next[previous] = next
    this.#previous[next] = previous
  }

  #relink(event: number): void {
    this.#next[this.#previous[event] as number] = event
    this.#previous[this.#next[event] as number] = event
  }
}

/** In time order; at the same time calls come first, so that those who meet are concurrent. */
function eventsOf(operations: readonly Operation<unknown, unknown>[]): readonly Event[] {
  const events: Event[] = []
  operations.forEach(({ call, return: end }, operation) => {
    events.push({ operation, time: call, isReturn: false })
    if (end !== undefined) events.push({ operation, time: end, isReturn: true })
  })
  const rank = ({ isReturn }: Event): number => (isReturn ? 1 : 0)
  return events.sort((a, b) => a.time - b.time || rank(a) - rank(b) || a.operation - b.operation)
}
