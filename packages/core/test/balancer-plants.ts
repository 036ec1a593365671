import { Writes } from '../src/commit/writes.ts'
import { healthMonitorKind } from '../src/model/balancer/health-monitor.ts'
import { l7PolicyKind, policyScope } from '../src/model/balancer/l7-policy.ts'
import { l7RuleKind } from '../src/model/balancer/l7-rule.ts'
import { listenerKind, listenerScope } from '../src/model/balancer/listener.ts'
import { balancerScope, loadBalancerKind } from '../src/model/balancer/load-balancer.ts'
import { memberKind } from '../src/model/balancer/member.ts'
import { poolKind, poolScope } from '../src/model/balancer/pool.ts'
import { type LoadBalancerStatus, loadBalancerStatusKind } from '../src/model/balancer/status.ts'
import type { Child } from '../src/model/balancer/tree.ts'
import type { Draft, Kind } from '../src/model/kind.ts'
import { portKind } from '../src/model/network/port.ts'
import { quotaScope, unlimited } from '../src/services/quota.ts'
import { edit, gone, move, overcount, type Plant, references } from './plants.ts'

/** A load balancer that does not exist, with the counters of one. */
function openGone(writes: Writes, mark: number, rows: number): Writes {
  const scope = balancerScope(gone)
  return writes
    .add({ scope, name: 'edits', add: 1, limit: unlimited })
    .add({ scope, name: 'marks', add: mark, limit: unlimited })
    .add({ scope, name: 'rows', add: rows, limit: unlimited })
}

/** Moves a row to a load balancer that does not exist. */
const orphan = <T extends Child>(kind: Kind<T>): Plant =>
  edit(
    kind,
    () => ({ balancerId: gone }) as Partial<T>,
    (writes, { balancerId, mark }) =>
      openGone(writes, mark, 1)
        .add({ scope: balancerScope(balancerId), name: 'marks', add: -mark })
        .add({ scope: balancerScope(balancerId), name: 'rows', add: -1 }),
  )

const strayStatus: Draft<LoadBalancerStatus> = {
  ...{ id: gone, projectId: 'p', mark: 5, generation: 0, turns: 0, operating: 'OFFLINE' },
  ...{ inForce: {}, health: {}, traffic: {} },
}

const pointers: Readonly<Record<string, Plant>> = {
  'listener-loadBalancer': orphan(listenerKind),
  'listener-pool': edit(
    listenerKind,
    () => ({ defaultPoolId: gone }),
    (writes, row) => move(writes, poolScope(row.defaultPoolId ?? ''), poolScope(gone), references),
  ),
  'pool-loadBalancer': orphan(poolKind),
  'member-pool': edit(
    memberKind,
    () => ({ poolId: gone }),
    (writes, row) => move(writes, poolScope(row.poolId), poolScope(gone), 'members'),
  ),
  'healthMonitor-pool': edit(
    healthMonitorKind,
    () => ({ poolId: gone }),
    (writes, row) => move(writes, poolScope(row.poolId), poolScope(gone), 'monitors'),
  ),
  'l7Policy-listener': edit(
    l7PolicyKind,
    () => ({ listenerId: gone }),
    (writes, row) => move(writes, listenerScope(row.listenerId), listenerScope(gone), 'policies'),
  ),
  'l7Policy-pool': edit(
    l7PolicyKind,
    () => ({ redirectPoolId: gone }),
    (writes) => writes.add({ scope: poolScope(gone), name: references, add: 1, limit: unlimited }),
  ),
  'l7Rule-l7Policy': edit(
    l7RuleKind,
    () => ({ policyId: gone }),
    (writes, row) => move(writes, policyScope(row.policyId), policyScope(gone), 'rules'),
  ),
  'loadBalancer-loadBalancerStatus': async ({ kernel, balancerId }) => {
    const [row] = await kernel.store.get(loadBalancerKind, [balancerId])
    if (!row) return []
    const { rev: _, metered: __, ...fields } = row
    const writes = new Writes().insert(loadBalancerKind, { ...fields, id: gone })
    writes.add({ scope: quotaScope(row.projectId), name: 'loadBalancers', add: 1 })
    return [openGone(writes, row.mark, 0)]
  },
  'loadBalancerStatus-loadBalancer': () => [
    openGone(new Writes().insert(loadBalancerStatusKind, strayStatus), strayStatus.mark, 0),
  ],
  'loadBalancer-port': edit(loadBalancerKind, ({ vip }) => ({ vip: { ...vip, portId: gone } })),
  'port-loadBalancer': edit(
    portKind,
    () => ({ deviceId: 'lb-gone' }),
    undefined,
    ({ deviceOwner }) => deviceOwner === 'Octavia',
  ),
}

/** By invariant and rule: how to break the rules of load balancers. */
export const balancerPlants: Readonly<Record<3 | 14 | 16 | 17 | 32, Record<string, Plant>>> = {
  3: {
    'loadBalancer-counters': overcount(({ balancerId }) => balancerScope(balancerId), 'rows'),
    'listener-counters': overcount(({ listenerId }) => listenerScope(listenerId), 'policies'),
    'balancerPool-counters': overcount(({ poolId }) => poolScope(poolId), 'members'),
    'l7Policy-counters': overcount(({ policyId }) => policyScope(policyId), 'rules'),
  },
  14: pointers,
  16: {
    'loadBalancer-state': edit(loadBalancerKind, () => ({ topology: 'ODD' as 'SINGLE' })),
    'loadBalancerStatus-state': edit(loadBalancerStatusKind, () => ({
      operating: 'ODD' as 'ONLINE',
    })),
    'listener-state': edit(listenerKind, () => ({ portKey: 'odd 1' })),
    'pool-state': edit(poolKind, () => ({ protocol: 'ODD' as 'TCP' })),
    'member-state': edit(memberKind, () => ({ target: 'odd' })),
    'healthMonitor-state': edit(healthMonitorKind, () => ({ type: 'ODD' as 'TCP' })),
    'l7Policy-state': edit(l7PolicyKind, () => ({ action: 'ODD' as 'REJECT' })),
  },
  17: { 'loadBalancer-work': overcount(({ balancerId }) => balancerScope(balancerId), 'open') },
  32: {
    'loadBalancer-limits': edit(loadBalancerKind, () => ({ name: 'x'.repeat(256) })),
    'loadBalancerStatus-limits': edit(loadBalancerStatusKind, () => ({
      inForce: Object.fromEntries(
        Array.from({ length: 10_001 }, (_, i) => [`r${i}`, { mark: 1, status: 'ONLINE' as const }]),
      ),
    })),
    'listener-limits': edit(listenerKind, () => ({
      allowedCidrs: Array.from({ length: 65 }, (_, i) => `10.${i}.0.0/16`),
    })),
  },
}
