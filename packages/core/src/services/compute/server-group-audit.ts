import type { Kernel } from '../../kernel.ts'
import { groupScope, type ServerGroup, serverGroupKind } from '../../model/compute/server-group.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { Counter } from '../../ports/store.ts'
import type { Finding } from '../audit/finding.ts'
import { everyRow } from '../page.ts'
import { groupMembersScope } from './server-group.ts'
import { hostsOf } from './server-remove.ts'

/** How often what changes while it is read is read again, before it is left to the next audit. */
const looks = 3

/**
 * Server groups: members counted right per host (3), and the rule of each strict group holds (4).
 * Memory is bounded by the grouped servers of one project.
 */
export async function* auditServerGroups(kernel: Kernel): AsyncGenerator<Finding> {
  let mine: ServerGroup[] = []
  for await (const groups of everyRow(kernel, serverGroupKind, { index: 'byProject' })) {
    for (const group of groups) {
      if (mine[0] && mine[0].projectId !== group.projectId) {
        yield* await checkProject(kernel, mine)
        mine = []
      }
      mine.push(group)
    }
  }
  if (mine.length > 0) yield* await checkProject(kernel, mine)
  yield* checkGroupsExist(kernel)
}

async function checkProject(kernel: Kernel, groups: readonly ServerGroup[]): Promise<Finding[]> {
  let open = groups
  const findings: Finding[] = []
  for (let look = 0; look < looks && open.length > 0; look++) {
    const before = await readCounters(kernel, open)
    const members = await readMembers(kernel, open)
    const after = await readCounters(kernel, open)
    const still = open.filter(({ id }) => sameCounters(before.get(id), after.get(id)))
    for (const group of still) {
      findings.push(...checkGroup(group, members.get(group.id) ?? [], after.get(group.id) ?? []))
    }
    open = open.filter((group) => !still.includes(group))
  }
  return findings
}

async function readCounters(
  kernel: Kernel,
  groups: readonly ServerGroup[],
): Promise<Map<string, Counter[]>> {
  const counters = await kernel.store.counters(
    groups.flatMap(({ id }) => [groupScope(id), groupMembersScope(id)]),
  )
  const ids = new Map(
    groups.flatMap(({ id }) => [
      [groupScope(id), id],
      [groupMembersScope(id), id],
    ]),
  )
  const byGroup = new Map<string, Counter[]>()
  for (const counter of counters) {
    const id = ids.get(counter.scope) as string
    byGroup.set(id, [...(byGroup.get(id) ?? []), counter])
  }
  return byGroup
}

async function readMembers(
  kernel: Kernel,
  groups: readonly ServerGroup[],
): Promise<Map<string, string[][]>> {
  const members = new Map(groups.map(({ id }): [string, string[][]] => [id, []]))
  const where = { index: 'byProject', equals: [groups[0]?.projectId as string] }
  for await (const servers of everyRow(kernel, serverKind, where)) {
    for (const server of servers) {
      if (server.groupId !== null) members.get(server.groupId)?.push(hostsOf(server))
    }
  }
  return members
}

function sameCounters(a: readonly Counter[] = [], b: readonly Counter[] = []): boolean {
  const mark = (counters: readonly Counter[]): string =>
    counters
      .map(({ scope, name, value }) => `${scope} ${name} ${value}`)
      .sort()
      .join('\n')
  return mark(a) === mark(b)
}

/** @param members the hosts that count each member: two while its resize is open. */
function checkGroup(
  group: ServerGroup,
  members: readonly string[][],
  counters: readonly Counter[],
): Finding[] {
  const subject = `serverGroup:${group.id}`
  const perHost = new Map<string, number>()
  for (const hostId of members.flat()) perHost.set(hostId, (perHost.get(hostId) ?? 0) + 1)
  const counted = new Map(
    counters
      .filter(({ scope }) => scope === groupScope(group.id))
      .map(({ name, value }) => [name, value]),
  )
  const findings: Finding[] = []
  for (const hostId of new Set([...perHost.keys(), ...counted.keys()])) {
    const [rows, counter] = [perHost.get(hostId) ?? 0, counted.get(hostId) ?? 0]
    if (rows === counter) continue
    findings.push({
      invariant: 3,
      subject,
      message: `${hostId}: counter ${counter}, members ${rows}`,
    })
  }
  const total = counters.find(({ scope }) => scope === groupMembersScope(group.id))
  if (total?.value !== members.flat().length) {
    findings.push({
      invariant: 3,
      subject,
      message: `counter of members ${total?.value ?? 'absent'}, members ${members.flat().length}`,
    })
  }
  const broken = brokenRule(group, members, perHost)
  if (broken !== undefined) findings.push({ invariant: 4, subject, message: broken })
  return findings
}

function brokenRule(
  group: ServerGroup,
  members: readonly string[][],
  perHost: ReadonlyMap<string, number>,
): string | undefined {
  if (group.policy === 'anti-affinity') {
    const [hostId, count] = [...perHost].find(([, one]) => one > group.maxServerPerHost) ?? []
    return hostId === undefined
      ? undefined
      : `${hostId} holds ${count} of at most ${group.maxServerPerHost}`
  }
  if (group.policy !== 'affinity' || members.length === 0) return undefined
  // An open resize is on two hosts: the group is together if all its members share one.
  const shared = [...perHost].some(([hostId]) => members.every((hosts) => hosts.includes(hostId)))
  return shared ? undefined : `${members.length} members on ${perHost.size} hosts`
}

/** Every group that a server names exists. */
async function* checkGroupsExist(kernel: Kernel): AsyncGenerator<Finding> {
  for await (const servers of everyRow(kernel, serverKind)) {
    const grouped = servers.filter(
      (server): server is Server & { groupId: string } => server.groupId !== null,
    )
    if (grouped.length === 0) continue
    const ids = [...new Set(grouped.map(({ groupId }) => groupId))]
    const groups = await kernel.store.get(serverGroupKind, ids)
    const gone = new Set(ids.filter((_, index) => !groups[index]))
    for (const { id, groupId } of grouped) {
      if (gone.has(groupId))
        yield { invariant: 14, subject: `server:${id}`, message: `its group ${groupId} is gone` }
    }
  }
}
