import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { allocationKind } from '../../model/compute/allocation.ts'
import { hostKind } from '../../model/compute/host.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { Call } from '../call.ts'
import { fetchOne, notFound } from '../fetch.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { movable } from './migration.ts'
import { type ActionAnswer, beginAction } from './server-actions.ts'
import { changedMeanwhile, moveBeside, moveOver } from './server-beside.ts'

const migrateInput = z.strictObject({ id: idField, hostId: idField.optional() })
type MigrateInput = z.infer<typeof migrateInput>

/**
 * Moves a server, off meanwhile, to another host: what it takes is claimed there beside what it
 * has, which is kept until the move is confirmed or reverted, as that of a resize.
 *
 * @throws CloudError `invalid` when the host named is its own; `notFound` when there is none;
 *   `noValidHost`; `conflict` for a state from which it cannot be moved.
 */
export const serverMigrate = defineOperation({
  id: 'compute.server.migrate',
  summary: 'Moves a server to another host; to be confirmed or reverted.',
  policy: { scope: 'system', role: 'admin' },
  input: migrateInput,
  mutates: true,
  run: (call: Call, input: MigrateInput) => move(call, input, 'migrate'),
})

/**
 * Moves a server that executes to another host, without a stop. What it takes is claimed there at
 * once, and freed where it was as soon as it has come; where it cannot come, it stays where it was.
 *
 * @throws CloudError as `serverMigrate`.
 */
export const serverLiveMigrate = defineOperation({
  id: 'compute.server.liveMigrate',
  summary: 'Moves a server to another host while it runs.',
  policy: { scope: 'system', role: 'admin' },
  input: migrateInput,
  mutates: true,
  run: (call: Call, input: MigrateInput) => move(call, input, 'liveMigrate'),
})

async function move(
  call: Call,
  { id, hostId }: MigrateInput,
  action: 'migrate' | 'liveMigrate',
): Promise<ActionAnswer> {
  const server = await fetchOne(call, serverKind, id)
  const elsewhere = await otherHosts(call, server, hostId)
  const resize = { hostId: server.hostId, zone: server.zone, flavor: server.flavor }
  const begun = beginAction(call, server, action, { resize }, 'id')
  const ask = { ...(await presentAsk(call, server)), ...elsewhere }
  return moveBeside(call, server, begun, {
    ...ask,
    type: action === 'migrate' ? 'migration' : 'live-migration',
  })
}

async function requireHost({ kernel }: Call, hostId: string): Promise<void> {
  const [host] = await kernel.store.get(hostKind, [hostId])
  if (!host) throw notFound('host', 'hostId')
}

/**
 * Builds a server anew on another host because its own is off. Its addresses, ports and volumes
 * come along; what was on a disk of its own is lost with the host, as after a rebuild. Should the
 * host come back, what it still has of the server is destroyed: no allocation names it.
 *
 * @throws CloudError `conflict` while its host is not said to be down, or for a state from which it
 *   cannot be built; and as `serverMigrate`.
 */
export const serverEvacuate = defineOperation({
  id: 'compute.server.evacuate',
  summary: 'Builds a server whose host is off on another one.',
  policy: { scope: 'system', role: 'admin' },
  input: migrateInput,
  mutates: true,
  run: async (call: Call, { id, hostId }: MigrateInput): Promise<ActionAnswer> => {
    const server = await fetchOne(call, serverKind, id)
    const [own] = await call.kernel.store.get(hostKind, [server.hostId])
    if (own?.forcedDown !== true) {
      throw new CloudError('conflict', 'The host of the server is not said to be down.', {
        field: 'hostId',
        detail: { hostId: server.hostId },
      })
    }
    if (server.resize) {
      throw new CloudError('conflict', 'A resize of the server is open.', { field: 'id' })
    }
    const elsewhere = await otherHosts(call, server, hostId)
    const desired = { builds: server.desired.builds + 1 }
    const begun = beginAction(call, server, 'evacuate', { desired, fault: null }, 'id')
    return moveOver(call, server, begun, { ...(await presentAsk(call, server)), ...elsewhere })
  },
})

/** The host that is named, or any but its own. */
async function otherHosts(call: Call, server: Server, hostId: string | undefined) {
  if (hostId === server.hostId) {
    throw new CloudError('invalid', 'The server is on this host already.', { field: 'hostId' })
  }
  if (hostId !== undefined) await requireHost(call, hostId)
  return {
    ...(hostId !== undefined && { hostIds: [hostId] }),
    excludedHostIds: [server.hostId],
  }
}

/** What a server takes now, and where it may lie. */
async function presentAsk({ kernel }: Call, server: Server) {
  const allocations = await kernel.store.get(allocationKind, [server.id])
  const held = allocations.filter((one) => one !== undefined)
  const plan = await movable(kernel, [{ hostId: server.hostId, allocations: held }])
  const ask = plan.hosts[0]?.claims[0]?.ask
  if (!ask) throw changedMeanwhile(server)
  return ask
}
