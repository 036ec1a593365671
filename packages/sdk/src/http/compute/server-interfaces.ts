import {
  networkList,
  type Port,
  portList,
  serverAttachInterface,
  serverDetachInterface,
  serverGetDetails,
} from '@nephos/core'
import { interfaceAttachBody, interfaceBody, interfaceInput } from '../../wire/compute/interface.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { json, nothing } from '../reply.ts'
import { networkOfChoice } from './create-names.ts'
import { asBadRequest } from './refusals.ts'
import { readerOf, readServer } from './server-shape.ts'

const path = '/servers/{server_id}/os-interface'
const most = 1_000

type Asking = Pick<
  Exchange<never, never>,
  'actor' | 'operator' | 'invoke' | 'invokeAs' | 'param' | 'projectId'
>

/** The ports of the server of the path that it is not giving up. */
async function portsOf(x: Asking): Promise<readonly Port[]> {
  const { id } = await readServer(x, x.param('server_id'))
  const ports = await x.invokeAs(readerOf(x), portList, { deviceId: id, limit: most })
  return ports.filter(({ unplugging }) => !unplugging)
}

async function portOf(x: Asking, portId: string): Promise<Port> {
  const port = (await portsOf(x)).find(({ id }) => id === portId)
  if (port) return port
  throw new HttpError(404, `Instance has no port with id ${portId.slice(0, 64)}`)
}

/**
 * Ports of a server
 * (https://docs.openstack.org/api-ref/compute/#port-interfaces-servers-os-interface).
 */
export const serverInterfaces: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.serverInterfaces.list',
    method: 'GET',
    path,
    summary: 'Lists the ports of a server.',
    access: 'token',
    operations: [serverGetDetails, portList],
    status: 200,
    async run(x) {
      const ports = await portsOf(x)
      return json({ interfaceAttachments: ports.map((port) => interfaceBody(port, x.version)) })
    },
  }),
  endpoint({
    id: 'compute.serverInterfaces.get',
    method: 'GET',
    path: `${path}/{port_id}`,
    summary: 'Shows a port of a server.',
    access: 'token',
    operations: [serverGetDetails, portList],
    status: 200,
    async run(x) {
      const port = await portOf(x, x.param('port_id'))
      return json({ interfaceAttachment: interfaceBody(port, x.version) })
    },
  }),
  endpoint({
    id: 'compute.serverInterfaces.attach',
    method: 'POST',
    path,
    summary: 'Gives a server a port: one made before, or a new one.',
    access: 'token',
    operations: [serverAttachInterface, serverGetDetails, portList, networkList],
    body: interfaceAttachBody,
    status: 200,
    async run(x) {
      const wanted = interfaceInput(x.body, x.version)
      if (wanted.portId !== undefined && wanted.networkId !== undefined) {
        throw new HttpError(400, 'Must not input both network_id and port_id.')
      }
      if (wanted.address !== undefined && wanted.networkId === undefined) {
        throw new HttpError(400, 'Must input network_id when request IP address.')
      }
      const serverId = x.param('server_id')
      const { portId } = wanted
      const networkId = portId === undefined ? (wanted.networkId ?? (await chosen(x))) : undefined
      const input = {
        serverId,
        ...(portId !== undefined && { portId }),
        ...(networkId !== undefined && { networkId }),
        ...(wanted.address !== undefined && { address: wanted.address }),
      }
      const made = await asBadRequest(['networks'], () => x.invokeAny(serverAttachInterface, input))
      const port = await portOf(x, made.portId)
      return json({ interfaceAttachment: interfaceBody(port, x.version) })
    },
  }),
  endpoint({
    id: 'compute.serverInterfaces.detach',
    method: 'DELETE',
    path: `${path}/{port_id}`,
    summary: 'Takes a port from a server.',
    access: 'token',
    operations: [serverDetachInterface],
    status: 202,
    async run(x) {
      const [serverId, portId] = [x.param('server_id'), x.param('port_id')]
      await x.invokeAny(serverDetachInterface, { serverId, portId })
      return nothing
    },
  }),
]

/** The network of a request that names none. */
async function chosen(x: Asking): Promise<string> {
  await readServer(x, x.param('server_id'))
  const networkId = await networkOfChoice(x)
  if (networkId !== undefined) return networkId
  throw new HttpError(400, 'There is no network to choose.')
}
