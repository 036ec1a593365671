import { limits } from '../../../base/limits.ts'
import { CloudError } from '../../../base/errors.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import { securityGroupRuleKind } from '../../../model/network/security-group.ts'
import {
  securityGroupCreate,
  securityGroupDelete,
  securityGroupGet,
  securityGroupUpdate,
} from '../../network/security-group.ts'
import { securityRuleCreateMany, securityRuleDelete } from '../../network/security-rule.ts'
import { each, removal } from './each.ts'
import { listOf, present, textOf } from './property.ts'
import { ruleOf, ruleProperties } from './neutron-security-rule.ts'
import type { Result } from './result.ts'
import type { ResourceType, ResourceWork } from './type.ts'

/** A security group with its rules, which are changed as a whole. */
export const neutronSecurityGroup: ResourceType = {
  name: 'OS::Neutron::SecurityGroup',
  summary: 'A security group with its rules.',
  properties: {
    name: { type: 'string', updatable: true, max: limits.nameLength },
    description: { type: 'string', default: '', updatable: true, max: limits.descriptionLength },
    rules: {
      type: 'list',
      default: [],
      updatable: true,
      max: limits.bulkRules,
      items: {
        type: 'map',
        members: {
          ...ruleProperties,
          remote_mode: {
            type: 'string',
            default: 'remote_ip_prefix',
            allowed: ['remote_ip_prefix', 'remote_group_id'],
          },
        },
      },
    },
  },
  attributes: { name: 'Its name.', description: 'Its description.' },
  create: each(async (work, row) => {
    const properties = row.target as JsonMap
    const name = textOf(properties, 'name') ?? `${work.stack.name}-${row.name.replace('/', '-')}`
    const group = await work.call(
      securityGroupCreate,
      present({
        name: name.slice(0, limits.nameLength),
        description: textOf(properties, 'description'),
      }),
      work.keyOf(row, 'create'),
    )
    return withRules(work, row, group.id, () => makeRules(work, row, group.id))
  }),
  update: each(async (work, row) => {
    const id = row.physicalId as string
    const properties = row.target as JsonMap
    const fields = present({
      name: textOf(properties, 'name'),
      description: textOf(properties, 'description'),
    })
    await work.call(securityGroupUpdate, { id, ...fields }, work.keyOf(row, 'update'))
    return withRules(work, row, id, async () => {
      await removeRules(work, row, id)
      await makeRules(work, row, id)
    })
  }),
  remove: removal((work, id, row) =>
    work.call(securityGroupDelete, { id }, work.keyOf(row, 'delete')),
  ),
  verify: each(async (work, row) => {
    const { id, name, description } = await work.call(securityGroupGet, {
      id: row.physicalId ?? '',
    })
    return { state: 'done', physicalId: id, attributes: { name, description } }
  }),
}

/** The group is there, whatever becomes of its rules: a failure must not forget it. */
async function withRules(
  work: ResourceWork,
  row: StackResource,
  id: string,
  rules: () => Promise<void>,
): Promise<Result> {
  try {
    await rules()
  } catch (error) {
    if (!(error instanceof CloudError) || error.retry !== 'never') throw error
    return { state: 'failed', reason: `${error.code}: ${error.message}`, physicalId: id }
  }
  const group = await work.call(securityGroupGet, { id })
  return {
    state: 'done',
    physicalId: id,
    attributes: { name: group.name, description: group.description },
  }
}

async function makeRules(work: ResourceWork, row: StackResource, groupId: string): Promise<void> {
  const rules = (listOf(row.target as JsonMap, 'rules') ?? []).map((rule) => {
    const { remote_mode: mode, ...properties } = rule as JsonMap
    const itself = mode === 'remote_group_id' && properties['remote_group_id'] === undefined
    return ruleOf({ ...properties, ...(itself && { remote_group_id: groupId }) }, groupId)
  })
  if (rules.length === 0) return
  await work.call(securityRuleCreateMany, { rules }, work.keyOf(row, 'rules'))
}

/**
 * Those that it was made with: the rules that let everything out, which every group begins with,
 * stay.
 */
async function removeRules(work: ResourceWork, row: StackResource, groupId: string): Promise<void> {
  const made = listOf(row.properties ?? {}, 'rules') ?? []
  if (made.length === 0) return
  const rules = await work.kernel.store.lookup(securityGroupRuleKind, 'byGroup', [[groupId]])
  const ids = rules
    .filter(({ createdAt }) => createdAt < row.since)
    .filter(({ direction, protocol, remoteIpPrefix, remoteGroupId }) => {
      const isDefault =
        direction === 'egress' && protocol === null && !remoteIpPrefix && !remoteGroupId
      return !isDefault
    })
    .map(({ id }) => id)
  if (ids.length > 0) await work.call(securityRuleDelete, { ids })
}
