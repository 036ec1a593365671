export { healthMonitorKind } from '../model/balancer/health-monitor.ts'
export type { HealthMonitor, MonitorRequest } from '../model/balancer/health-monitor.ts'
export { l7PolicyKind } from '../model/balancer/l7-policy.ts'
export type { L7Policy } from '../model/balancer/l7-policy.ts'
export { l7RuleKind } from '../model/balancer/l7-rule.ts'
export type { L7Rule } from '../model/balancer/l7-rule.ts'
export { listenerKind } from '../model/balancer/listener.ts'
export type { Listener } from '../model/balancer/listener.ts'
export { balancerScope, loadBalancerKind } from '../model/balancer/load-balancer.ts'
export type { LoadBalancer, Vip } from '../model/balancer/load-balancer.ts'
export { memberKind } from '../model/balancer/member.ts'
export type { Member } from '../model/balancer/member.ts'
export type { MemberHealth, OperatingStatus } from '../model/balancer/operating.ts'
export { poolKind as balancerPoolKind } from '../model/balancer/pool.ts'
export type { Pool } from '../model/balancer/pool.ts'
export type { ProvisioningStatus } from '../model/balancer/provisioning.ts'
export { loadBalancerStatusKind } from '../model/balancer/status.ts'
export type { LoadBalancerStatus, Traffic } from '../model/balancer/status.ts'
export type { Child } from '../model/balancer/tree.ts'
export type { ChildView } from '../services/balancer/child.ts'
export {
  healthMonitorCreate,
  healthMonitorDelete,
  healthMonitorGet,
  healthMonitorList,
  healthMonitorUpdate,
} from '../services/balancer/health-monitor.ts'
export {
  l7PolicyCreate,
  l7PolicyDelete,
  l7PolicyGet,
  l7PolicyList,
  l7PolicyUpdate,
} from '../services/balancer/l7-policy.ts'
export {
  l7RuleCreate,
  l7RuleDelete,
  l7RuleGet,
  l7RuleList,
  l7RuleUpdate,
} from '../services/balancer/l7-rule.ts'
export {
  listenerCreate,
  listenerDelete,
  listenerGet,
  listenerList,
  listenerStats,
  listenerUpdate,
} from '../services/balancer/listener.ts'
export { loadBalancerDelete } from '../services/balancer/load-balancer-delete.ts'
export type { LoadBalancerView } from '../services/balancer/load-balancer-view.ts'
export {
  loadBalancerCreate,
  loadBalancerFailover,
  loadBalancerGet,
  loadBalancerList,
  loadBalancerUpdate,
} from '../services/balancer/load-balancer.ts'
export {
  poolMemberCreate,
  poolMemberDelete,
  poolMemberGet,
  poolMemberList,
  poolMemberReplace,
  poolMemberUpdate,
} from '../services/balancer/member.ts'
export {
  balancerPoolCreate,
  balancerPoolDelete,
  balancerPoolGet,
  balancerPoolList,
  balancerPoolUpdate,
} from '../services/balancer/pool.ts'
export { loadBalancerStats, loadBalancerStatusTree } from '../services/balancer/status-tree.ts'
export type { StatusTree } from '../services/balancer/status-tree.ts'
