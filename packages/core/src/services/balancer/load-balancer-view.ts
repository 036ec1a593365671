import type { LoadBalancer } from '../../model/balancer/load-balancer.ts'
import { provisioningStatus } from '../../model/balancer/provisioning.ts'
import type { Kernel } from '../../kernel.ts'
import { shown } from '../../model/kind.ts'
import { loadStandings, type Standing } from './child.ts'

/** A load balancer, as callers see it. */
export type LoadBalancerView = Omit<LoadBalancer, 'mark' | 'deleting'> & Standing

function shownBalancer(row: LoadBalancer): Omit<LoadBalancer, 'mark' | 'deleting'> {
  const { mark: _mark, deleting: _deleting, ...view } = shown(row)
  return view
}

/** How load balancers stand: two statements, whatever their number. */
export async function balancerViews(
  kernel: Kernel,
  rows: readonly LoadBalancer[],
): Promise<LoadBalancerView[]> {
  const standings = await loadStandings(
    kernel,
    rows.map(({ id }) => id),
  )
  return rows.map((row): LoadBalancerView => {
    const standing = standings.get(row.id)
    const facts = standing?.facts ?? { edits: 1, applied: 0, open: 1 }
    return {
      ...shownBalancer(row),
      provisioningStatus: provisioningStatus({ ...facts, deleting: row.deleting }),
      operatingStatus: standing?.status?.operating ?? 'OFFLINE',
    }
  })
}

/** A load balancer that was just made. */
export function newBalancerView(row: LoadBalancer): LoadBalancerView {
  return {
    ...shownBalancer(row),
    provisioningStatus: 'PENDING_CREATE',
    operatingStatus: 'OFFLINE',
  }
}
