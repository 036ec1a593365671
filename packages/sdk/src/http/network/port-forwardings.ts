import {
  type PortForwarding,
  portForwardingCreate,
  portForwardingDelete,
  portForwardingList,
  portForwardingUpdate,
} from '@nephos/core'
import {
  type ForwardingBody,
  forwardingBody,
  portForwardingBody,
  portsOf,
} from '../../wire/network/floating-ip.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json, nothing } from '../reply.ts'
import { ask, type Asked } from './calls.ts'
import { answerList, type Collection } from './collection.ts'
import type { ErrorNames } from './faults.ts'
import { bodyOf } from './noun.ts'

const path = '/floatingips/{floatingip_id}/port_forwardings'
const common = { path, access: 'token' } as const
const oneCommon = { path: `${path}/{id}`, access: 'token' } as const

/** A floating IP has few: they are one page. */
const noun: Collection<PortForwarding> = {
  one: 'port_forwarding',
  many: 'port_forwardings',
  path,
  attributes: [
    ...['id', 'description', 'protocol', 'external_port', 'external_port_range'],
    ...['internal_port', 'internal_port_range', 'internal_port_id', 'internal_ip_address'],
  ],
  read: async (x, { marker }) => {
    const rows = await rowsOf(x)
    return marker === undefined ? rows : rows.slice(rows.findIndex(({ id }) => id === marker) + 1)
  },
  bodies: (_x, rows) => rows.map(portForwardingBody),
}

/** Ports that are taken are a bad request; a floating IP that stands for a port, a conflict. */
const conflict: ErrorNames = {
  conflict: ({ field }) => (field?.endsWith('Ports') ? [400, 'BadRequest'] : 'FipInUse'),
}
const badRequest: ErrorNames = { conflict: [400, 'BadRequest'] }

function rowsOf(x: Asked): Promise<readonly PortForwarding[]> {
  return ask(x, portForwardingList, { floatingIpId: x.param('floatingip_id') })
}

async function rowOf(x: Asked): Promise<PortForwarding> {
  const id = x.param('id')
  const found = (await rowsOf(x)).find((one) => one.id === id)
  return found ?? x.refuse(404, 'No such portForwarding.', 'id')
}

function fieldsOf(body: ForwardingBody) {
  return {
    protocol: body.protocol?.toLowerCase() as 'tcp',
    externalPorts: portsOf(body.external_port, body.external_port_range),
    internalPorts: portsOf(body.internal_port, body.internal_port_range),
    portId: body.internal_port_id,
    fixedAddress: body.internal_ip_address,
    description: body.description,
  }
}

/**
 * Port forwardings of floating IPs
 * (https://docs.openstack.org/api-ref/network/v2/#floating-ips-port-forwarding).
 */
export const portForwardings: readonly EndpointRow[] = [
  endpoint({
    ...common,
    id: 'network.portForwardings.list',
    method: 'GET',
    summary: 'Lists the port forwardings of a floating IP.',
    operations: [portForwardingList],
    status: 200,
    run: (x) => answerList(x, noun),
  }),
  endpoint({
    ...common,
    id: 'network.portForwardings.create',
    method: 'POST',
    summary: 'Sends what comes to ports of a floating IP to those of a port.',
    operations: [portForwardingCreate],
    body: forwardingBody,
    status: 201,
    run: async (x) => {
      // What is absent is told by the operation, with its name.
      const input = { floatingIpId: x.param('floatingip_id'), ...fieldsOf(x.body) } as never
      const names = x.body.internal_port_id === undefined ? badRequest : conflict
      const row = await ask(x, portForwardingCreate, input, names)
      return json({ port_forwarding: await bodyOf(x, noun, row) })
    },
  }),
  endpoint({
    ...oneCommon,
    id: 'network.portForwardings.get',
    method: 'GET',
    summary: 'Shows a port forwarding.',
    operations: [portForwardingList],
    status: 200,
    run: async (x) => json({ port_forwarding: portForwardingBody(await rowOf(x)) }),
  }),
  endpoint({
    ...oneCommon,
    id: 'network.portForwardings.update',
    method: 'PUT',
    summary: 'Changes a port forwarding.',
    operations: [portForwardingUpdate],
    body: forwardingBody,
    status: 200,
    run: async (x) => {
      const floatingIpId = x.param('floatingip_id')
      const input = { floatingIpId, id: x.param('id'), ...fieldsOf(x.body) }
      const row = await ask(x, portForwardingUpdate, input, conflict)
      return json({ port_forwarding: portForwardingBody(row) })
    },
  }),
  endpoint({
    ...oneCommon,
    id: 'network.portForwardings.delete',
    method: 'DELETE',
    summary: 'Ends a port forwarding.',
    operations: [portForwardingDelete],
    status: 204,
    run: async (x) => {
      const floatingIpId = x.param('floatingip_id')
      await ask(x, portForwardingDelete, { floatingIpId, id: x.param('id') })
      return nothing
    },
  }),
]
