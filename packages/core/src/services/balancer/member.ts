import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { type Member, memberKind, memberTarget } from '../../model/balancer/member.ts'
import { type Pool, poolKind, poolScope } from '../../model/balancer/pool.ts'
import { loadBalancerStatusKind } from '../../model/balancer/status.ts'
import type { Call } from '../call.ts'
import { fetchOwned } from '../fetch.ts'
import { idField, idsField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota, checkQuota } from '../quota.ts'
import {
  changedView,
  type ChildView,
  findChild,
  listChildren,
  madeView,
  showChild,
} from './child.ts'
import { loadParent, TreeEdit } from './edit.ts'
import { getInput, listFields, portNumberField, updateFields } from './fields.ts'
import {
  type MemberInput,
  memberShape,
  planMembers,
  requireDistinctTargets,
  requireSubnets,
  weightField,
} from './member-plan.ts'
import { addressField } from '../network/fields.ts'

const reader = { scope: 'any', role: 'reader' } as const
const member = { scope: 'any', role: 'member' } as const

const createInput = z.strictObject({
  poolId: idField,
  members: z.array(memberShape).min(1).max(limits.bulkMembers),
})

export const poolMemberCreate = defineOperation({
  id: 'balancer.member.create',
  summary: 'Adds members to a pool in one commit: all of them or none.',
  policy: member,
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<ChildView<Member>[]> => {
    const { kernel } = call
    const { poolId, members } = input
    const { row: pool } = await findChild(call, poolKind, poolId, undefined, 'poolId')
    requireDistinctTargets(members, 'members')
    await requireSubnets(call, members, (index) => `members[${index}].subnetId`)
    await requireFreeTargets(call, poolId, members)
    await checkQuota(kernel, pool.projectId, { members: members.length })
    await requireRoomInPool(call, pool, members.length)
    const edit = new TreeEdit(call, pool.balancerId)
    const rows = planMembers(edit, underPool(call, pool), poolId, members)
    chargeQuota(edit.writes, pool.projectId, { members: rows.length })
    const views = rows.map((row) => madeView(row))
    await call.commit(
      edit.plan(),
      rows.map(({ id }) => id),
      views,
    )
    return views
  },
})

function underPool({ kernel }: Call, { projectId, balancerId }: Pool) {
  return { kernel, projectId, balancerId, at: kernel.clock.now() }
}

/** @throws CloudError `conflict` when a member of the pool has the address and port already. */
async function requireFreeTargets(
  call: Call,
  poolId: string,
  members: readonly MemberInput[],
): Promise<void> {
  const targets = members.map(({ address, protocolPort }) => memberTarget(address, protocolPort))
  const keys = targets.map((target) => [poolId, target])
  const [taken] = await call.kernel.store.lookup(memberKind, 'byTarget', keys)
  if (!taken) return
  const field = `members[${targets.indexOf(taken.target)}].address`
  throw new CloudError('conflict', `${field}: the pool has a member with it and its port.`, {
    field,
    detail: { memberId: taken.id },
  })
}

/** @throws CloudError `conflict` when the pool would have too many members. */
async function requireRoomInPool({ kernel }: Call, pool: Pool, more: number): Promise<void> {
  const counters = await kernel.store.counters([poolScope(pool.id)])
  const used = counters.find(({ name }) => name === 'members')?.value ?? 0
  if (used + more <= limits.poolMembers) return
  throw new CloudError('conflict', `A pool has at most ${limits.poolMembers} members.`, {
    field: 'members',
    limit: limits.poolMembers,
    detail: { used },
  })
}

export const poolMemberGet = defineOperation({
  id: 'balancer.member.get',
  summary: 'Shows a member.',
  policy: reader,
  input: getInput,
  mutates: false,
  run: (call: Call, { id }: z.infer<typeof getInput>): Promise<ChildView<Member>> =>
    showChild(call, memberKind, id),
})

const listInput = z.strictObject({
  ...listFields,
  poolId: idField.optional(),
  address: addressField.optional(),
})

export const poolMemberList = defineOperation({
  id: 'balancer.member.list',
  summary: 'Lists the members of a pool, by address; without a pool those of the project, by id.',
  policy: reader,
  input: listInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof listInput>): Promise<ChildView<Member>[]> => {
    const { poolId, address } = input
    const index = poolId === undefined ? undefined : { index: 'byTarget', equals: [poolId] }
    const keep = (row: Member): boolean => address === undefined || row.address === address
    return listChildren(call, memberKind, input, keep, index)
  },
})

const updateInput = z.strictObject({
  ...updateFields,
  weight: weightField.optional(),
  backup: z.boolean().optional(),
  monitorAddress: addressField.nullable().optional(),
  monitorPort: portNumberField.nullable().optional(),
})

export const poolMemberUpdate = defineOperation({
  id: 'balancer.member.update',
  summary: 'Changes a member; its address and port stay.',
  policy: member,
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<ChildView<Member>> => {
    const { id, expectedRev, ...patch } = input
    const { row, status } = await findChild(call, memberKind, id, expectedRev)
    const changed = { ...row, ...given(patch), updatedAt: call.kernel.clock.now() }
    const edit = new TreeEdit(call, row.balancerId)
    const view = changedView(edit.update(memberKind, changed), status)
    await call.commit(edit.plan(), [id], view)
    return view
  },
})

const deleteInput = z.strictObject({ ids: idsField })

export const poolMemberDelete = defineOperation({
  id: 'balancer.member.delete',
  summary: 'Removes members of one pool: all of them or none.',
  policy: member,
  input: deleteInput,
  mutates: true,
  run: async (call: Call, { ids }: z.infer<typeof deleteInput>): Promise<null> => {
    const rows = await fetchOwned(call, memberKind, ids, 'ids')
    const [first] = rows as [Member]
    const other = rows.findIndex(({ poolId }) => poolId !== first.poolId)
    if (other >= 0) {
      throw new CloudError('invalid', `ids[${other}]: is a member of another pool.`, {
        field: `ids[${other}]`,
      })
    }
    await loadParent(call, first)
    const edit = new TreeEdit(call, first.balancerId)
    edit.remove(memberKind, ...rows)
    edit.writes.add({ scope: poolScope(first.poolId), name: 'members', add: -rows.length })
    chargeQuota(edit.writes, first.projectId, { members: rows.length }, -1)
    await call.commit(edit.plan(), ids, null)
    return null
  },
})

const replaceInput = z.strictObject({
  poolId: idField,
  members: z.array(memberShape).max(limits.bulkMembers),
  /** True: members that are not named stay. */
  additiveOnly: z.boolean().default(false),
})

/**
 * Makes the members of a pool those that are named, told apart by address and port: what is new is
 * added, what is known is changed where it differs, what is not named goes. One commit, and a
 * constant number of statements.
 */
export const poolMemberReplace = defineOperation({
  id: 'balancer.member.replace',
  summary: 'Makes the members of a pool those that are named, in one commit.',
  policy: member,
  input: replaceInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof replaceInput>): Promise<ChildView<Member>[]> => {
    const { kernel } = call
    const { poolId, members, additiveOnly } = input
    const { row: pool } = await findChild(call, poolKind, poolId, undefined, 'poolId')
    requireDistinctTargets(members, 'members')
    await requireSubnets(call, members, (index) => `members[${index}].subnetId`)
    const before = await kernel.store.lookup(memberKind, 'byTarget', [[poolId]])
    const known = new Map(before.map((row) => [row.target, row]))
    const targets = members.map(({ address, protocolPort }) => memberTarget(address, protocolPort))
    const wanted = new Set(targets)
    const left = additiveOnly ? [] : before.filter(({ target }) => !wanted.has(target))
    const fresh = members.filter((_, index) => !known.has(targets[index] as string))
    await checkQuota(kernel, pool.projectId, { members: fresh.length - left.length })
    await requireRoomInPool(call, pool, fresh.length - left.length)
    const [status] = await kernel.store.get(loadBalancerStatusKind, [pool.balancerId])
    const edit = new TreeEdit(call, pool.balancerId)
    const under = underPool(call, pool)
    edit.remove(memberKind, ...left)
    if (left.length > 0) {
      edit.writes.add({ scope: poolScope(poolId), name: 'members', add: -left.length })
    }
    const views = new Map<string, ChildView<Member>>()
    for (const [index, fields] of members.entries()) {
      const target = targets[index] as string
      const row = known.get(target)
      if (!row) continue
      const isSame = sameFields(row, fields)
      const changed = isSame
        ? row
        : edit.update(memberKind, { ...row, ...fields, updatedAt: under.at })
      views.set(target, changedView(changed, status))
    }
    for (const row of planMembers(edit, under, poolId, fresh)) views.set(row.target, madeView(row))
    chargeQuota(edit.writes, pool.projectId, { members: fresh.length - left.length })
    const answer = targets.map((target) => views.get(target) as ChildView<Member>)
    const touched = [poolId, ...answer.map(({ id }) => id), ...left.map(({ id }) => id)]
    await call.commit(edit.plan(), touched, answer)
    return answer
  },
})

/** True if the member is already as asked. */
function sameFields(row: Member, fields: MemberInput): boolean {
  const { tags, ...plain } = fields
  const values = new Map<string, unknown>(Object.entries(row))
  return (
    Object.entries(plain).every(([name, value]) => values.get(name) === value) &&
    tags.length === row.tags.length &&
    tags.every((tag, index) => tag === row.tags[index])
  )
}
