import { limits } from '../../base/limits.ts'
import { healthMonitorKind } from '../../model/balancer/health-monitor.ts'
import { l7Actions, l7PolicyKind } from '../../model/balancer/l7-policy.ts'
import { l7RuleKind } from '../../model/balancer/l7-rule.ts'
import { listenerKind } from '../../model/balancer/listener.ts'
import {
  type LoadBalancer,
  loadBalancerKind,
  topologies,
  vipDeviceOwner,
} from '../../model/balancer/load-balancer.ts'
import { memberKind, memberTarget } from '../../model/balancer/member.ts'
import { operatingStatuses } from '../../model/balancer/operating.ts'
import { poolKind } from '../../model/balancer/pool.ts'
import {
  listenerProtocols,
  monitorTypes,
  poolProtocols,
  transports,
} from '../../model/balancer/protocols.ts'
import { loadBalancerStatusKind } from '../../model/balancer/status.ts'
import { portKind } from '../../model/network/port.ts'
import { unequalSums } from './equal.ts'
import { pointerRule } from './pointer.ts'
import { type Problem, type Rule, type RowRule, rowRule, type ScopeSums } from './rule.ts'
import { loadBalancerTally } from './tallies/balancer.ts'

const isKept = ({ deleting }: LoadBalancer): boolean => !deleting

/** Rules about rows below load balancers, of which the audit's invariants consist. */
export const balancerCounterRule: Rule = {
  type: 'sum',
  name: 'loadBalancer-counters',
  tally: loadBalancerTally,
  judge: async (_, page) => page.flatMap(judgeBalancer),
}

/** Changes are numbered, not summed up; work is invariant 17's. */
function judgeBalancer(entry: ScopeSums): Problem[] {
  const { scope, sums, counters } = entry
  const isSummed = (name: string): boolean => name !== 'edits' && name !== 'open'
  const problems = unequalSums({
    ...entry,
    sums: sums && new Map([...sums].filter(([name]) => isSummed(name))),
    counters: counters.filter(({ name }) => isSummed(name)),
  })
  const edits = counters.find(({ name }) => name === 'edits')?.value ?? 0
  const generation = sums?.get('#generation') ?? 0
  if (isThere(sums) && (edits === 0 || edits < generation)) {
    const message = `is ${edits}, but generation ${generation} is in force`
    problems.push({ of: scope, subject: `counter:${scope} edits`, message })
  }
  return problems
}

/** True if the load balancer exists: its row opens its counters. */
function isThere(sums: ScopeSums['sums']): boolean {
  return sums?.has('edits') ?? false
}

/** A load balancer is as pending as it has work. */
export const balancerWorkRule: Rule = {
  type: 'sum',
  name: 'loadBalancer-work',
  tally: loadBalancerTally,
  judge: async (_, page) =>
    page.flatMap(({ scope, id, sums, counters }): Problem[] => {
      // The work that removed it is about to end.
      if (!isThere(sums)) return []
      const open = counters.find(({ name }) => name === 'open')?.value ?? 0
      const work = sums?.get('#open') ?? 0
      if (open === work) return []
      const message = `counts ${open} changes under way, has work for ${work}`
      return [{ of: scope, subject: `loadBalancer:${id}`, message }]
    }),
}

export const balancerPointers: readonly Rule[] = [
  pointerRule(listenerKind, loadBalancerKind, (row) => row.balancerId, { alive: isKept }),
  pointerRule(listenerKind, poolKind, (row) => row.defaultPoolId),
  pointerRule(poolKind, loadBalancerKind, (row) => row.balancerId, { alive: isKept }),
  pointerRule(memberKind, poolKind, (row) => row.poolId),
  pointerRule(healthMonitorKind, poolKind, (row) => row.poolId),
  pointerRule(l7PolicyKind, listenerKind, (row) => row.listenerId),
  pointerRule(l7PolicyKind, poolKind, (row) => row.redirectPoolId),
  pointerRule(l7RuleKind, l7PolicyKind, (row) => row.policyId),
  pointerRule(loadBalancerKind, loadBalancerStatusKind, (row) => row.id),
  pointerRule(loadBalancerStatusKind, loadBalancerKind, (row) => row.id),
  pointerRule(loadBalancerKind, portKind, (row) => row.vip.portId),
  pointerRule(portKind, loadBalancerKind, (row) =>
    row.deviceOwner === vipDeviceOwner ? (row.deviceId?.replace('lb-', '') ?? null) : null,
  ),
]

function unlisted<S>(all: readonly S[], state: S): string[] {
  return all.includes(state) ? [] : [`is ${String(state)}, which is no state`]
}

export const balancerStates: readonly RowRule[] = [
  rowRule('loadBalancer-state', loadBalancerKind, ({ topology }) => unlisted(topologies, topology)),
  rowRule('loadBalancerStatus-state', loadBalancerStatusKind, function* (row) {
    yield* unlisted(operatingStatuses, row.operating)
    for (const { status } of Object.values(row.inForce)) {
      yield* unlisted(operatingStatuses, status)
    }
  }),
  rowRule('listener-state', listenerKind, function* ({ protocol, protocolPort, portKey }) {
    yield* unlisted(listenerProtocols, protocol)
    if (portKey !== `${transports[protocol]} ${protocolPort}`) yield `has the key ${portKey}`
  }),
  rowRule('pool-state', poolKind, ({ protocol }) => unlisted(poolProtocols, protocol)),
  rowRule('member-state', memberKind, ({ address, protocolPort, target }) =>
    target === memberTarget(address, protocolPort) ? [] : [`has the key ${target}`],
  ),
  rowRule('healthMonitor-state', healthMonitorKind, ({ type }) => unlisted(monitorTypes, type)),
  rowRule('l7Policy-state', l7PolicyKind, ({ action }) => unlisted(l7Actions, action)),
]

const over = (field: string, size: number, limit: number): string[] =>
  size > limit ? [`${field} has ${size} of at most ${limit}`] : []

export const balancerLimits: readonly RowRule[] = [
  rowRule('loadBalancer-limits', loadBalancerKind, function* (row) {
    yield* over('name', row.name.length, limits.nameLength)
    yield* over('tags', row.tags.length, limits.balancerTags)
    yield* over('addresses', row.vip.addresses.length, limits.portAddresses)
  }),
  rowRule('loadBalancerStatus-limits', loadBalancerStatusKind, (row) =>
    over('inForce', Object.keys(row.inForce).length, limits.balancerRows),
  ),
  rowRule('listener-limits', listenerKind, function* (row) {
    yield* over('name', row.name.length, limits.nameLength)
    yield* over('allowedCidrs', row.allowedCidrs.length, limits.listenerCidrs)
    yield* over('sniContainerRefs', row.tls.sniContainerRefs.length, limits.listenerCertificates)
  }),
]
