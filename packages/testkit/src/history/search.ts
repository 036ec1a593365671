import type { Model, Operation } from './operation.ts'
import { Pending } from './pending.ts'
import { Visited } from './visited.ts'

export type SearchResult =
  | { readonly verdict: 'legal' | 'undecided'; readonly visited: number }
  | {
      readonly verdict: 'illegal'
      readonly visited: number
      /** Indexes of operations: the longest order found, and whose return nothing gets past. */
      readonly order: readonly number[]
      readonly wall: number
    }

interface Frame<S> {
  readonly operation: number
  /** Where to go on when this choice turns out wrong; undefined where there was no choice. */
  readonly cursor: number | undefined
  readonly before: S
}

/**
 * The search of Wing and Gong (1993) with Lowe's memory of (operations in the order, state) (2017):
 * depth first, each time one of those that were called before the first return not yet in the
 * order. A memory names only the operations after the first one that is missing, so each starts
 * afresh where nothing is under way.
 */
export function search<S, I, O>(
  model: Model<S, I, O>,
  operations: readonly Operation<I, O>[],
  budget: number,
): SearchResult {
  return new Search(model, operations, budget).run()
}

class Search<S, I, O> {
  readonly #model: Model<S, I, O>
  readonly #operations: readonly Operation<I, O>[]
  readonly #budget: number
  readonly #pending: Pending
  readonly #seen = new Visited()
  readonly #stack: Frame<S>[] = []
  #state: S
  #wall = -1
  #longest: readonly number[] = []

  constructor(model: Model<S, I, O>, operations: readonly Operation<I, O>[], budget: number) {
    this.#model = model
    this.#operations = operations
    this.#budget = budget
    this.#pending = new Pending(operations, (index) => {
      return model.inputKey?.((operations[index] as Operation<I, O>).input)
    })
    this.#state = model.init()
  }

  run(): SearchResult {
    const pending = this.#pending
    let cursor = this.#settle()
    while (pending.remaining > 0) {
      const at = pending.candidate(cursor)
      if (at === -1) {
        this.#note()
        const back = this.#back()
        if (back === undefined) return this.#illegal()
        cursor = back
      } else if (this.#take(at)) {
        if (this.#seen.size > this.#budget) return this.#end('undecided')
        cursor = this.#settle()
      } else {
        cursor = pending.after(at)
      }
    }
    return this.#end('legal')
  }

  /**
   * Puts what only looks, and can come now, next: nothing is lost by that, so it is no choice.
   * Returns where the choices begin.
   */
  #settle(): number {
    const pending = this.#pending
    let at = pending.first
    while (pending.isCall(at)) {
      const index = pending.operationAt(at)
      const { input, output } = this.#operations[index] as Operation<I, O>
      at = pending.after(at)
      if (output === undefined || this.#model.onlyLooks?.(input, output) !== true) continue
      if (this.#model.step(this.#state, input, output) === undefined) continue
      // Its own return leaves the list with it.
      if (at === pending.returnOf(index)) at = pending.after(at)
      pending.take(index)
      this.#stack.push({ operation: index, cursor: undefined, before: this.#state })
    }
    return pending.first
  }

  /** Undoes the latest choice; returns where to go on, undefined when there is none left. */
  #back(): number | undefined {
    for (let frame = this.#stack.pop(); frame; frame = this.#stack.pop()) {
      this.#pending.restore(frame.operation)
      this.#state = frame.before
      if (frame.cursor !== undefined) return this.#pending.after(frame.cursor)
    }
    return undefined
  }

  /** Puts the candidate next in the order, unless it cannot be or that was tried before. */
  #take(cursor: number): boolean {
    const index = this.#pending.operationAt(cursor)
    const operation = this.#operations[index] as Operation<I, O>
    const open = operation.return === undefined
    const before = this.#state
    const after = this.#model.step(before, operation.input, open ? undefined : operation.output)
    if (after === undefined) return false
    const key = this.#model.key(after)
    // What may never happen and changes nothing need not happen.
    if (open && key === this.#model.key(before)) return false
    if (this.#lastWasInVain(operation, key)) return false
    this.#pending.take(index)
    if (!this.#seen.add(`${this.#pending.key()};${key}`, this.#pending.used())) {
      this.#pending.restore(index)
      return false
    }
    this.#stack.push({ operation: index, cursor, before })
    this.#state = after
    return true
  }

  /**
   * True when the last of the order has an unknown outcome and this operation would come to the
   * same state without it: then it is tried there.
   */
  #lastWasInVain({ input, output, return: end }: Operation<I, O>, key: string): boolean {
    const last = this.#stack.at(-1)
    if (!last || this.#operations[last.operation]?.return !== undefined) return false
    const known = end === undefined ? undefined : output
    const without = this.#model.step(last.before, input, known)
    return without !== undefined && this.#model.key(without) === key
  }

  /** Keeps the order that got furthest. */
  #note(): void {
    const wall = this.#pending.wall()
    if (wall < this.#wall) return
    if (wall === this.#wall && this.#stack.length <= this.#longest.length) return
    this.#wall = wall
    this.#longest = this.#stack.map((frame) => frame.operation)
  }

  #illegal(): SearchResult {
    const wall = this.#pending.owner(this.#wall)
    return { verdict: 'illegal', visited: this.#seen.size, order: this.#longest, wall }
  }

  #end(verdict: 'legal' | 'undecided'): SearchResult {
    return { verdict, visited: this.#seen.size }
  }
}
