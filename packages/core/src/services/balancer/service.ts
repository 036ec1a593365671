import { balancerKinds } from '../../model/balancer/kinds.ts'
import type { Service } from '../service.ts'
import { applyWorkflow } from './apply.ts'
import {
  healthMonitorCreate,
  healthMonitorDelete,
  healthMonitorGet,
  healthMonitorList,
  healthMonitorUpdate,
} from './health-monitor.ts'
import {
  l7PolicyCreate,
  l7PolicyDelete,
  l7PolicyGet,
  l7PolicyList,
  l7PolicyUpdate,
} from './l7-policy.ts'
import { l7RuleCreate, l7RuleDelete, l7RuleGet, l7RuleList, l7RuleUpdate } from './l7-rule.ts'
import {
  listenerCreate,
  listenerDelete,
  listenerGet,
  listenerList,
  listenerStats,
  listenerUpdate,
} from './listener.ts'
import { loadBalancerDelete } from './load-balancer-delete.ts'
import {
  loadBalancerCreate,
  loadBalancerFailover,
  loadBalancerGet,
  loadBalancerList,
  loadBalancerUpdate,
} from './load-balancer.ts'
import {
  poolMemberCreate,
  poolMemberDelete,
  poolMemberGet,
  poolMemberList,
  poolMemberReplace,
  poolMemberUpdate,
} from './member.ts'
import {
  balancerPoolCreate,
  balancerPoolDelete,
  balancerPoolGet,
  balancerPoolList,
  balancerPoolUpdate,
} from './pool.ts'
import { balancers } from './reconcile.ts'
import { removeWorkflow } from './remove.ts'
import { loadBalancerStats, loadBalancerStatusTree } from './status-tree.ts'

/** Load balancers, listeners, pools, members, health monitors and L7 policies. */
export const balancer: Service = {
  name: 'balancer',
  kinds: [...balancerKinds],
  operations: [
    loadBalancerCreate,
    loadBalancerGet,
    loadBalancerList,
    loadBalancerUpdate,
    loadBalancerFailover,
    loadBalancerDelete,
    loadBalancerStatusTree,
    loadBalancerStats,
    listenerCreate,
    listenerGet,
    listenerList,
    listenerUpdate,
    listenerDelete,
    listenerStats,
    balancerPoolCreate,
    balancerPoolGet,
    balancerPoolList,
    balancerPoolUpdate,
    balancerPoolDelete,
    poolMemberCreate,
    poolMemberGet,
    poolMemberList,
    poolMemberUpdate,
    poolMemberDelete,
    poolMemberReplace,
    healthMonitorCreate,
    healthMonitorGet,
    healthMonitorList,
    healthMonitorUpdate,
    healthMonitorDelete,
    l7PolicyCreate,
    l7PolicyGet,
    l7PolicyList,
    l7PolicyUpdate,
    l7PolicyDelete,
    l7RuleCreate,
    l7RuleGet,
    l7RuleList,
    l7RuleUpdate,
    l7RuleDelete,
  ],
  programs: (kernel) => [applyWorkflow(kernel), removeWorkflow(kernel)],
  reconcilers: (kernel) => [balancers(kernel)],
}
