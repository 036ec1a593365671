import {
  CloudError,
  isCloudError,
  type SecurityGroup,
  securityGroupCreate,
  securityGroupDelete,
  securityGroupGet,
  securityGroupList,
  type SecurityGroupRule,
  securityGroupUpdate,
  securityRuleCreate,
  securityRuleDelete,
  securityRuleList,
} from '@nephos/core'
import {
  groupBody,
  groupRuleBody,
  groupWithRules,
  ruleBody,
  ruleInput,
} from '../../wire/compute/group-rule.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { flag } from '../paging.ts'
import { json } from '../reply.ts'

type Asking = Exchange<unknown, unknown>

/** To Nova a conflict is a bad request, and so is a rule of a group that is not there. */
async function asNova<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!isCloudError(error)) throw error
    const isNamed = error.code === 'notFound' && error.field === 'groupId'
    if (error.code !== 'conflict' && !isNamed) throw error
    throw new CloudError('invalid', error.message, error.field ? { field: error.field } : {})
  }
}

/** The last microversion that speaks of them: those after it leave them to Neutron. */
const until = 35
const most = 1_000

/** @throws CloudError `invalid`: groups are named by UUIDs. */
function idOf(x: Asking, name: string): string {
  const id = x.param(name)
  if (/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id)) return id
  throw new CloudError('invalid', 'Security group id should be uuid', { field: 'id' })
}

async function rulesOf(
  x: Asking,
  groups: readonly SecurityGroup[],
): Promise<readonly SecurityGroupRule[]> {
  if (groups.length === 0) return []
  const groupIds = groups.map(({ id }) => id)
  return await x.invokeAny(securityRuleList, { groupIds, direction: 'ingress', limit: most })
}

function byId(groups: readonly SecurityGroup[]): ReadonlyMap<string, SecurityGroup> {
  return new Map(groups.map((group) => [group.id, group]))
}

async function withRules(x: Asking, group: SecurityGroup): Promise<object> {
  const [rules, groups] = await Promise.all([
    rulesOf(x, [group]),
    x.invoke(securityGroupList, { limit: most }),
  ])
  return { security_group: groupWithRules(group, rules, byId(groups)) }
}

const reads = [securityGroupGet, securityGroupList, securityRuleList]

const groupRows: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.securityGroups.list',
    method: 'GET',
    path: '/os-security-groups',
    summary: 'Lists security groups with what they let in.',
    until,
    access: 'token',
    operations: reads,
    status: 200,
    async run(x) {
      const isAll = flag(x.query, 'all_tenants') === true && x.operator !== undefined
      const actor = isAll ? (x.operator ?? x.actor) : x.actor
      const groups = await x.invokeAs(actor, securityGroupList, { limit: most })
      const groupIds = groups.map(({ id }) => id)
      const rules =
        groupIds.length === 0
          ? []
          : await x.invokeAs(actor, securityRuleList, { groupIds, limit: most })
      const known = byId(groups)
      return json({ security_groups: groups.map((group) => groupWithRules(group, rules, known)) })
    },
  }),
  endpoint({
    id: 'compute.securityGroups.create',
    method: 'POST',
    path: '/os-security-groups',
    summary: 'Creates a security group.',
    until,
    access: 'token',
    operations: [securityGroupCreate],
    body: groupBody,
    status: 200,
    async run(x) {
      const { name, description } = x.body.security_group
      const fields = { name: name.trim(), description: description?.trim() ?? '' }
      const made = await x.invoke(securityGroupCreate, fields)
      return json({ security_group: groupWithRules(made, [], new Map()) })
    },
  }),
  endpoint({
    id: 'compute.securityGroups.show',
    method: 'GET',
    path: '/os-security-groups/{security_group_id}',
    summary: 'Shows a security group with what it lets in.',
    until,
    access: 'token',
    operations: reads,
    status: 200,
    async run(x) {
      const group = await x.invokeAny(securityGroupGet, { id: idOf(x, 'security_group_id') })
      return json(await withRules(x, group))
    },
  }),
  endpoint({
    id: 'compute.securityGroups.update',
    method: 'PUT',
    path: '/os-security-groups/{security_group_id}',
    summary: 'Renames or describes a security group.',
    until,
    access: 'token',
    operations: [...reads, securityGroupUpdate],
    body: groupBody,
    status: 200,
    async run(x) {
      const { name, description } = x.body.security_group
      const changed = await x.invokeAny(securityGroupUpdate, {
        id: idOf(x, 'security_group_id'),
        name,
        ...(description != null && { description }),
      })
      return json(await withRules(x, changed))
    },
  }),
  endpoint({
    id: 'compute.securityGroups.delete',
    method: 'DELETE',
    path: '/os-security-groups/{security_group_id}',
    summary: 'Deletes a security group that no port has.',
    until,
    access: 'token',
    operations: [securityGroupDelete],
    status: 202,
    async run(x) {
      const id = idOf(x, 'security_group_id')
      await asNova(() => x.invokeAny(securityGroupDelete, { id }))
      return {}
    },
  }),
]

/** https://docs.openstack.org/api-ref/compute/#security-groups-os-security-groups-deprecated */
export const securityGroups: readonly EndpointRow[] = [
  ...groupRows,
  endpoint({
    id: 'compute.securityGroupRules.create',
    method: 'POST',
    path: '/os-security-group-rules',
    summary: 'Lets something in.',
    until,
    access: 'token',
    operations: [securityRuleCreate, securityGroupList],
    body: ruleBody,
    status: 200,
    async run(x) {
      const input = ruleInput(x.body.security_group_rule)
      const rule = await asNova(() => x.invokeAny(securityRuleCreate, input))
      const groups =
        rule.remoteGroupId === null ? [] : await x.invoke(securityGroupList, { limit: most })
      return json({ security_group_rule: groupRuleBody(rule, byId(groups)) })
    },
  }),
  endpoint({
    id: 'compute.securityGroupRules.delete',
    method: 'DELETE',
    path: '/os-security-group-rules/{security_group_rule_id}',
    summary: 'Lets it in no longer.',
    until,
    access: 'token',
    operations: [securityRuleDelete],
    status: 202,
    async run(x) {
      await x.invokeAny(securityRuleDelete, { ids: [idOf(x, 'security_group_rule_id')] })
      return {}
    },
  }),
]
