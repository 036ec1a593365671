import { limits } from '../../../base/limits.ts'
import { healthMonitorKind } from '../../../model/balancer/health-monitor.ts'
import { childKinds } from '../../../model/balancer/kinds.ts'
import { l7PolicyKind, policyScope } from '../../../model/balancer/l7-policy.ts'
import { l7RuleKind } from '../../../model/balancer/l7-rule.ts'
import { listenerKind, listenerScope } from '../../../model/balancer/listener.ts'
import { balancerScope, loadBalancerKind } from '../../../model/balancer/load-balancer.ts'
import { memberKind } from '../../../model/balancer/member.ts'
import { poolKind, poolScope } from '../../../model/balancer/pool.ts'
import { loadBalancerStatusKind } from '../../../model/balancer/status.ts'
import type { Kind, Stored } from '../../../model/kind.ts'
import { workKind } from '../../../model/work/work.ts'
import { type ApplyInput, applyProgram } from '../../balancer/edit.ts'
import { removeProgram } from '../../balancer/remove.ts'
import { type QuotaName, quotaScope } from '../../quota.ts'
import { byField, type Charge, opened, type Tally, type TallyPart, tallyPart } from '../rule.ts'

const balancerPrograms: ReadonlySet<string> = new Set([applyProgram.name, removeProgram.name])

/**
 * What is below a load balancer, the marks of its whole tree, and `#open`: its work. `#generation`
 * is the one in force.
 */
export const loadBalancerTally: Tally = {
  prefix: 'loadBalancer:',
  parts: [
    tallyPart(loadBalancerKind, ({ id, mark, deleting }): Charge[] => {
      const scope = balancerScope(id)
      return [
        ...opened(scope, 'edits', 'open'),
        { scope, name: 'marks', amount: mark },
        // Full, so that nothing comes to what goes.
        { scope, name: 'rows', amount: deleting ? limits.balancerRows : 0 },
      ]
    }),
    tallyPart(loadBalancerStatusKind, ({ id, mark, generation }) => {
      const scope = balancerScope(id)
      return [
        { scope, name: 'marks', amount: mark },
        { scope, name: '#generation', amount: generation },
      ]
    }),
    ...childKinds.map((kind) =>
      tallyPart(kind, ({ balancerId, mark }) => {
        const scope = balancerScope(balancerId)
        return [
          { scope, name: 'marks', amount: mark },
          { scope, name: 'rows', amount: 1 },
        ]
      }),
    ),
    tallyPart(workKind, ({ program, input }) => {
      if (!balancerPrograms.has(program)) return []
      const scope = balancerScope((input as Pick<ApplyInput, 'balancerId'>).balancerId)
      return [{ scope, name: '#open', amount: 1 }]
    }),
  ],
}

/** Policies of a listener. */
const listenerTally: Tally = {
  prefix: 'listener:',
  parts: [
    tallyPart(listenerKind, ({ id }) => opened(listenerScope(id), 'policies')),
    tallyPart(l7PolicyKind, ({ listenerId }) => [
      { scope: listenerScope(listenerId), name: 'policies', amount: 1 },
    ]),
  ],
}

const reference = (poolId: string | null): Charge[] =>
  poolId === null ? [] : [{ scope: poolScope(poolId), name: 'references', amount: 1 }]

/** Members and monitors of a pool, and who hands traffic to it. */
const balancerPoolTally: Tally = {
  prefix: 'balancerPool:',
  parts: [
    tallyPart(poolKind, ({ id }) => opened(poolScope(id), 'members', 'monitors', 'references')),
    tallyPart(memberKind, ({ poolId }) => [
      { scope: poolScope(poolId), name: 'members', amount: 1 },
    ]),
    tallyPart(healthMonitorKind, ({ poolId }) => [
      { scope: poolScope(poolId), name: 'monitors', amount: 1 },
    ]),
    tallyPart(listenerKind, ({ defaultPoolId }) => reference(defaultPoolId)),
    tallyPart(l7PolicyKind, ({ redirectPoolId }) => reference(redirectPoolId)),
  ],
}

/** Rules of a policy. */
const l7PolicyTally: Tally = {
  prefix: 'l7Policy:',
  parts: [
    tallyPart(l7PolicyKind, ({ id }) => opened(policyScope(id), 'rules')),
    tallyPart(l7RuleKind, ({ policyId }) => [
      { scope: policyScope(policyId), name: 'rules', amount: 1 },
    ]),
  ],
}

/** Those whose counters are the sums themselves. */
export const balancerTallies: readonly Tally[] = [listenerTally, balancerPoolTally, l7PolicyTally]

const one = <T extends Stored & { readonly projectId: string }>(
  kind: Kind<T>,
  name: QuotaName,
): TallyPart =>
  tallyPart(
    kind,
    ({ projectId }) => [{ scope: quotaScope(projectId), name, amount: 1 }],
    byField('byProject'),
  )

/** What load balancers use of quotas. */
export const balancerQuotaParts: readonly TallyPart[] = [
  one(loadBalancerKind, 'loadBalancers'),
  one(listenerKind, 'listeners'),
  one(poolKind, 'pools'),
  one(memberKind, 'members'),
  one(healthMonitorKind, 'healthMonitors'),
  one(l7PolicyKind, 'l7Policies'),
]
