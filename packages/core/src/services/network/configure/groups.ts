import type { Kernel } from '../../../kernel.ts'
import { type AddressGroup, addressGroupKind } from '../../../model/network/address-group.ts'
import {
  type SecurityGroup,
  securityGroupKind,
  type SecurityGroupRule,
  securityGroupRuleKind,
} from '../../../model/network/security-group.ts'
import type { SecurityRuleConfig } from '../../../ports/network-object.ts'
import { groupRulesScope } from '../counters.ts'
import { ruleMark } from '../rule-change.ts'
import { configuredType, type ObjectRef, type Reading } from './configured.ts'

/** Their rows do not tell what the data plane has: nothing of them waits for it. */
const unsettled = { settle: async (): Promise<void> => undefined, overdue: (): void => undefined }

/** Address groups, as the data plane is told of them. */
export const addressGroupConfigured = configuredType<AddressGroup | null>({
  read: async (kernel, refs) => {
    const rows = await kernel.store.get(
      addressGroupKind,
      refs.map(({ id }) => id),
    )
    return refs.map(({ id, removed, revision }, index): Reading<AddressGroup | null> => {
      if (removed)
        return { target: { type: 'addressGroup', id, revision, config: null }, row: null }
      const row = rows[index]
      if (!row) return 'gone'
      if (row.generation < revision) return 'late'
      const config = { addresses: row.addresses }
      return { target: { type: 'addressGroup', id, revision: row.generation, config }, row }
    })
  },
  ...unsettled,
})

/** Security groups with their rules, as the data plane is told of them. */
export const securityGroupConfigured = configuredType<SecurityGroup | null>({
  read: readGroups,
  ...unsettled,
})

async function readGroups(
  kernel: Kernel,
  refs: readonly ObjectRef[],
): Promise<readonly Reading<SecurityGroup | null>[]> {
  const ids = refs.map(({ id }) => id)
  const groups = await kernel.store.get(securityGroupKind, ids)
  const counters = await kernel.store.counters(ids.map(groupRulesScope))
  const rules = await kernel.store.lookup(
    securityGroupRuleKind,
    'byGroup',
    ids.map((id) => [id]),
  )
  return refs.map((ref, index): Reading<SecurityGroup | null> => {
    const { id, removed, revision } = ref
    if (removed) return { target: { type: 'securityGroup', id, revision, config: null }, row: null }
    const row = groups[index]
    if (!row) return 'gone'
    const own = rules.filter(({ groupId }) => groupId === id)
    const counted = new Map(
      counters.flatMap(({ name, scope, value }) =>
        scope === groupRulesScope(id) ? [[name, value] as const] : [],
      ),
    )
    if (!isWhole(own, counted)) return 'late'
    if (own.some((rule) => rule.id === ref.unwanted)) return 'late'
    // Gone again, or to be seen later.
    if (ref.wanted !== undefined && !own.some((rule) => rule.id === ref.wanted)) return 'gone'
    const config = { stateful: row.stateful, rules: own.map(configOf).toSorted(byId) }
    const generation = counted.get('generation') ?? 0
    return { target: { type: 'securityGroup', id, revision: generation, config }, row }
  })
}

/** True if these are all of the rules that the counters counted, and no others. */
function isWhole(
  rules: readonly SecurityGroupRule[],
  counted: ReadonlyMap<string, number>,
): boolean {
  const sum = rules.reduce((total, { id }) => total + ruleMark(id), 0)
  return counted.get('rules') === rules.length && counted.get('sum') === sum
}

function byId(a: SecurityRuleConfig, b: SecurityRuleConfig): number {
  return a.id < b.id ? -1 : 1
}

function configOf(rule: SecurityGroupRule): SecurityRuleConfig {
  const { direction, etherType, id, portRangeMax, portRangeMin, protocol } = rule
  const { remoteAddressGroupId, remoteGroupId, remoteIpPrefix } = rule
  return {
    ...{ id, direction, etherType, protocol, portRangeMin, portRangeMax },
    ...{ remoteIpPrefix, remoteGroupId, remoteAddressGroupId },
  }
}
