import {
  type SecurityGroup,
  securityGroupCreate,
  securityGroupDelete,
  securityGroupGet,
  securityGroupList,
  type SecurityGroupRule,
  securityGroupUpdate,
  securityRuleList,
} from '@nephos/core'
import {
  groupBody,
  type GroupCreateBody,
  groupCreateBody,
  groupUpdateBody,
} from '../../wire/network/security-group.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { pageLimit } from '../paging.ts'
import { json } from '../reply.ts'
import { ask, type Asked, eachOrNone, projectOf, seenRevision } from './calls.ts'
import { hint } from './hints.ts'
import { bodyOf, deleteEndpoint, type Noun, readEndpoints } from './noun.ts'
import { tagEndpoints } from './tags.ts'

const noun: Noun<SecurityGroup> = {
  id: 'network.securityGroups',
  one: 'security_group',
  many: 'security_groups',
  title: 'security group',
  titles: 'security groups',
  path: '/security-groups',
  attributes: [
    ...['id', 'tenant_id', 'project_id', 'description', 'created_at', 'updated_at'],
    ...['revision_number', 'name', 'stateful', 'shared', 'tags', 'security_group_rules'],
  ],
  operations: { list: securityGroupList, get: securityGroupGet },
  read: (x, page, query) =>
    ask(x, securityGroupList, { ...page, ...hint(query, { name: 'name' }) }),
  get: (x, id) => ask(x, securityGroupGet, { id }),
  bodies: async (x, rows, fields) => {
    const isWanted = !fields || fields.has('security_group_rules')
    const rules = isWanted ? await rulesOf(x, rows) : new Map<string, SecurityGroupRule[]>()
    return rows.map((row) => groupBody(row, rules.get(row.id) ?? [], x.actor.projectId))
  },
}

/** The rules of groups: a page of them is one read, whatever the number of groups. */
async function rulesOf(
  x: Asked,
  groups: readonly SecurityGroup[],
): Promise<ReadonlyMap<string, SecurityGroupRule[]>> {
  const rules = new Map<string, SecurityGroupRule[]>(groups.map(({ id }) => [id, []]))
  if (groups.length === 0) return rules
  const groupIds = [...rules.keys()]
  for (let marker: string | undefined; ;) {
    const input = { groupIds, limit: pageLimit, ...(marker !== undefined && { marker }) }
    const page = await ask(x, securityRuleList, input)
    for (const rule of page) rules.get(rule.groupId)?.push(rule)
    if (page.length < pageLimit) return rules
    marker = page.at(-1)?.id
  }
}

async function create(x: Asked, body: GroupCreateBody, step?: string): Promise<SecurityGroup> {
  const { name = '', description, stateful, tags } = body
  const input = { name, description, stateful, tags, projectId: projectOf(x, body) }
  const names = { conflict: 'SecurityGroupDefaultAlreadyExists' }
  return ask(x, securityGroupCreate, input, names, step)
}

/**
 * Security groups
 * (https://docs.openstack.org/api-ref/network/v2/#security-groups-security-groups).
 */
export const securityGroups: readonly EndpointRow[] = [
  ...readEndpoints(noun),
  endpoint({
    id: 'network.securityGroups.create',
    method: 'POST',
    path: '/security-groups',
    summary: 'Creates a security group that lets everything out and nothing in.',
    access: 'token',
    operations: [securityGroupCreate, securityGroupDelete, securityRuleList],
    body: groupCreateBody,
    status: 201,
    run: async (x) => {
      const { items, isMany } = x.body
      const rows = await eachOrNone(
        items,
        (body, step) => create(x, body, isMany ? step : undefined),
        ({ id }) => ask(x, securityGroupDelete, { id }),
      )
      const bodies = await noun.bodies(x, rows, undefined)
      return json(isMany ? { security_groups: bodies } : { security_group: bodies[0] })
    },
  }),
  endpoint({
    id: 'network.securityGroups.update',
    method: 'PUT',
    path: '/security-groups/{id}',
    summary: 'Renames or describes a security group.',
    access: 'token',
    operations: [securityGroupGet, securityGroupUpdate, securityRuleList],
    body: groupUpdateBody,
    status: 200,
    run: async (x) => {
      const { stateful, ...patch } = x.body
      const id = x.param('id')
      if (stateful !== undefined && (await noun.get(x, id)).stateful !== stateful) {
        x.refuse(409, 'stateful: stays as the group was made.', 'security_group.stateful')
      }
      const input = { id, expectedRev: seenRevision(x), ...patch }
      const names = { conflict: 'SecurityGroupCannotUpdateDefault' }
      const row = await ask(x, securityGroupUpdate, input, names)
      return json({ security_group: await bodyOf(x, noun, row) })
    },
  }),
  deleteEndpoint(noun, [securityGroupDelete], (x, id) =>
    ask(
      x,
      securityGroupDelete,
      { id, expectedRev: seenRevision(x) },
      { conflict: 'SecurityGroupInUse' },
    ),
  ),
  ...tagEndpoints(noun, securityGroupUpdate, (x, id, tags, expectedRev) =>
    ask(x, securityGroupUpdate, { id, tags: [...tags], expectedRev }),
  ),
]
