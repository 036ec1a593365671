import { type Work, workKind } from '../model/work/work.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'

/** Flows beyond the oldest work that one look at a backlog visits. */
const flowsPerLook = 8

export interface DueWork {
  /** Rows to be taken now. */
  readonly due: readonly Work[]
  /** When the next one falls due, milliseconds since the epoch; undefined if none is known. */
  readonly next: number | undefined
}

/**
 * Finds work that is due. While there is no more of it than can be run, the oldest is taken first;
 * with more, flows (projects) take turns in proportion to their weights, so that who has much work
 * waiting keeps nobody else waiting.
 */
export class DueWorkFinder {
  readonly #store: Store
  readonly #clock: Clock
  readonly #weights: ReadonlyMap<string, number>
  /** The flow that was visited last: the next look goes on after it. */
  #visited: string | undefined

  constructor(
    ports: { readonly store: Store; readonly clock: Clock },
    weights: Readonly<Record<string, number>>,
  ) {
    this.#store = ports.store
    this.#clock = ports.clock
    this.#weights = new Map(Object.entries(weights))
  }

  /** @param free how many rows can be taken. @param running those that this worker holds. */
  async look(free: number, running: ReadonlyMap<string, Work>): Promise<DueWork> {
    const limit = free + running.size + 1
    const rows = await this.#store.query(workKind, { index: 'byDue', limit })
    const now = this.#clock.now()
    const others = rows.filter((row) => !running.has(row.id))
    const due = others.filter((row) => row.due <= now)
    if (due.length <= free) return { due, next: others[due.length]?.due }
    const more = await this.#visit(free)
    const waiting = more.filter((row) => row.due <= now && !running.has(row.id))
    return { due: this.#shared(free, [...due, ...waiting], running), next: now }
  }

  /** The oldest work of some flows, others at each look. */
  async #visit(limit: number): Promise<readonly Work[]> {
    const found: Work[] = []
    for (let visits = 0; visits < flowsPerLook; visits++) {
      const page = await this.#store.query(workKind, {
        index: 'byFlow',
        limit,
        // What comes next after the whole of a flow.
        ...(this.#visited !== undefined && { from: `${this.#visited}\u0001` }),
      })
      this.#visited = page.at(-1)?.flow
      found.push(...page)
      if (this.#visited === undefined) break
    }
    return found
  }

  /** As many as there is room for: at each turn of the flow that has least for its weight. */
  #shared(free: number, rows: readonly Work[], running: ReadonlyMap<string, Work>): Work[] {
    const held = new Map<string, number>()
    for (const { flow } of running.values()) held.set(flow, (held.get(flow) ?? 0) + 1)
    const load = ({ flow }: Work): number => (held.get(flow) ?? 0) / (this.#weights.get(flow) ?? 1)
    const waiting = [...new Map(rows.map((row) => [row.id, row])).values()]
    const chosen: Work[] = []
    while (chosen.length < free && waiting.length > 0) {
      waiting.sort((a, b) => load(a) - load(b) || a.due - b.due)
      const [row] = waiting.splice(0, 1) as [Work]
      chosen.push(row)
      held.set(row.flow, (held.get(row.flow) ?? 0) + 1)
    }
    return chosen
  }
}
