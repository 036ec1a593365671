import { versionPrefix } from '../../../commit/rights-version.ts'
import { serverBatchKind } from '../../../model/compute/server-batch.ts'
import { networkKind } from '../../../model/network/network.ts'
import { subnetKind } from '../../../model/network/subnet.ts'
import { notePrefix } from '../../compute/host-room.ts'
import { poolLimit } from '../../network/subnet-rules.ts'
import { unlimited } from '../../quota.ts'
import { equalRule, unequalSums } from '../equal.ts'
import { judgeHosts } from '../host-sums.ts'
import { prefixOf } from '../plan.ts'
import { groupRulesRule } from '../routing-rules.ts'
import type { AuditKernel, Invariant, Problem, ScopeSums, SumRule, Tally } from '../rule.ts'
import { usageRules } from '../usage-rules.ts'
import { balancerCounterRule } from '../balancer-rules.ts'
import { balancerTallies, loadBalancerTally } from '../tallies/balancer.ts'
import {
  aggregateHostsTally,
  aggregateTally,
  batchTally,
  groupMembersTally,
  groupTally,
  hostTally,
  zoneTally,
} from '../tallies/compute.ts'
import {
  backupTally,
  poolTally,
  snapshotTally,
  typeQuotaTally,
  volumeTally,
  volumeTypeTally,
} from '../tallies/block.ts'
import {
  domainTally,
  projectTally,
  roleTally,
  userGroupTally,
  userTally,
} from '../tallies/identity.ts'
import {
  networkTally,
  portsOfProject,
  securityGroupTally,
  subnetTally,
} from '../tallies/network.ts'
import { containerTally, uploadTally } from '../tallies/object.ts'
import { providerUseRule, resourceClassTally, traitTally } from '../tallies/placement.ts'
import { quotaTally } from '../tallies/quota.ts'
import { softwareConfigTally, stackResourceTally, stackSignalTally } from '../tallies/stack.ts'
import { groupRulesTally, routingTallies } from '../tallies/routing.ts'

const sumRule = (name: string, tally: Tally, judge: SumRule['judge']): SumRule => {
  return { type: 'sum', name, tally, judge }
}

/** Those whose counters are the sums themselves. */
const plainTallies: readonly Tally[] = [
  containerTally,
  uploadTally,
  groupTally,
  groupMembersTally,
  zoneTally,
  aggregateTally,
  aggregateHostsTally,
  domainTally,
  projectTally,
  userTally,
  userGroupTally,
  roleTally,
  securityGroupTally,
  ...routingTallies,
  poolTally,
  volumeTypeTally,
  typeQuotaTally,
  volumeTally,
  snapshotTally,
  backupTally,
  stackResourceTally,
  stackSignalTally,
  softwareConfigTally,
  ...balancerTallies,
  traitTally,
  resourceClassTally,
]

/** Prefixes of all known scopes: quotas are invariant 13's, notes 19's, versions nobody's. */
const counted: ReadonlySet<string> = new Set([
  ...[
    hostTally,
    batchTally,
    networkTally,
    subnetTally,
    quotaTally,
    groupRulesTally,
    loadBalancerTally,
    providerUseRule.tally,
    ...plainTallies,
  ].map(({ prefix }) => prefix),
  notePrefix,
  versionPrefix,
])

export const counters: Invariant = {
  number: 3,
  title: 'Every counter equals the sum it stands for; none is negative.',
  cause:
    'Rows were written without charging what counts them, or charged twice. What the counter ' +
    'guards (capacity, a group’s rule, a deletion) is guarded wrongly until it is corrected.',
  rules: [
    {
      type: 'scope',
      name: 'known-counters',
      check: (scope) =>
        counted.has(prefixOf(scope)) ? undefined : 'is a counter that stands for nothing',
    },
    sumRule('host-use', hostTally, judgeHosts),
    sumRule('batch-counters', batchTally, judgeBatches),
    sumRule('network-counters', networkTally, judgeNetworks),
    sumRule('subnet-counters', subnetTally, judgeSubnets),
    groupRulesRule,
    ...usageRules,
    balancerCounterRule,
    providerUseRule,
    ...plainTallies.map((tally) => equalRule(`${tally.prefix.slice(0, -1)}-counters`, tally)),
  ],
}

/** Outcomes are no sum over rows: invariant 5 adds them up. Here: no counters without a batch. */
async function judgeBatches(kernel: AuditKernel, page: readonly ScopeSums[]): Promise<Problem[]> {
  const batches = await kernel.store.get(
    serverBatchKind,
    page.map(({ id }) => id),
  )
  return page.flatMap(({ scope, counters: own }, index) =>
    own.flatMap(({ name, limit }): Problem[] => {
      const subject = `counter:${scope} ${name}`
      const batch = batches[index]
      if (!batch) return [{ of: scope, subject, message: 'is there, though its batch is gone' }]
      if (limit === batch.count) return []
      return [{ of: scope, subject, message: `has the limit ${limit}, made ${batch.count}` }]
    }),
  )
}

async function judgeNetworks(kernel: AuditKernel, page: readonly ScopeSums[]): Promise<Problem[]> {
  const networks = await kernel.store.get(
    networkKind,
    page.map(({ id }) => id),
  )
  return page.flatMap((entry, index) => {
    const network = networks[index]
    if (!network) return unequalSums(entry)
    const sums = new Map(entry.sums)
    const own = sums.get(`${portsOfProject}${network.projectId}`) ?? 0
    sums.set('foreignPorts', (sums.get('ports') ?? 0) - own)
    const limit = network.shared || network.sharedWith ? unlimited : 0
    return [...unequalSums({ ...entry, sums }), ...wrongLimit(entry, 'foreignPorts', limit)]
  })
}

async function judgeSubnets(kernel: AuditKernel, page: readonly ScopeSums[]): Promise<Problem[]> {
  const subnets = await kernel.store.get(
    subnetKind,
    page.map(({ id }) => id),
  )
  return page.flatMap((entry, index) => {
    const subnet = subnets[index]
    const limit = subnet && poolLimit(subnet.allocationPools)
    return [...unequalSums(entry), ...wrongLimit(entry, 'addresses', limit)]
  })
}

function wrongLimit(
  { scope, counters: own }: ScopeSums,
  name: string,
  limit: number | undefined,
): Problem[] {
  const counter = own.find((one) => one.name === name)
  if (!counter || limit === undefined || counter.limit === limit) return []
  const message = `has the limit ${counter.limit}, should have ${limit}`
  return [{ of: scope, subject: `counter:${scope} ${name}`, message }]
}
