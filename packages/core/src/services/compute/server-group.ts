import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  groupPolicies,
  groupScope,
  type ServerGroup,
  serverGroupKind,
} from '../../model/compute/server-group.ts'
import { serverKind } from '../../model/compute/server.ts'
import type { Draft } from '../../model/kind.ts'
import type { Assignment, GroupRule } from '../../ports/scheduler.ts'
import type { Counter } from '../../ports/store.ts'
import { fetchOne, fetchOwned } from '../fetch.ts'
import { idField, idsField, nameField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { everyRow, listPage } from '../page.ts'
import { chargeQuota, checkQuota, unlimited } from '../quota.ts'

const member = { scope: 'project', role: 'member' } as const
const reader = { scope: 'any', role: 'reader' } as const

/** The sum over a group's hosts, in the counter `members`; it exists as long as the group. */
export function groupMembersScope(groupId: string): string {
  return `groupMembers:${groupId}`
}

const createInput = z
  .strictObject({
    name: nameField,
    policy: z.enum(groupPolicies),
    /** Anti-affinity only: members that one host may hold. */
    maxServerPerHost: z.int().min(1).max(limits.hostCapacity).optional(),
  })
  .refine((input) => input.maxServerPerHost === undefined || input.policy === 'anti-affinity', {
    path: ['maxServerPerHost'],
    message: 'is for the policy anti-affinity only',
  })

/** A group and who is in it. A server whose resize between two hosts is open counts on both. */
export interface ServerGroupView extends ServerGroup {
  readonly memberCount: number
  readonly hostCount: number
  /** For system scope only. */
  readonly hosts?: GroupRule['members']
}

/** @throws CloudError `quotaExceeded`. */
export const serverGroupCreate = defineOperation({
  id: 'compute.serverGroup.create',
  summary: 'Creates a group whose servers are placed together, or apart.',
  policy: member,
  input: createInput,
  mutates: true,
  run: async (call, input): Promise<ServerGroupView> => {
    const { kernel, projectId } = call
    await checkQuota(kernel, projectId, { serverGroups: 1 })
    const group: Draft<ServerGroup> = {
      id: kernel.ids.next(),
      projectId,
      userId: call.actor.userId,
      name: input.name,
      policy: input.policy,
      maxServerPerHost: input.maxServerPerHost ?? 1,
      createdAt: kernel.clock.now(),
    }
    const writes = new Writes()
      .insert(serverGroupKind, group)
      .limit({ scope: groupMembersScope(group.id), name: 'members', limit: unlimited })
    chargeQuota(writes, projectId, { serverGroups: 1 })
    const answer = { ...group, rev: 1, memberCount: 0, hostCount: 0 }
    await call.commit(writes, [group.id], answer)
    return answer
  },
})

export const serverGroupGet = defineOperation({
  id: 'compute.serverGroup.get',
  summary: 'Shows a group with its number of members and of hosts.',
  policy: reader,
  input: z.strictObject({ id: idField }),
  mutates: false,
  run: async (call, input): Promise<ServerGroupView> => {
    const group = await fetchOne(call, serverGroupKind, input.id)
    const { members } = await groupRule(call.kernel, group)
    return {
      ...group,
      memberCount: members.reduce((sum, { count }) => sum + count, 0),
      hostCount: members.length,
      ...(call.actor.system ? { hosts: members } : {}),
    }
  },
})

export const serverGroupList = defineOperation({
  id: 'compute.serverGroup.list',
  summary: 'One page of groups by name.',
  policy: reader,
  input: z.strictObject({
    ...pageFields,
    /** System scope only: another project's groups. */
    projectId: idField.optional(),
  }),
  mutates: false,
  run: async (call, input): Promise<ServerGroup[]> => {
    if (input.marker !== undefined) await fetchOne(call, serverGroupKind, input.marker, 'marker')
    const { actor } = call
    const projectId = actor.system ? (input.projectId ?? actor.projectId) : actor.projectId
    const equals = projectId === null ? [] : [projectId]
    return listPage(call, serverGroupKind, { index: 'byProject', equals }, input)
  },
})

export const serverGroupMembers = defineOperation({
  id: 'compute.serverGroup.members',
  summary: 'One page of the ids of the servers of a group.',
  policy: reader,
  input: z.strictObject({ ...pageFields, id: idField }),
  mutates: false,
  run: async (call, input): Promise<string[]> => {
    const group = await fetchOne(call, serverGroupKind, input.id)
    const where = { index: 'byProject', equals: [group.projectId] }
    const servers = await listPage(
      call,
      serverKind,
      where,
      input,
      (server) => server.groupId === group.id,
    )
    return servers.map((server) => server.id)
  },
})

/** The servers of one group. */
export interface GroupMembers {
  readonly id: string
  readonly serverIds: readonly string[]
}

/** Reads the servers of the groups' projects, a statement a thousand: groups do not list theirs. */
export const serverGroupMembersOf = defineOperation({
  id: 'compute.serverGroup.membersOf',
  summary: 'The ids of the servers of several groups, in the order asked.',
  policy: reader,
  input: z.strictObject({ ids: idsField.max(limits.pageRows) }),
  mutates: false,
  run: async (call, { ids }): Promise<GroupMembers[]> => {
    const groups = await fetchOwned(call, serverGroupKind, ids, 'ids')
    const members = new Map<string, string[]>(ids.map((id) => [id, []]))
    for (const projectId of new Set(groups.map((group) => group.projectId))) {
      const where = { index: 'byProject', equals: [projectId] }
      for await (const page of everyRow(call.kernel, serverKind, where)) {
        for (const { id, groupId } of page) members.get(groupId ?? '')?.push(id)
      }
    }
    return ids.map((id) => ({ id, serverIds: members.get(id) ?? [] }))
  },
})

/** @throws CloudError `conflict` while it has members. */
export const serverGroupDelete = defineOperation({
  id: 'compute.serverGroup.delete',
  summary: 'Removes a group that has no members.',
  policy: member,
  input: z.strictObject({ id: idField }),
  mutates: true,
  run: async (call, { id }): Promise<void> => {
    const group = await fetchOne(call, serverGroupKind, id)
    const { members } = await groupRule(call.kernel, group)
    if (members.length > 0) {
      throw new CloudError('conflict', 'The group has members.', {
        field: 'id',
        detail: { members: members.reduce((sum, { count }) => sum + count, 0) },
      })
    }
    const scope = groupMembersScope(id)
    // Filling the counter succeeds only if no server joined meanwhile; one that joins later finds
    // none.
    const writes = new Writes()
      .remove(serverGroupKind, group)
      .add({ scope, name: 'members', add: unlimited })
      .drop(scope)
      .drop(groupScope(id))
    chargeQuota(writes, group.projectId, { serverGroups: 1 }, -1)
    await call.commit(writes, [id], null)
  },
})

/**
 * The rule that placement is to honour, with where the members are now: one statement. Read the
 * group before, and pass that same row to `chargeGroup`: its revision is what tells two concurrent
 * first placements apart.
 */
export async function groupRule(kernel: Kernel, group: ServerGroup): Promise<GroupRule> {
  return ruleOf(group, await kernel.store.counters([groupScope(group.id)]))
}

/** The rules of several groups by id: one statement. */
export async function groupRules(
  kernel: Kernel,
  groups: readonly ServerGroup[],
): Promise<Record<string, GroupRule>> {
  if (groups.length === 0) return {}
  const counters = await kernel.store.counters(groups.map(({ id }) => groupScope(id)))
  const byScope = new Map<string, Counter[]>(groups.map(({ id }) => [groupScope(id), []]))
  for (const counter of counters) byScope.get(counter.scope)?.push(counter)
  return Object.fromEntries(
    groups.map((group) => [group.id, ruleOf(group, byScope.get(groupScope(group.id)) ?? [])]),
  )
}

function ruleOf(group: ServerGroup, counters: readonly Counter[]): GroupRule {
  return {
    policy: group.policy,
    ...(group.policy === 'anti-affinity' ? { maxPerHost: group.maxServerPerHost } : {}),
    members: counters
      .filter(({ value }) => value > 0)
      .map(({ name, value }) => ({ hostId: name, count: value }))
      .sort((a, b) => (a.hostId < b.hostId ? -1 : 1)),
  }
}

/**
 * Counts servers into a group (sign 1) or out of it (−1), in the commit that places or removes
 * them. Strict policies hold at that commit: an anti-affinity host takes no more than its limit,
 * and two decisions on where an affinity group lives cannot both win. A group that is gone is a
 * conflict. Adding is done once per group and commit.
 */
export function chargeGroup(
  writes: Writes,
  group: ServerGroup,
  assignments: readonly Assignment[],
  sign: 1 | -1,
): void {
  const scope = groupScope(group.id)
  const limit = group.policy === 'anti-affinity' ? group.maxServerPerHost : unlimited
  let total = 0
  for (const { hostId, count } of assignments) {
    if (count === 0) continue
    total += count
    const add = { scope, name: hostId, add: sign * count, transient: true }
    writes.add(sign === 1 ? { ...add, limit } : add)
  }
  if (total === 0) return
  writes.add({ scope: groupMembersScope(group.id), name: 'members', add: sign * total })
  if (sign === 1 && group.policy === 'affinity') writes.update(serverGroupKind, group)
}
