import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import {
  type SecurityGroup,
  securityGroupKind,
  securityGroupRuleKind,
} from '../../model/network/security-group.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { descriptionField, idField, nameField, pageFields, tagsField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota } from '../quota.ts'
import { lentTo, ownerOf, requireRev, requireRoom } from './access.ts'
import {
  defaultGroupName,
  egressRules,
  openGroup,
  planDefaultGroupReset,
  planGroupRemoval,
} from './default-group.ts'
import { expectedRevField, ownerField } from './fields.ts'
import { lentPage } from './lists.ts'
import { planLendingEnd } from './sharing.ts'

export {
  defaultSecurityGroupId,
  planDefaultSecurityGroup,
  planDefaultSecurityGroupRemoval,
} from './default-group.ts'

const createInput = z.strictObject({
  name: nameField.or(z.literal('')),
  description: descriptionField.default(''),
  /** False: answers to what a rule allowed need rules of their own. */
  stateful: z.boolean().default(true),
  tags: tagsField.default([]),
  projectId: ownerField,
})

export const securityGroupCreate = defineOperation({
  id: 'network.securityGroup.create',
  summary: 'Creates a security group that lets everything out and nothing in.',
  policy: { scope: 'any', role: 'member' },
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<SecurityGroup> => {
    const projectId = ownerOf(call, input.projectId)
    requireFreeName(input.name)
    await requireRoom(call.kernel, projectId, { securityGroups: 1, securityGroupRules: 2 })
    const at = call.kernel.clock.now()
    const id = call.kernel.ids.next()
    const group = { ...input, id, projectId, isDefault: false, createdAt: at, updatedAt: at }
    const rules = egressRules(call.kernel, group, true)
    const writes = new Writes()
      .insert(securityGroupKind, group)
      .insert(securityGroupRuleKind, ...rules)
    openGroup(call, writes, id, rules)
    chargeQuota(writes, projectId, { securityGroups: 1, securityGroupRules: rules.length })
    const created = { ...group, rev: 1 }
    await call.commit(writes, [id], created)
    return created
  },
})

/** @throws CloudError `conflict`: a project's default group exists once. */
function requireFreeName(name: string): void {
  if (name !== defaultGroupName) return
  throw new CloudError('conflict', 'The default security group exists already.', { field: 'name' })
}

const getInput = z.strictObject({ id: idField })

export const securityGroupGet = defineOperation({
  id: 'network.securityGroup.get',
  summary: 'Shows a security group.',
  policy: { scope: 'any', role: 'reader' },
  input: getInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof getInput>): Promise<SecurityGroup> =>
    fetchOne(call, securityGroupKind, input.id, 'id', lentTo(call)),
})

const listInput = z.strictObject({
  ...pageFields,
  name: nameField.optional(),
  tag: z.string().min(1).max(limits.tagLength).optional(),
})

export const securityGroupList = defineOperation({
  id: 'network.securityGroup.list',
  summary: 'Lists the security groups of the project and those lent to it, by id.',
  policy: { scope: 'any', role: 'reader' },
  input: listInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof listInput>): Promise<SecurityGroup[]> => {
    return lentPage(
      call,
      securityGroupKind,
      input,
      (group) =>
        (input.name === undefined || group.name === input.name) &&
        (input.tag === undefined || group.tags.includes(input.tag)),
    )
  },
})

const updateInput = z.strictObject({
  id: idField,
  name: nameField.or(z.literal('')).optional(),
  description: descriptionField.optional(),
  tags: tagsField.optional(),
  expectedRev: expectedRevField,
})

export const securityGroupUpdate = defineOperation({
  id: 'network.securityGroup.update',
  summary: 'Renames or describes a security group. The default group keeps its name.',
  policy: { scope: 'any', role: 'member' },
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<SecurityGroup> => {
    const { id, expectedRev, ...patch } = input
    const before = await fetchOne(call, securityGroupKind, id)
    requireRev(before, expectedRev)
    if (patch.name !== undefined && patch.name !== before.name) {
      if (before.isDefault) {
        throw new CloudError('conflict', 'The default security group keeps its name.', {
          field: 'name',
        })
      }
      requireFreeName(patch.name)
    }
    const group = { ...before, ...given(patch), updatedAt: call.kernel.clock.now() }
    const updated = { ...group, rev: group.rev + 1 }
    await call.commit(new Writes().update(securityGroupKind, group), [id], updated)
    return updated
  },
})

const deleteInput = z.strictObject({ id: idField, expectedRev: expectedRevField })

export const securityGroupDelete = defineOperation({
  id: 'network.securityGroup.delete',
  summary:
    'Deletes a security group that no port and no other group uses; a default group, for ' +
    'operators, begins anew.',
  policy: { scope: 'any', role: 'member' },
  input: deleteInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof deleteInput>): Promise<null> => {
    const group = await fetchOne(call, securityGroupKind, input.id)
    requireRev(group, input.expectedRev)
    const writes = new Writes()
    if (!group.isDefault) {
      if (group.shared || group.sharedWith) await planLendingEnd(call.kernel, writes, group)
      await planGroupRemoval(call.kernel, writes, group)
    } else if (call.actor.system) await planDefaultGroupReset(call, writes, group)
    else {
      throw new CloudError('conflict', 'The default security group stays with its project.', {
        field: 'id',
      })
    }
    await call.commit(writes, [group.id], null)
    return null
  },
})
