import { CloudError, throwIfAborted } from '../base/errors.ts'
import { limits } from '../base/limits.ts'
import { systemFlow } from '../model/work/work.ts'

export interface AdmissionBounds {
  /** Cost of all calls that run at once; one that costs more runs alone. */
  readonly budget: number
  /** Calls of one flow that may wait. */
  readonly flow: number
  /** Calls that may wait altogether. */
  readonly total: number
}

const defaultBounds: AdmissionBounds = {
  budget: limits.admissionBudget,
  flow: limits.admissionFlow,
  total: limits.admissionTotal,
}

interface Waiting {
  readonly flow: string
  readonly cost: number
  /** When it would begin if every flow had its share, in virtual time: the order of turns. */
  readonly start: number
  begin(): void
}

/**
 * Who may decide next. Calls run while their costs together are within a budget; what is over it
 * waits, and flows (projects) have turns in proportion to their weights, whatever each of them asks
 * for: start-time fair queueing (Goyal, Vin and Cheng, 1996). Exact for each flow, so there are no
 * queues that two of them share.
 */
export class Admission {
  readonly #bounds: AdmissionBounds
  readonly #weights: ReadonlyMap<string, number>
  /** In the order of their turns; those of one flow in the order in which they came. */
  readonly #waiting: Waiting[] = []
  /** Calls of each flow that wait. */
  readonly #counts = new Map<string, number>()
  /** When the newest call of each flow would end, in virtual time. */
  readonly #ends = new Map<string, number>()
  /** Virtual time: the start of the call that began last. */
  #now = 0
  #running = 0

  /** @param weights of flows, more than 0; that of any other one is 1. */
  constructor(weights: Readonly<Record<string, number>> = {}, bounds = defaultBounds) {
    this.#weights = new Map(Object.entries(weights))
    this.#bounds = bounds
  }

  /** Calls that wait. */
  get waiting(): number {
    return this.#waiting.length
  }

  /**
   * Runs a task when its flow has its turn.
   *
   * @throws CloudError `overloaded` when too many calls wait, of this flow or altogether; `aborted`
   *   or `deadline` when the signal fires before the task has begun.
   */
  async run<T>(
    flow: string,
    cost: number,
    signal: AbortSignal | undefined,
    task: () => Promise<T>,
  ): Promise<T> {
    if (this.#waiting.length === 0 && this.#hasRoom(cost)) this.#begin(cost, this.#tag(flow, cost))
    else await this.#turn(flow, cost, signal)
    try {
      return await task()
    } finally {
      this.#running -= cost
      this.#next()
    }
  }

  #hasRoom(cost: number): boolean {
    return this.#running === 0 || this.#running + cost <= this.#bounds.budget
  }

  /** The virtual start of a new call of a flow, whose next one starts after it. */
  #tag(flow: string, cost: number): number {
    const start = Math.max(this.#now, this.#ends.get(flow) ?? 0)
    this.#ends.set(flow, start + cost / (this.#weights.get(flow) ?? 1))
    return start
  }

  #begin(cost: number, start: number): void {
    this.#running += cost
    this.#now = Math.max(this.#now, start)
  }

  /** Begins those whose turn it is. Nobody overtakes a large one, or it would wait for ever. */
  #next(): void {
    for (let first = this.#waiting[0]; first && this.#hasRoom(first.cost);) {
      this.#waiting.shift()
      this.#begin(first.cost, first.start)
      first.begin()
      first = this.#waiting[0]
    }
    if (this.#waiting.length > 0) return
    // Nobody is ahead of anybody once all is idle; until then, who is behind needs no row.
    if (this.#running === 0) this.#ends.clear()
    else if (this.#ends.size > this.#bounds.total) this.#forget()
  }

  #forget(): void {
    for (const [flow, end] of this.#ends) if (end <= this.#now) this.#ends.delete(flow)
  }

  /** Resolves when the call has begun; rejects if it never will. */
  async #turn(flow: string, cost: number, signal: AbortSignal | undefined): Promise<void> {
    throwIfAborted(signal)
    this.#requireRoom(flow)
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const place = this.#waiting.indexOf(waiting)
        if (place < 0) return
        this.#waiting.splice(place, 1)
        this.#count(flow, -1)
        reject(reasonOf(signal))
        // A large one that goes may have kept small ones from beginning.
        this.#next()
      }
      const begin = (): void => {
        signal?.removeEventListener('abort', leave)
        this.#count(flow, -1)
        resolve()
      }
      const waiting: Waiting = { flow, cost, start: this.#tag(flow, cost), begin }
      this.#waiting.splice(this.#placeOf(waiting.start), 0, waiting)
      this.#count(flow, 1)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  /** After those that start no later. */
  #placeOf(start: number): number {
    let low = 0
    let high = this.#waiting.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#waiting[middle]?.start ?? 0) <= start) low = middle + 1
      else high = middle
    }
    return low
  }

  #count(flow: string, by: number): void {
    const count = (this.#counts.get(flow) ?? 0) + by
    if (count === 0) this.#counts.delete(flow)
    else this.#counts.set(flow, count)
  }

  #requireRoom(flow: string): void {
    const { flow: most, total } = this.#bounds
    if ((this.#counts.get(flow) ?? 0) >= most) {
      throw new CloudError('overloaded', 'Too many calls of this project wait already.', {
        limit: most,
      })
    }
    if (this.#waiting.length >= total) {
      throw new CloudError('overloaded', 'Too many calls wait already.', { limit: total })
    }
  }
}

/** Whose turn a call takes: its project's, or its domain's. */
export function flowOf(actor: {
  readonly projectId: string | null
  readonly domainId: string | null
}): string {
  return actor.projectId ?? actor.domainId ?? systemFlow
}

const counts = ['maxCount', 'minCount', 'count'] as const

/** What a call asks for: as many things as its longest list names, or its count says. */
export function costOf(input: unknown): number {
  if (typeof input !== 'object' || input === null) return 1
  const named: Readonly<Record<string, unknown>> = { ...input }
  const sizes = Object.values(named).map((value) => (Array.isArray(value) ? value.length : 1))
  for (const name of counts) {
    const count = named[name]
    if (typeof count === 'number') sizes.push(count)
  }
  return Math.max(1, ...sizes)
}

function reasonOf(signal: AbortSignal | undefined): Error {
  try {
    throwIfAborted(signal)
  } catch (error) {
    if (error instanceof Error) return error
  }
  return new CloudError('aborted', 'The call was aborted.')
}
