import type { Kind } from '../kind.ts'
import { healthMonitorKind } from './health-monitor.ts'
import { l7PolicyKind } from './l7-policy.ts'
import { l7RuleKind } from './l7-rule.ts'
import { listenerKind } from './listener.ts'
import { loadBalancerKind } from './load-balancer.ts'
import { memberKind } from './member.ts'
import { poolKind } from './pool.ts'
import { loadBalancerStatusKind } from './status.ts'
import type { Child } from './tree.ts'

/** Every kind of row below a load balancer: parents before what is below them. */
export const childKinds: readonly Kind<Child>[] = Object.freeze([
  poolKind,
  memberKind,
  healthMonitorKind,
  listenerKind,
  l7PolicyKind,
  l7RuleKind,
] as readonly Kind<Child>[])

/** Every kind of the load balancing service, for `Store.open`. */
export const balancerKinds: readonly Kind[] = Object.freeze([
  loadBalancerKind,
  loadBalancerStatusKind,
  ...childKinds,
])
