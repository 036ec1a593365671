import {
  balancerPoolCreate,
  balancerPoolDelete,
  balancerPoolGet,
  balancerPoolList,
  balancerPoolUpdate,
  healthMonitorCreate,
  healthMonitorDelete,
  healthMonitorGet,
  healthMonitorList,
  healthMonitorUpdate,
  l7PolicyCreate,
  l7PolicyDelete,
  l7PolicyGet,
  l7PolicyList,
  l7PolicyUpdate,
  l7RuleCreate,
  l7RuleDelete,
  l7RuleGet,
  l7RuleList,
  l7RuleUpdate,
  listenerCreate,
  listenerDelete,
  listenerGet,
  listenerList,
  listenerStats,
  listenerUpdate,
  loadBalancerCreate,
  loadBalancerDelete,
  loadBalancerFailover,
  loadBalancerGet,
  loadBalancerList,
  loadBalancerStats,
  loadBalancerStatusTree,
  loadBalancerUpdate,
  poolMemberCreate,
  poolMemberDelete,
  poolMemberGet,
  poolMemberList,
  poolMemberReplace,
  poolMemberUpdate,
} from '@nephos/core'
import { bind, bindList, type Session } from './bind.ts'

/**
 * Load balancers and what is below them. Changes of one load balancer need not wait for each other:
 * each is accepted at once, and the load balancer is `ACTIVE` when the last is in force.
 */
export function balancerApi(session: Session) {
  return Object.freeze({
    loadBalancers: Object.freeze({
      create: bind(session, loadBalancerCreate),
      get: bind(session, loadBalancerGet),
      list: bindList(session, loadBalancerList),
      update: bind(session, loadBalancerUpdate),
      delete: bind(session, loadBalancerDelete),
      failover: bind(session, loadBalancerFailover),
      /** How everything below it stands. */
      status: bind(session, loadBalancerStatusTree),
      stats: bind(session, loadBalancerStats),
    }),
    listeners: Object.freeze({
      create: bind(session, listenerCreate),
      get: bind(session, listenerGet),
      list: bindList(session, listenerList),
      update: bind(session, listenerUpdate),
      delete: bind(session, listenerDelete),
      stats: bind(session, listenerStats),
    }),
    pools: Object.freeze({
      create: bind(session, balancerPoolCreate),
      get: bind(session, balancerPoolGet),
      list: bindList(session, balancerPoolList),
      update: bind(session, balancerPoolUpdate),
      delete: bind(session, balancerPoolDelete),
    }),
    members: Object.freeze({
      create: bind(session, poolMemberCreate),
      get: bind(session, poolMemberGet),
      list: bindList(session, poolMemberList),
      update: bind(session, poolMemberUpdate),
      delete: bind(session, poolMemberDelete),
      /** Makes the members of a pool those that are named. */
      replace: bind(session, poolMemberReplace),
    }),
    healthMonitors: Object.freeze({
      create: bind(session, healthMonitorCreate),
      get: bind(session, healthMonitorGet),
      list: bindList(session, healthMonitorList),
      update: bind(session, healthMonitorUpdate),
      delete: bind(session, healthMonitorDelete),
    }),
    l7Policies: Object.freeze({
      create: bind(session, l7PolicyCreate),
      get: bind(session, l7PolicyGet),
      list: bindList(session, l7PolicyList),
      update: bind(session, l7PolicyUpdate),
      delete: bind(session, l7PolicyDelete),
    }),
    l7Rules: Object.freeze({
      create: bind(session, l7RuleCreate),
      get: bind(session, l7RuleGet),
      list: bindList(session, l7RuleList),
      update: bind(session, l7RuleUpdate),
      delete: bind(session, l7RuleDelete),
    }),
  })
}

/** What operators do with load balancers of all projects. */
export function balancerOperatorApi(session: Session) {
  return Object.freeze({
    get: bind(session, loadBalancerGet),
    list: bindList(session, loadBalancerList),
    failover: bind(session, loadBalancerFailover),
    delete: bind(session, loadBalancerDelete),
  })
}
