import { limits } from '../../base/limits.ts'
import type { Kind } from '../../model/kind.ts'
import {
  floatingIpKind,
  floatingIpStatuses,
  floatingIpTargets,
} from '../../model/network/floating-ip.ts'
import { addressGroupKind } from '../../model/network/address-group.ts'
import { networkKind } from '../../model/network/network.ts'
import { portKind, routerOwners } from '../../model/network/port.ts'
import { qosPolicyKind } from '../../model/network/qos-policy.ts'
import { rbacPolicyKind } from '../../model/network/rbac-policy.ts'
import {
  type Configured,
  routerIdOf,
  routerKind,
  routerStatuses,
  subnetRouterId,
  subnetRouterKind,
} from '../../model/network/router.ts'
import { securityGroupKind, securityGroupRuleKind } from '../../model/network/security-group.ts'
import { subnetPoolKind } from '../../model/network/subnet-pool.ts'
import { subnetKind } from '../../model/network/subnet.ts'
import { workKind } from '../../model/work/work.ts'
import { type ConfigureInput, configureProgramName } from '../network/configure/plan-configure.ts'
import { unequalSums } from './equal.ts'
import { pointerRule } from './pointer.ts'
import {
  type Charge,
  type Problem,
  type Rule,
  rowRule,
  type SumRule,
  type Tally,
  tallyPart,
} from './rule.ts'
import { groupRulesTally } from './tallies/routing.ts'

/** What invariants say of routers and floating IPs. */

/** 3: what a group's rules add up to; how often they changed is no sum. */
export const groupRulesRule: SumRule = {
  type: 'sum',
  name: 'securityGroupRules-counters',
  tally: groupRulesTally,
  judge: async (_, page) =>
    page.flatMap((entry) => {
      const { counters, sums } = entry
      const value = counters.find(({ name }) => name === 'generation')?.value
      if (!sums || value === undefined) return unequalSums(entry)
      return unequalSums({ ...entry, sums: new Map([...sums, ['generation', value]]) })
    }),
}

/** What policies lend. */
const lentKinds: readonly Kind[] = [
  networkKind,
  subnetPoolKind,
  securityGroupKind,
  addressGroupKind,
  qosPolicyKind,
]

/** 14: what they name exists. */
export const routingPointers: readonly Rule[] = [
  pointerRule(networkKind, qosPolicyKind, (row) => row.qosPolicyId ?? null),
  pointerRule(portKind, qosPolicyKind, (row) => row.qosPolicyId ?? null),
  pointerRule(routerKind, portKind, (row) => [
    ...row.interfaces.map(({ portId }) => portId),
    ...(row.externalGateway ? [row.externalGateway.portId] : []),
    ...(row.leaving ?? []),
  ]),
  pointerRule(routerKind, subnetKind, (row) => row.interfaces.map(({ subnetId }) => subnetId)),
  pointerRule(routerKind, subnetRouterKind, (row) =>
    row.interfaces.map(({ subnetId }) => subnetRouterId(subnetId, row.id)),
  ),
  pointerRule(routerKind, networkKind, (row) => row.externalGateway?.networkId ?? null),
  pointerRule(subnetRouterKind, routerKind, (row) => routerIdOf(row)),
  pointerRule(portKind, routerKind, (row) =>
    routerOwners.includes(row.deviceOwner) ? row.deviceId : null,
  ),
  pointerRule(securityGroupRuleKind, addressGroupKind, (row) => row.remoteAddressGroupId),
  ...lentKinds.map((kind) =>
    pointerRule(rbacPolicyKind, kind, ({ objectId, objectType }) =>
      objectType === kind.name ? objectId : null,
    ),
  ),
  pointerRule(subnetKind, subnetPoolKind, (row) => row.subnetPoolId ?? null),
  pointerRule(subnetPoolKind, subnetKind, (row) => row.allocations.map((one) => one.subnetId)),
  pointerRule(portKind, floatingIpKind, (row) => row.floatingIpIds ?? []),
  pointerRule(floatingIpKind, subnetKind, (row) => row.subnetId),
  pointerRule(floatingIpKind, portKind, (row) => floatingIpTargets(row).map((one) => one.portId)),
  pointerRule(floatingIpKind, routerKind, (row) =>
    floatingIpTargets(row).map((one) => one.routerId),
  ),
]

/** 16: their states are listed ones. */
export const routingStates: readonly Rule[] = [
  rowRule('router-state', routerKind, function* (row) {
    if (!routerStatuses.includes(row.status)) yield `is ${row.status}, which is no state`
    yield* generations(row)
    if (row.status === 'DELETING' && row.interfaces.length > 0) yield 'is deleted with interfaces'
  }),
  rowRule('floatingIp-state', floatingIpKind, function* (row) {
    if (!floatingIpStatuses.includes(row.status)) yield `is ${row.status}, which is no state`
    yield* generations(row)
    if (row.target && row.portForwardings.length > 0) yield 'stands for a port, and forwards'
    if (row.status === 'DELETING' && floatingIpTargets(row).length > 0) yield 'is deleted in use'
  }),
]

function* generations({ generation, observed }: Configured): Generator<string> {
  if (observed > generation) yield `has ${observed} confirmed of ${generation}`
}

/** 17: what the data plane has not confirmed has work under way. */
export const routingWork: readonly Rule[] = [
  {
    type: 'sum',
    name: 'configure-work',
    tally: configureTally(),
    judge: async (_, page) =>
      page.flatMap(({ scope, id, sums }): Problem[] => {
        if (!sums?.has('#pending') || sums.has('#')) return []
        const subject = id.replace('/', ':')
        return [{ of: scope, subject, message: 'is not confirmed, but no work is under way' }]
      }),
  },
]

function configureTally(): Tally {
  const prefix = 'configure:'
  const pending = (type: string, id: string, row: Configured): Charge[] =>
    row.observed < row.generation
      ? [{ scope: `${prefix}${type}/${id}`, name: '#pending', amount: 1 }]
      : []
  return {
    prefix,
    parts: [
      tallyPart(routerKind, (row) => pending('router', row.id, row)),
      tallyPart(floatingIpKind, (row) => pending('floatingIp', row.id, row)),
      tallyPart(workKind, ({ input, program }) =>
        program === configureProgramName
          ? (input as ConfigureInput).objects.map(({ id, type }) => {
              return { scope: `${prefix}${type}/${id}`, name: '#', amount: 1 }
            })
          : [],
      ),
    ],
  }
}

/** 32: their lists are bounded. */
export const routingLimits: readonly Rule[] = [
  rowRule('router-limits', routerKind, function* ({ interfaces, leaving, routes }) {
    yield* tooMany('interfaces', interfaces, limits.routerInterfaces)
    yield* tooMany('leaving', leaving ?? [], limits.routerInterfaces)
    yield* tooMany('routes', routes, limits.routerRoutes)
  }),
  rowRule('addressGroup-limits', addressGroupKind, ({ addresses }) =>
    tooMany('addresses', addresses, limits.addressGroupBlocks),
  ),
  rowRule('qosPolicy-limits', qosPolicyKind, ({ rules }) =>
    tooMany('rules', rules, limits.qosRules),
  ),
  rowRule('subnetPool-limits', subnetPoolKind, function* ({ allocations, prefixes }) {
    yield* tooMany('allocations', allocations, limits.poolAllocations)
    yield* tooMany('prefixes', prefixes, limits.poolPrefixes)
  }),
  rowRule('floatingIp-limits', floatingIpKind, function* ({ portForwardings, tags }) {
    yield* tooMany('portForwardings', portForwardings, limits.floatingIpForwardings)
    yield* tooMany('tags', tags, limits.tags)
  }),
]

function* tooMany(field: string, list: readonly unknown[], limit: number): Generator<string> {
  if (list.length > limit) yield `${field} has ${list.length} of at most ${limit}`
}
