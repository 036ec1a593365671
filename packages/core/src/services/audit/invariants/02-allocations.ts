import {
  type Allocation,
  allocationKind,
  resizeAllocationId,
} from '../../../model/compute/allocation.ts'
import { hostKind } from '../../../model/compute/host.ts'
import { type Server, serverKind } from '../../../model/compute/server.ts'
import { serverIdOf } from '../../compute/migration.ts'
import { pointerRule } from '../pointer.ts'
import { type AuditKernel, concern, type Invariant, type Problem } from '../rule.ts'
import { hostTally } from '../tallies/compute.ts'

export const allocations: Invariant = {
  number: 2,
  title: 'An allocation exists exactly for each live server; two only while a resize is open.',
  cause:
    'A server was made, moved or removed in another commit than its allocation. Room is held for ' +
    'nobody, or a server runs in room that others are given too.',
  rules: [
    {
      type: 'subject',
      name: 'server-allocations',
      concerns: [
        concern(serverKind, ({ id }) => [id]),
        concern(allocationKind, (row) => [serverIdOf(row)], { onlyLive: true }),
      ],
      check: checkServers,
    },
    pointerRule(allocationKind, serverKind, serverIdOf, { place: 'consumer' }),
    {
      type: 'sum',
      name: 'allocation-host',
      tally: hostTally,
      judge: async (kernel, page) => {
        const used = page.filter(({ sums }) => sums?.has('#allocations'))
        if (used.length === 0) return []
        const hosts = await kernel.store.get(
          hostKind,
          used.map(({ id }) => id),
        )
        return used.flatMap(({ scope, id, sums }, index): Problem[] => {
          if (hosts[index]) return []
          const message = `does not exist, ${sums?.get('#allocations') ?? 0} allocations`
          return [{ of: scope, subject: `host:${id}`, message }]
        })
      },
    },
  ],
}

async function checkServers(kernel: AuditKernel, ids: readonly string[]): Promise<Problem[]> {
  const servers = await kernel.store.get(serverKind, ids)
  const rows = await kernel.store.get(
    allocationKind,
    ids.flatMap((id) => [id, resizeAllocationId(id)]),
  )
  return servers.flatMap((server, index) =>
    server ? [...checkServer(server, rows[2 * index], rows[2 * index + 1])] : [],
  )
}

function* checkServer(
  server: Server,
  own: Allocation | undefined,
  other: Allocation | undefined,
): Generator<Problem> {
  const { id: of, hostId, projectId, resize } = server
  const subject = `server:${of}`
  if (!own) yield { of, subject, message: 'has no allocation' }
  else if (own.hostId !== hostId)
    yield { of, subject, message: `is on ${hostId}, its allocation on ${own.hostId}` }
  if (resize && other?.hostId !== resize.hostId)
    yield { of, subject, message: 'its open resize has no allocation where it should' }
  if (!resize && other) yield { of, subject, message: 'has a second allocation without a resize' }
  if ([own, other].some((row) => row && row.projectId !== projectId))
    yield { of, subject, message: 'its allocation is another project’s' }
}
