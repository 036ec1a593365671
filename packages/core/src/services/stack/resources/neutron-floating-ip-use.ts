import { limits } from '../../../base/limits.ts'
import { forwardingProtocols } from '../../../model/network/floating-ip.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import { floatingIpGet, floatingIpUpdate } from '../../network/floating-ip/floating-ip.ts'
import {
  portForwardingCreate,
  portForwardingDelete,
  portForwardingUpdate,
} from '../../network/floating-ip/forwarding.ts'
import { routingWord } from './implied.ts'
import { madeType } from './made.ts'
import { numberOf, present, textOf } from './property.ts'
import type { ResourceType, ResourceWork } from './type.ts'

const text = { type: 'string' } as const

async function lead(work: ResourceWork, id: string, given: JsonMap, key: string): Promise<string> {
  const portId = textOf(given, 'port_id') ?? null
  const fixedAddress = textOf(given, 'fixed_ip_address')
  await work.call(floatingIpUpdate, present({ id, portId, fixedAddress }), key)
  return id
}

/** Called by its floating IP, which has one use at a time. */
export const neutronFloatingIpAssociation: ResourceType = madeType(
  {
    name: 'OS::Neutron::FloatingIPAssociation',
    summary: 'The port that a floating IP stands for.',
    properties: {
      floatingip_id: { ...text, required: true },
      port_id: { ...text, required: true, updatable: true },
      fixed_ip_address: { ...text, updatable: true },
    },
    attributes: {},
    awaits: () => [routingWord],
  },
  {
    make: (work, given, key) => lead(work, textOf(given, 'floatingip_id') as string, given, key),
    change: (work, id, { to }, key) => lead(work, id, to, key),
    look: async (work, id) => (await work.call(floatingIpGet, { id })).id,
    drop: (work, id, _, key) => lead(work, id, {}, key),
    idOf: (id) => id,
    told: () => ({}),
  },
)

const port = { type: 'integer', required: true, min: 1, max: 65_535, updatable: true } as const

/** Called by its own id; its floating IP is among its properties. */
export const neutronPortForward: ResourceType = madeType(
  {
    name: 'OS::Neutron::FloatingIPPortForward',
    summary: 'Sends what comes to a port of a floating IP to one of a port.',
    properties: {
      floating_ip: { ...text, required: true },
      internal_port: { ...text, required: true, updatable: true },
      internal_ip_address: { ...text, updatable: true },
      internal_port_number: port,
      external_port: port,
      protocol: { ...text, required: true, allowed: forwardingProtocols, updatable: true },
      description: { ...text, max: limits.descriptionLength, updatable: true },
    },
    attributes: {},
    awaits: () => [routingWord],
  },
  {
    make: (work, given, key) => work.call(portForwardingCreate, forwardOf(given), key),
    change: (work, id, { to }, key) =>
      work.call(portForwardingUpdate, { id, ...forwardOf(to) }, key),
    drop: (work, id, given, key) =>
      work.call(
        portForwardingDelete,
        { id, floatingIpId: textOf(given, 'floating_ip') as string },
        key,
      ),
    idOf: ({ id }) => id,
    told: () => ({}),
  },
)

function forwardOf(given: JsonMap) {
  return present({
    floatingIpId: textOf(given, 'floating_ip') as string,
    portId: textOf(given, 'internal_port') as string,
    fixedAddress: textOf(given, 'internal_ip_address'),
    internalPorts: numberOf(given, 'internal_port_number') as number,
    externalPorts: numberOf(given, 'external_port') as number,
    protocol: textOf(given, 'protocol') as (typeof forwardingProtocols)[number],
    description: textOf(given, 'description'),
  })
}
