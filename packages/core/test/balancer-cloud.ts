import type { Kernel } from '../src/kernel.ts'
import { healthMonitorKind } from '../src/model/balancer/health-monitor.ts'
import { l7PolicyKind } from '../src/model/balancer/l7-policy.ts'
import { listenerKind } from '../src/model/balancer/listener.ts'
import { memberKind } from '../src/model/balancer/member.ts'
import { poolKind } from '../src/model/balancer/pool.ts'
import type { Stored, Kind } from '../src/model/kind.ts'
import type { Actor } from '../src/services/call.ts'
import { loadBalancerCreate } from '../src/services/balancer/load-balancer.ts'
import { invoke } from '../src/services/operation.ts'

/** Ids of one load balancer and of one thing of each kind below it. */
export interface BalancerCloud {
  readonly balancerId: string
  readonly listenerId: string
  readonly poolId: string
  readonly memberId: string
  readonly monitorId: string
  readonly policyId: string
}

/** A load balancer that has one of everything below it. Nothing carries it yet. */
export async function makeBalancer(
  kernel: Kernel,
  actor: Actor,
  subnetId: string,
): Promise<BalancerCloud> {
  const { id: balancerId } = await invoke(kernel, actor, loadBalancerCreate, {
    name: 'web',
    vip: { subnetId },
    pools: [
      {
        name: 'web',
        protocol: 'HTTP',
        algorithm: 'ROUND_ROBIN',
        members: [{ address: '10.0.0.90', protocolPort: 80 }],
        healthMonitor: { type: 'HTTP', delayS: 5, timeoutS: 2, maxRetries: 2 },
      },
    ],
    listeners: [
      {
        name: 'http',
        protocol: 'HTTP',
        protocolPort: 80,
        defaultPool: 'web',
        l7Policies: [
          {
            action: 'REJECT',
            rules: [{ type: 'PATH', compareType: 'STARTS_WITH', value: '/private' }],
          },
        ],
      },
    ],
  })
  const idOf = async <T extends Stored>(kind: Kind<T>): Promise<string> => {
    const rows = await kernel.store.query(kind, {
      index: 'byBalancer',
      equals: [balancerId],
      limit: 1,
    })
    return rows[0]?.id as string
  }
  return {
    balancerId,
    listenerId: await idOf(listenerKind),
    poolId: await idOf(poolKind),
    memberId: await idOf(memberKind),
    monitorId: await idOf(healthMonitorKind),
    policyId: await idOf(l7PolicyKind),
  }
}
