import type { HealthMonitor } from '../../model/balancer/health-monitor.ts'
import type { L7Action, L7Policy } from '../../model/balancer/l7-policy.ts'
import type { L7Rule } from '../../model/balancer/l7-rule.ts'
import type { Listener } from '../../model/balancer/listener.ts'
import type { Member } from '../../model/balancer/member.ts'
import type { Pool } from '../../model/balancer/pool.ts'
import type {
  BalancerConfig,
  ListenerConfig,
  MemberConfig,
  MonitorConfig,
  PolicyConfig,
  PoolConfig,
} from '../../ports/balancer-driver.ts'
import { groupBy, type Tree } from './tree.ts'

/** Which policies are tried first. */
const ranks: Readonly<Record<L7Action, number>> = {
  REJECT: 0,
  REDIRECT_TO_URL: 1,
  REDIRECT_PREFIX: 1,
  REDIRECT_TO_POOL: 2,
}

/**
 * The whole configuration that rows ask for: a pure function, so equal rows are equal
 * configurations. What is switched off is left out; a pool that is off has no members.
 */
export function balancerConfig(tree: Tree): BalancerConfig {
  const { balancer, edits } = tree
  const { portId, networkId, addresses } = balancer.vip
  const rules = groupBy(tree.rules.filter(isUp), ({ policyId }) => policyId)
  const policies = groupBy(tree.policies.filter(isUp), ({ listenerId }) => listenerId)
  const members = groupBy(tree.members.filter(isUp), ({ poolId }) => poolId)
  const monitors = new Map(tree.monitors.filter(isUp).map((one) => [one.poolId, one]))
  const listeners = balancer.adminStateUp ? tree.listeners.filter(isUp) : []
  return {
    balancerId: balancer.id,
    generation: edits,
    topology: balancer.topology,
    failovers: balancer.failovers,
    vip: { portId, networkId, addresses },
    listeners: listeners.map((one) => listenerConfig(one, policies.get(one.id) ?? [], rules)),
    pools: tree.pools.map((pool) =>
      pool.adminStateUp
        ? poolConfig(pool, members.get(pool.id) ?? [], monitors.get(pool.id))
        : poolConfig(pool, [], undefined),
    ),
  }
}

function listenerConfig(
  listener: Listener,
  policies: readonly L7Policy[],
  rules: ReadonlyMap<string, readonly L7Rule[]>,
): ListenerConfig {
  const { id, protocol, protocolPort, connectionLimit, defaultPoolId } = listener
  const { allowedCidrs, insertHeaders, timeouts, tls } = listener
  return {
    ...{ id, protocol, protocolPort, connectionLimit, defaultPoolId },
    ...{ allowedCidrs, insertHeaders, timeouts, tls },
    policies: policies
      .toSorted(byTurn)
      // Without rules a policy matches nothing.
      .flatMap((policy) => policyConfig(policy, rules.get(policy.id) ?? []) ?? []),
  }
}

function byTurn(a: L7Policy, b: L7Policy): number {
  return ranks[a.action] - ranks[b.action] || a.position - b.position || (a.id > b.id ? -1 : 1)
}

function policyConfig(policy: L7Policy, rules: readonly L7Rule[]): PolicyConfig | undefined {
  if (rules.length === 0) return undefined
  const { id, action, redirectPoolId, redirectUrl, redirectPrefix, redirectCode } = policy
  return {
    ...{ id, action, redirectPoolId, redirectUrl, redirectPrefix, redirectCode },
    rules: rules.map(({ id: ruleId, type, compareType, key, value, invert }) => {
      return { id: ruleId, type, compareType, key, value, invert }
    }),
  }
}

function poolConfig(
  pool: Pool,
  members: readonly Member[],
  monitor: HealthMonitor | undefined,
): PoolConfig {
  const { id, protocol, algorithm, persistence, tls } = pool
  return {
    ...{ id, protocol, algorithm, persistence, tls },
    members: members.map(memberConfig),
    monitor: monitor ? monitorConfig(monitor) : null,
  }
}

function memberConfig(member: Member): MemberConfig {
  const { id, address, protocolPort, weight, backup, monitorAddress, monitorPort } = member
  return { id, address, protocolPort, weight, backup, monitorAddress, monitorPort }
}

function monitorConfig(monitor: HealthMonitor): MonitorConfig {
  const { id, type, delayS, timeoutS, maxRetries, maxRetriesDown, request } = monitor
  return { id, type, delayS, timeoutS, maxRetries, maxRetriesDown, request }
}

function isUp({ adminStateUp }: { readonly adminStateUp: boolean }): boolean {
  return adminStateUp
}
