import { CloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { balancerScope, type LoadBalancer } from '../../model/balancer/load-balancer.ts'
import type { OperatingStatus } from '../../model/balancer/operating.ts'
import {
  childProvisioning,
  type ProvisioningFacts,
  type ProvisioningStatus,
} from '../../model/balancer/provisioning.ts'
import { type LoadBalancerStatus, loadBalancerStatusKind } from '../../model/balancer/status.ts'
import type { Child } from '../../model/balancer/tree.ts'
import type { Kind } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { owns, requireRev } from '../network/access.ts'
import { listPage, type PageBounds } from '../page.ts'
import { loadParent } from './edit.ts'

/** How a row stands. */
export interface Standing {
  readonly provisioningStatus: ProvisioningStatus
  readonly operatingStatus: OperatingStatus
}

/** Fields that only the cloud itself needs. */
type Internal = 'mark' | 'portKey' | 'target'

/** A row below a load balancer, as callers see it. */
export type ChildView<T extends Child> = Omit<T, Internal> & Standing

/** What is known of load balancers: two statements, whatever their number. */
export async function loadStandings(
  kernel: Kernel,
  balancerIds: readonly string[],
): Promise<ReadonlyMap<string, BalancerStanding>> {
  const ids = [...new Set(balancerIds)]
  const standings = new Map<string, BalancerStanding>()
  if (ids.length === 0) return standings
  const [statuses, counters] = await Promise.all([
    kernel.store.get(loadBalancerStatusKind, ids),
    kernel.store.counters(ids.map(balancerScope)),
  ])
  const byScope = new Map<string, Map<string, number>>()
  for (const { scope, name, value } of counters) {
    const own = byScope.get(scope) ?? new Map<string, number>()
    byScope.set(scope, own.set(name, value))
  }
  for (const [index, id] of ids.entries()) {
    const own = byScope.get(balancerScope(id))
    const status = statuses[index]
    const facts = {
      deleting: false,
      edits: own?.get('edits') ?? 1,
      open: own?.get('open') ?? 0,
      applied: status?.generation ?? 0,
    }
    standings.set(id, { facts, status })
  }
  return standings
}

export interface BalancerStanding {
  readonly facts: ProvisioningFacts
  /** Undefined while it cannot be read yet. */
  readonly status: LoadBalancerStatus | undefined
}

/** Leaves out what callers do not see. */
export function shown<T extends Child>(row: T): Omit<T, Internal> {
  const {
    mark: _mark,
    portKey: _port,
    target: _target,
    ...view
  } = row as T & {
    readonly portKey?: string
    readonly target?: string
  }
  return view
}

/** How a row stands that is stored. */
export function standingOf(row: Child, standing: BalancerStanding | undefined): Standing {
  const inForce = standing?.status?.inForce[row.id]
  const facts = standing?.facts ?? { deleting: false, edits: 1, open: 1, applied: 0 }
  return {
    provisioningStatus: childProvisioning(row.mark, inForce?.mark, facts),
    operatingStatus: inForce?.status ?? 'OFFLINE',
  }
}

/** A row that was just made. */
export function madeView<T extends Child>(row: T): ChildView<T> {
  return { ...shown(row), provisioningStatus: 'PENDING_CREATE', operatingStatus: 'OFFLINE' }
}

/** A row that was just changed, or found to be as it should. */
export function changedView<T extends Child>(
  row: T,
  status: LoadBalancerStatus | undefined,
): ChildView<T> {
  const inForce = status?.inForce[row.id]
  const pending = inForce ? 'PENDING_UPDATE' : 'PENDING_CREATE'
  return {
    ...shown(row),
    provisioningStatus: inForce?.mark === row.mark ? 'ACTIVE' : pending,
    operatingStatus: inForce?.status ?? 'OFFLINE',
  }
}

async function viewsOf<T extends Child>(
  kernel: Kernel,
  rows: readonly T[],
): Promise<ChildView<T>[]> {
  const ids = rows.map(({ balancerId }) => balancerId)
  const standings = await loadStandings(kernel, ids)
  return rows.map((row) => ({ ...shown(row), ...standingOf(row, standings.get(row.balancerId)) }))
}

/** A row of the caller's project. @throws CloudError `notFound`. */
export async function showChild<T extends Child>(
  call: Call,
  kind: Kind<T>,
  id: string,
): Promise<ChildView<T>> {
  const [view] = await viewsOf(call.kernel, [await fetchOne(call, kind, id)])
  return view as ChildView<T>
}

/** What lists of every kind can be narrowed down by. */
export interface ChildFilter extends PageBounds {
  readonly name?: string | undefined
  readonly balancerId?: string | undefined
  readonly tag?: string | undefined
}

/** A page of the project's rows of a kind, by id. */
export async function listChildren<T extends Child & { readonly name?: string }>(
  call: Call,
  kind: Kind<T>,
  filter: ChildFilter,
  keep: (row: T) => boolean = () => true,
  index?: { readonly index: string; readonly equals: readonly string[] },
): Promise<ChildView<T>[]> {
  const { balancerId, name, tag } = filter
  const own = { index: 'byProject', equals: [call.actor.projectId] }
  const below = balancerId === undefined ? undefined : [balancerId]
  const query =
    index ?? (below ? { index: 'byBalancer', equals: below } : call.actor.system ? {} : own)
  const rows = await listPage(
    call,
    kind,
    query,
    filter,
    (row) =>
      (balancerId === undefined || row.balancerId === balancerId) &&
      (name === undefined || row.name === name) &&
      (tag === undefined || row.tags.includes(tag)) &&
      keep(row),
    (row) => owns(call, row),
  )
  return viewsOf(call.kernel, rows)
}

/** A row that is to be changed or deleted, and what it belongs to. */
export interface Found<T extends Child> {
  readonly row: T
  readonly balancer: LoadBalancer
  readonly status: LoadBalancerStatus | undefined
}

/**
 * Reads a row to change it.
 *
 * @throws CloudError `notFound`; `stale` for another revision than expected; `conflict` when the
 *   load balancer is being deleted.
 */
export async function findChild<T extends Child>(
  call: Call,
  kind: Kind<T>,
  id: string,
  expectedRev?: number,
  field = 'id',
): Promise<Found<T>> {
  const row = await fetchOne(call, kind, id, field)
  requireRev(row, expectedRev)
  const balancer = await loadParent(call, row)
  const [status] = await call.kernel.store.get(loadBalancerStatusKind, [row.balancerId])
  return { row, balancer, status }
}

/** @throws CloudError `invalid` when a row belongs to another load balancer. */
export function requireSameBalancer(
  row: { readonly balancerId: string },
  balancerId: string,
  field: string,
): void {
  if (row.balancerId === balancerId) return
  throw new CloudError('invalid', `${field}: belongs to another load balancer.`, { field })
}
