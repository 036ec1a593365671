import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  balancerScope,
  type LoadBalancer,
  loadBalancerKind,
} from '../../model/balancer/load-balancer.ts'
import type { Child, TreeRow } from '../../model/balancer/tree.ts'
import type { Draft, Kind } from '../../model/kind.ts'
import { planWork } from '../../work/plan.ts'
import type { Call } from '../call.ts'
import { unlimited } from '../quota.ts'

/** Input of the `balancer.apply` workflow: a change that must come into force. */
export interface ApplyInput {
  readonly balancerId: string
  /** A row that the change wrote: whoever reads it with this mark reads the change. */
  readonly row: { readonly id: string; readonly mark: number } | null
  /** Instead: what is read with this turn of its status is newer than the change. */
  readonly turn?: number
}

export const applyProgram = { name: 'balancer.apply', steps: [{ name: 'apply' }] } as const

/**
 * Collects one change of a load balancer's tree. It takes no lock, and compares no revision but
 * those of the rows that it changes: any number of changes of one tree can commit at once. Together
 * with its rows it writes that the tree is of a new generation, and the work that brings it about.
 */
export class TreeEdit {
  readonly writes = new Writes()
  readonly #kernel: Kernel
  readonly #requestId: string
  readonly #balancerId: string
  #rows = 0
  #marks = 0
  #proof: ApplyInput['row'] = null

  constructor(call: Call, balancerId: string) {
    this.#kernel = call.kernel
    this.#requestId = call.requestId
    this.#balancerId = balancerId
  }

  /** @returns the row with its mark, as it will be stored. */
  insert<T extends Child>(kind: Kind<T>, draft: Omit<T, 'rev' | 'mark'>): T {
    this.#rows++
    return this.root(kind, draft)
  }

  /** As `insert`, of what does not count among the rows below. */
  root<T extends TreeRow>(kind: Kind<T>, draft: Omit<T, 'rev' | 'mark'>): T {
    const row = { ...draft, mark: this.#mark(draft.id) } as unknown as Draft<T>
    this.writes.insert(kind, row)
    return { ...row, rev: 1 } as unknown as T
  }

  /** @returns the row as it will be stored. */
  update<T extends TreeRow>(kind: Kind<T>, row: T): T {
    const changed = { ...row, mark: this.#mark(row.id) }
    this.#marks -= row.mark
    this.writes.update(kind, changed)
    return { ...changed, rev: row.rev + 1 }
  }

  remove<T extends Child>(kind: Kind<T>, ...rows: readonly T[]): void {
    this.writes.remove(kind, ...rows)
    this.#rows -= rows.length
    for (const row of rows) this.#marks -= row.mark
  }

  /** Writes what counts all this, and the work. Call it once, last. */
  plan(): Writes {
    const { clock, ids, settings } = this.#kernel
    const scope = balancerScope(this.#balancerId)
    const at = clock.now()
    const input: ApplyInput = { balancerId: this.#balancerId, row: this.#proof }
    this.writes
      .add({ scope, name: 'edits', add: 1 })
      .add({ scope, name: 'open', add: 1 })
      .add({ scope, name: 'rows', add: this.#rows })
      .add({ scope, name: 'marks', add: this.#marks })
    planWork(this.writes, ids, applyProgram, {
      input,
      at,
      deadline: at + settings.buildDeadlineMs,
      requestId: this.#requestId,
    })
    return this.writes
  }

  #mark(id: string): number {
    const mark = this.#kernel.random.uint32()
    this.#marks += mark
    this.#proof = { id, mark }
    return mark
  }
}

/** Writes the counters of a new load balancer. Adds in the same commit find them made. */
export function openBalancer(writes: Writes, balancerId: string): void {
  const scope = balancerScope(balancerId)
  writes.limit({ scope, name: 'rows', limit: limits.balancerRows })
  for (const name of ['edits', 'open', 'marks']) writes.limit({ scope, name, limit: unlimited })
}

/**
 * The load balancer that a row belongs to: there as long as the row is.
 *
 * @throws CloudError `conflict` when it is being deleted.
 */
export async function loadParent(
  call: Call,
  row: { readonly balancerId: string },
): Promise<LoadBalancer> {
  const [balancer] = await call.kernel.store.get(loadBalancerKind, [row.balancerId])
  if (balancer) {
    requireKept(balancer)
    return balancer
  }
  throw new CloudError('stale', 'The load balancer cannot be read yet.', { field: 'id' })
}

/** @throws CloudError `conflict` for a load balancer that is being deleted. */
export function requireKept(balancer: LoadBalancer, field = 'id'): void {
  if (!balancer.deleting) return
  throw new CloudError('conflict', 'The load balancer is being deleted.', { field })
}
