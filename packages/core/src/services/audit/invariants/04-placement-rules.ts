import { hostKind } from '../../../model/compute/host.ts'
import { serverBatchKind } from '../../../model/compute/server-batch.ts'
import { type ServerGroup, serverGroupKind } from '../../../model/compute/server-group.ts'
import { serverKind } from '../../../model/compute/server.ts'
import { type AuditKernel, concern, type Invariant, type Problem } from '../rule.ts'
import { groupTally } from '../tallies/compute.ts'

export const placementRules: Invariant = {
  number: 4,
  title: 'Group and zone rules hold.',
  cause:
    'Two requests placed members at once, or a server moved, without the group’s counters saying ' +
    'no. Servers that must fail apart may fail together, or the reverse: move one.',
  rules: [
    {
      type: 'sum',
      name: 'group-rule',
      tally: groupTally,
      judge: async (kernel, page) => {
        const used = page.filter(({ sums }) => sums?.has('#servers'))
        if (used.length === 0) return []
        const groups = await kernel.store.get(
          serverGroupKind,
          used.map(({ id }) => id),
        )
        return used.flatMap(({ scope, id, sums }, index): Problem[] => {
          const group = groups[index]
          const broken = group && sums && brokenRule(group, sums)
          if (broken === undefined) return []
          return [{ of: scope, subject: `serverGroup:${id}`, message: broken }]
        })
      },
    },
    {
      type: 'subject',
      name: 'server-zone',
      concerns: [concern(serverKind, ({ id }) => [id])],
      check: checkZones,
    },
  ],
}

function brokenRule(group: ServerGroup, sums: ReadonlyMap<string, number>): string | undefined {
  const members = sums.get('#servers') ?? 0
  const hosts = [...sums].filter(([name]) => name !== '' && !name.startsWith('#'))
  if (group.policy === 'anti-affinity') {
    const [hostId, count] = hosts.find(([, one]) => one > group.maxServerPerHost) ?? []
    return hostId === undefined
      ? undefined
      : `${hostId} holds ${count} of at most ${group.maxServerPerHost}`
  }
  if (group.policy !== 'affinity') return undefined
  // An open resize is on two hosts: the group is together if all its members share one.
  const shared = hosts.some(([, count]) => count === members)
  return shared ? undefined : `${members} members on ${hosts.length} hosts`
}

/** A server is in the zone of its host, and in one that its request named, if it named any. */
async function checkZones(kernel: AuditKernel, ids: readonly string[]): Promise<Problem[]> {
  const servers = (await kernel.store.get(serverKind, ids)).filter((row) => row !== undefined)
  if (servers.length === 0) return []
  const hostIds = [...new Set(servers.map(({ hostId }) => hostId))]
  const batchIds = [...new Set(servers.map(({ batchId }) => batchId))]
  const hosts = await kernel.store.get(hostKind, hostIds)
  const batches = await kernel.store.get(serverBatchKind, batchIds)
  const zoneOf = new Map(hostIds.map((id, index) => [id, hosts[index]?.zone]))
  const zonesOf = new Map(batchIds.map((id, index) => [id, batches[index]?.zones ?? []]))
  return servers.flatMap(({ id, hostId, zone, batchId }): Problem[] => {
    const subject = `server:${id}`
    const there = zoneOf.get(hostId) ?? zone
    if (there !== zone)
      return [{ of: id, subject, message: `says zone ${zone}, its host is in ${there}` }]
    const asked = zonesOf.get(batchId) ?? []
    if (asked.length === 0 || asked.includes(zone)) return []
    return [{ of: id, subject, message: `is in zone ${zone}, asked for ${asked.join(', ')}` }]
  })
}
