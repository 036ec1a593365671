import { serverGet, serverGetDetails } from '@nephos/core'
import { z } from 'zod'
import { plainAddresses } from '../../wire/compute/server.ts'
import { diagnosticsBody } from '../../wire/compute/diagnostics.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { HttpError } from '../faults.ts'
import { json, nothing } from '../reply.ts'
import { readerOf, readServer } from './server-shape.ts'

const consoleBody = z.strictObject({
  remote_console: z.strictObject({
    protocol: z.enum(['vnc', 'spice', 'rdp', 'serial', 'mks']),
    type: z.enum(['novnc', 'xvpvnc', 'spice-html5', 'rdp-html5', 'serial', 'webmks']),
  }),
})

/** What else a server tells of itself. */
export const serverMore: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.serverAddresses.list',
    method: 'GET',
    path: '/servers/{server_id}/ips',
    summary: 'Lists the addresses of a server.',
    access: 'token',
    operations: [serverGetDetails],
    status: 200,
    async run(x) {
      const { addresses } = await readServer(x, x.param('server_id'))
      return json({ addresses: plainAddresses(addresses) })
    },
  }),
  endpoint({
    id: 'compute.serverAddresses.get',
    method: 'GET',
    path: '/servers/{server_id}/ips/{network}',
    summary: 'Lists the addresses of a server on a network.',
    access: 'token',
    operations: [serverGetDetails],
    status: 200,
    async run(x) {
      const name = x.param('network')
      const { addresses } = await readServer(x, x.param('server_id'))
      const own = addresses.filter(({ network }) => network === name)
      if (own.length === 0)
        throw new HttpError(404, 'Instance is not a member of specified network')
      return json(plainAddresses(own))
    },
  }),
  endpoint({
    id: 'compute.serverDiagnostics.get',
    method: 'GET',
    path: '/servers/{server_id}/diagnostics',
    summary: 'Shows how a guest is.',
    access: 'token',
    operations: [serverGetDetails],
    status: 200,
    async run(x) {
      x.requireOperator()
      const server = await readServer(x, x.param('server_id'))
      if (server.hostName === undefined || server.status === 'BUILD') {
        throw new HttpError(409, 'The server is not on a host yet.')
      }
      return json(diagnosticsBody(server, x.version))
    },
  }),
  endpoint({
    id: 'compute.serverTopology.get',
    method: 'GET',
    path: '/servers/{server_id}/topology',
    summary: 'Shows the NUMA topology of a server.',
    since: 78,
    access: 'token',
    operations: [serverGet],
    status: 200,
    async run(x) {
      await x.invokeAs(readerOf(x), serverGet, { ids: [x.param('server_id')] })
      return json({ nodes: [], ...(x.operator && { pagesize_kb: null }) })
    },
  }),
  endpoint({
    id: 'compute.serverPassword.get',
    method: 'GET',
    path: '/servers/{server_id}/os-server-password',
    summary: 'Shows the encrypted password that a guest has set: empty while it has set none.',
    access: 'token',
    operations: [serverGet],
    status: 200,
    async run(x) {
      await x.invokeAs(readerOf(x), serverGet, { ids: [x.param('server_id')] })
      return json({ password: '' })
    },
  }),
  endpoint({
    id: 'compute.serverPassword.clear',
    method: 'DELETE',
    path: '/servers/{server_id}/os-server-password',
    summary: 'Forgets the encrypted password that a guest has set.',
    access: 'token',
    operations: [serverGet],
    status: 204,
    async run(x) {
      await x.invokeAs(readerOf(x), serverGet, { ids: [x.param('server_id')] })
      return nothing
    },
  }),
  endpoint({
    id: 'compute.virtualInterfaces.list',
    method: 'GET',
    path: '/servers/{server_id}/os-virtual-interfaces',
    summary: 'Listed interfaces of the network service of old: ports have taken their place.',
    until: 43,
    access: 'token',
    operations: [serverGet],
    status: 200,
    async run(x) {
      await x.invokeAs(readerOf(x), serverGet, { ids: [x.param('server_id')] })
      throw new HttpError(400, 'Listing virtual interfaces is not supported by this cloud.')
    },
  }),
  endpoint({
    id: 'compute.remoteConsoles.create',
    method: 'POST',
    path: '/servers/{server_id}/remote-consoles',
    summary: 'Opens a console in a browser.',
    since: 6,
    access: 'token',
    operations: [serverGet],
    body: consoleBody,
    status: 200,
    async run(x) {
      await x.invokeAs(readerOf(x), serverGet, { ids: [x.param('server_id')] })
      const { type } = x.body.remote_console
      throw new HttpError(400, `Unavailable console type ${type}.`, { field: 'type' })
    },
  }),
]
