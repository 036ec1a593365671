import { nextTick } from 'node:process'
import type { Random } from '@nephos/core'

/** Something that happens at its time, once, unless it is called off before. */
export interface Occurrence {
  readonly at: number
  /** Shuffles what falls on the same instant. */
  readonly tie: number
  readonly order: number
  run: (() => unknown) | undefined
}

/**
 * Virtual time: everything that happens, in one queue. One occurrence runs at a time, and
 * everything that it makes runnable runs before the next one, so that each is a choice point and a
 * seed fixes their order.
 */
export class Timeline {
  #now: number
  #order = 0
  #steps = 0
  readonly #ties: Random | undefined
  readonly #heap: Occurrence[] = []

  /**
   * @param start milliseconds since the epoch.
   * @param ties chance that orders what falls on one instant; without it, first planned is first.
   */
  constructor(start: number, ties?: Random) {
    this.#now = start
    this.#ties = ties
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    return this.#now
  }

  /** Occurrences that have run. */
  get steps(): number {
    return this.#steps
  }

  /** Time of the next occurrence; undefined when nothing is planned. */
  get next(): number | undefined {
    this.#skim()
    return this.#heap[0]?.at
  }

  /** Plans `run` for `ms` from now. */
  after(ms: number, run: () => unknown): Occurrence {
    const at = this.#now + Math.max(0, ms)
    const tie = this.#ties ? this.#ties.uint32() : 0
    const occurrence = { at, tie, order: this.#order++, run }
    this.#push(occurrence)
    return occurrence
  }

  /** Calls an occurrence off; nothing if it has run. */
  cancel(occurrence: Occurrence): void {
    occurrence.run = undefined
  }

  /** Runs the next occurrence and all that it makes runnable. False when there is none. */
  async step(): Promise<boolean> {
    this.#skim()
    const first = this.#pop()
    if (!first) return false
    this.#now = Math.max(this.#now, first.at)
    this.#steps++
    const { run } = first
    first.run = undefined
    const done = run?.()
    // Most have nothing to wait for but what `drained` waits for, and each wait costs.
    if (done instanceof Promise) await done
    await drained()
    return true
  }

  /** Lets everything run that can without time passing. */
  async settle(): Promise<void> {
    await drained()
  }

  /** Moves on to a time, running all that falls before it or on it. */
  async advanceTo(time: number): Promise<void> {
    await drained()
    for (let next = this.next; next !== undefined && next <= time; next = this.next) {
      await this.step()
    }
    this.#now = Math.max(this.#now, time)
  }

  #skim(): void {
    while (this.#heap.length > 0 && this.#heap[0]?.run === undefined) this.#pop()
  }

  #push(occurrence: Occurrence): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(occurrence)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isBefore(occurrence, heap[parent] as Occurrence)) break
      heap[at] = heap[parent] as Occurrence
      at = parent
    }
    heap[at] = occurrence
  }

  #pop(): Occurrence | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || first === last) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      const right = heap[child + 1]
      if (right && isBefore(right, heap[child] as Occurrence)) child++
      if (!isBefore(heap[child] as Occurrence, last)) break
      heap[at] = heap[child] as Occurrence
      at = child
    }
    heap[at] = last
    return first
  }
}

function isBefore(a: Occurrence, b: Occurrence): boolean {
  if (a.at !== b.at) return a.at < b.at
  if (a.tie !== b.tie) return a.tie < b.tie
  return a.order < b.order
}

/** Resolves when no promise callback is left to run. */
function drained(): Promise<void> {
  // Ticks run when promise callbacks have run out, and need no turn of the event loop, which costs
  // a system call. Now and then there is one, for signals and for those who share the process.
  turns = (turns + 1) % stepsPerTurn
  return new Promise((resolve) => (turns === 0 ? setImmediate(resolve) : nextTick(resolve)))
}

const stepsPerTurn = 256
let turns = 0
