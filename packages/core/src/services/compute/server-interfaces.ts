import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import { serverStatus, type VmState } from '../../model/compute/server-state.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { Port } from '../../model/network/port.ts'
import type { Call } from '../call.ts'
import { fetchOne, notFound } from '../fetch.ts'
import { idField } from '../fields.ts'
import { requireRoom } from '../network/access.ts'
import { planPlugWork } from '../network/port-plug.ts'
import { loadServerPorts, planServerPorts } from '../network/port-plan.ts'
import { readTogether } from '../network/port-target.ts'
import { planUnplug } from '../network/port-unplug.ts'
import { defineOperation } from '../operation.ts'
import { requireUnlocked } from './server-metadata.ts'

const member = { scope: 'any', role: 'member' } as const

/** States in which a server can be given a port, or lose one (Nova's `attach_interface`). */
const pluggable: readonly VmState[] = ['active', 'stopped', 'paused']

const attachInput = z
  .strictObject({
    serverId: idField,
    /** A new port of this network, which goes with its server. */
    networkId: idField.optional(),
    /** A port made before. */
    portId: idField.optional(),
    /** One address of each of these subnets of the network, instead of one of each IP version. */
    subnetIds: z.array(idField).min(1).max(limits.portAddresses).optional(),
    /** A fixed address wanted; of a new port. */
    address: z.string().min(2).max(45).optional(),
  })
  .refine((input) => (input.networkId === undefined) !== (input.portId === undefined), {
    message: 'names either a networkId or a portId',
  })

/**
 * Gives a server another port, while it runs.
 *
 * @throws CloudError `conflict` in states that forbid it, and for a port that is in use;
 *   `addressesExhausted`, `quotaExceeded` for ports.
 */
export const serverAttachInterface = defineOperation({
  id: 'compute.server.attachInterface',
  summary: 'Gives a server a port.',
  policy: member,
  mutates: true,
  input: attachInput,
  run: async (call: Call, input: z.infer<typeof attachInput>): Promise<{ portId: string }> => {
    const { serverId, networkId, portId, subnetIds, address } = input
    const server = await fetchOne(call, serverKind, serverId, 'serverId')
    const own = await portsOf(call, server)
    requirePluggable(call, server)
    if (own.length >= limits.serverNetworks) {
      throw new CloudError('conflict', 'The server has as many ports as it may.', {
        field: 'serverId',
        limit: limits.serverNetworks,
      })
    }
    if (networkId !== undefined) await requireRoom(call.kernel, server.projectId, { ports: 1 })
    const plan = await planServerPorts(call, {
      projectId: server.projectId,
      servers: [serverId],
      networks: [{ networkId, portId, subnetIds, address }],
      after: server.generation,
    })
    try {
      const { generation } = plan
      const writes = new Writes()
      writes.update(serverKind, { ...server, generation, portsGeneration: generation })
      const [made = ''] = plan.write(writes, [server])
      await planPlugWork(call, writes, serverId, generation)
      const answer = { portId: portId ?? made }
      await call.commit(writes, [serverId, answer.portId], answer)
      plan.settled()
      return answer
    } catch (error) {
      plan.release()
      throw error
    }
  },
})

/**
 * Takes a port from a server: one made for it is deleted once the data plane has let it go, one
 * that a user made is free then.
 *
 * @throws CloudError `notFound` unless the server has the port; `conflict` in states that forbid
 *   it.
 */
export const serverDetachInterface = defineOperation({
  id: 'compute.server.detachInterface',
  summary: 'Takes a port from a server.',
  policy: member,
  mutates: true,
  input: z.strictObject({ serverId: idField, portId: idField }),
  run: async (call: Call, { serverId, portId }): Promise<null> => {
    const server = await fetchOne(call, serverKind, serverId, 'serverId')
    const port = (await portsOf(call, server)).find(({ id }) => id === portId)
    if (!port) throw notFound('port', 'portId')
    requirePluggable(call, server)
    if (port.unplugging) {
      throw new CloudError('conflict', 'The port is being detached.', { field: 'portId' })
    }
    const writes = new Writes()
    planUnplug(call, writes, server, port)
    await call.commit(writes, [serverId, portId], null)
    return null
  },
})

/** The ports of a server as of the server. @throws CommitConflict if they are of other times. */
async function portsOf(call: Call, server: Server): Promise<readonly Port[]> {
  const ports = (await loadServerPorts(call.kernel, [server.id])).get(server.id) ?? []
  if (readTogether(server, ports)) return ports
  throw new CommitConflict({ type: 'revision', kind: serverKind.name, ids: [server.id] })
}

function requirePluggable(call: Call, server: Server): void {
  requireUnlocked(call, server)
  const { vmState, task, desired, id } = server
  if (task === null && pluggable.includes(vmState) && desired.power !== 'absent') return
  const status = serverStatus(vmState, task)
  throw new CloudError('conflict', `A server that is ${status} keeps its ports.`, {
    field: 'serverId',
    detail: { id, status, vmState, task },
  })
}
