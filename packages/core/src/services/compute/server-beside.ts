import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import {
  type Allocation,
  allocationKind,
  resizeAllocationId,
} from '../../model/compute/allocation.ts'
import type { Host } from '../../model/compute/host.ts'
import type { MigrationType } from '../../model/compute/migration.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import { type ServerGroup, serverGroupKind } from '../../model/compute/server-group.ts'
import type { GroupRule, InstanceAsk } from '../../ports/scheduler.ts'
import type { Call } from '../call.ts'
import { getAll } from '../fetch.ts'
import { assignedHosts, claimHosts, commitFreeing, refreshAfter, unclaimHost } from './claim.ts'
import { type ActionAnswer, commitActions } from './server-actions.ts'
import { recordMigration } from './migration-record.ts'
import { chargeGroup, groupRule } from './server-group.ts'
import { chargeDifference } from './server-resize.ts'

/** Where a server is to go: found, and not yet committed. */
interface Place {
  readonly hostId: string
  readonly zone: string
  readonly allocation: Allocation
  /** What the claim of its new room adds to the commit. */
  readonly writes: Writes
}

/**
 * Claims room for a server beside what it has, which is kept under an id of its own until the move
 * is confirmed or reverted; and begins the move.
 *
 * @param after the row with its open resize; its host is decided here.
 * @throws CloudError `noValidHost`.
 */
export function moveBeside(
  call: Call,
  before: Server,
  after: Server,
  { type, ...wanted }: Wanted & { readonly type: Exclude<MigrationType, 'evacuation'> },
): Promise<ActionAnswer> {
  return place(call, before, wanted, async ({ hostId, zone, allocation, writes }) => {
    writes
      .update(allocationKind, { ...allocation, hostId, resources: wanted.resources })
      .insert(allocationKind, {
        id: resizeAllocationId(before.id),
        hostId: allocation.hostId,
        projectId: before.projectId,
        resources: allocation.resources,
      })
    chargeDifference(writes, before.projectId, before, after)
    const there = { ...after, hostId, zone }
    return commitActions(call, [await recordMigration(call, writes, type, before, there)], writes)
  })
}

/**
 * Gives a server room elsewhere instead of what it has, and begins what is to be done there.
 *
 * @throws CloudError `noValidHost`.
 */
export function moveOver(
  call: Call,
  before: Server,
  after: Server,
  wanted: Wanted,
): Promise<ActionAnswer> {
  return place(call, before, wanted, async ({ hostId, zone, allocation, writes }, group) => {
    writes.update(allocationKind, { ...allocation, hostId })
    unclaimHost(writes, before.hostId, allocation.resources)
    if (group) chargeGroup(writes, group, [{ hostId: before.hostId, count: 1 }], -1)
    const there = { ...after, hostId, zone }
    const row = await recordMigration(call, writes, 'evacuation', before, there)
    const freed = { hostId: before.hostId, resources: allocation.resources, count: 1 }
    let answer: ActionAnswer | undefined
    await commitFreeing(call.kernel, [freed], async () => {
      answer = await commitActions(call, [row], writes)
    })
    return answer as ActionAnswer
  })
}

type Wanted = Omit<InstanceAsk, 'group' | 'seed'>

async function place(
  call: Call,
  before: Server,
  wanted: Wanted,
  commit: (place: Place, group: ServerGroup | undefined) => Promise<ActionAnswer>,
): Promise<ActionAnswer> {
  const { kernel } = call
  const groupIds = before.groupId === null ? [] : [before.groupId]
  const [group] = await getAll(kernel, serverGroupKind, groupIds)
  const rule = group ? without(await groupRule(kernel, group), before.hostId) : undefined
  const seed = kernel.random.uint32()
  const ask = { ...wanted, min: 1, max: 1, seed, ...(rule && { group: rule }) }
  const room = await kernel.fleet.find(ask)
  try {
    const hosts = await assignedHosts(kernel, room)
    const hostId = room.assignments[0]?.hostId as string
    const [allocation] = await kernel.store.get(allocationKind, [before.id])
    if (!allocation) throw changedMeanwhile(before)
    const writes = new Writes()
    claimHosts(writes, room.assignments, wanted.resources)
    if (group && hostId !== before.hostId) chargeGroup(writes, group, room.assignments, 1)
    const { zone } = hosts.get(hostId) as Host
    const answer = await commit({ hostId, zone, allocation, writes }, group)
    room.keep()
    return answer
  } catch (error) {
    room.release(error)
    await refreshAfter(kernel, error)
    throw error
  }
}

/** The server was deleted, or its resize ended, after it was read: look again. */
export function changedMeanwhile({ id }: Server): CommitConflict {
  return new CommitConflict({ type: 'revision', kind: serverKind.name, ids: [id] })
}

/** The group as it is without one member: a server is not in its own way. */
function without(rule: GroupRule, hostId: string): GroupRule {
  const members = rule.members
    .map((member) => (member.hostId === hostId ? { ...member, count: member.count - 1 } : member))
    .filter((member) => member.count > 0)
  return { ...rule, members }
}
