import { z } from 'zod'
import { CloudError } from '../../../base/errors.ts'
import { networkKind } from '../../../model/network/network.ts'
import { type Port, portKind } from '../../../model/network/port.ts'
import type { Call } from '../../call.ts'
import { fetchOne } from '../../fetch.ts'
import { idField } from '../../fields.ts'
import { defineOperation } from '../../operation.ts'
import { seenBy, owns } from '../access.ts'
import { addressField } from '../fields.ts'
import { protocolNumbers } from '../rule-input.ts'
import { type Packet, versionOf } from './packet.ts'
import { findWay, type Origin, type Reach } from './reach.ts'
import { StoreWorld } from './store-world.ts'

const numberField = z.int().min(0).max(255)
const portField = z.int().min(1).max(65_535)
/** A port that clients send from, when none is named: the first of the dynamic ones (RFC 6335). */
const clientPort = 49_152

const input = z.strictObject({
  /** A port, with one of its addresses; or an external network, with an address outside. */
  from: z.strictObject({
    portId: idField.optional(),
    networkId: idField.optional(),
    address: addressField.optional(),
  }),
  /** A port, or an address: of a port, of a floating IP, or outside. */
  to: z.strictObject({ portId: idField.optional(), address: addressField.optional() }),
  /** By name, such as tcp. */
  protocol: z.enum(Object.keys(protocolNumbers)),
  /** The port that is asked for. */
  port: portField.optional(),
  sourcePort: portField.default(clientPort),
  icmpType: numberField.optional(),
  icmpCode: numberField.default(0),
})

type Input = z.infer<typeof input>

export const reachabilityCheck = defineOperation({
  id: 'network.reachability.check',
  summary: 'May one reach the other, and back? Says which rules let it, or what stops it where.',
  policy: { scope: 'any', role: 'reader' },
  input,
  mutates: false,
  run: async (call: Call, asked: Input): Promise<Reach> => {
    const { from, to } = asked
    const target = to.portId === undefined ? undefined : await portOf(call, to.portId, 'to.portId')
    const origin = await originOf(call, from)
    if (target && from.portId === target.id) throw invalid('to.portId', 'is where it begins')
    const source = origin.type === 'port' ? origin.port : undefined
    const version = to.address ?? from.address ?? source?.fixedIps[0]?.address
    const destination = to.address ?? addressOf(target, version, 'to')
    const sender = from.address ?? addressOf(source, destination, 'from')
    if (versionOf(sender) !== versionOf(destination)) {
      throw invalid('to.address', 'is of the other IP version than the sender')
    }
    const packet = packetOf(asked, sender, destination)
    return findWay(new StoreWorld(call.kernel, (row) => owns(call, row)), origin, packet, to.portId)
  },
})

function portOf(call: Call, id: string, field: string): Promise<Port> {
  return fetchOne(call, portKind, id, field)
}

async function originOf(call: Call, from: Input['from']): Promise<Origin> {
  const { address, networkId, portId } = from
  if ((portId === undefined) === (networkId === undefined)) {
    throw invalid('from', 'names either a port or an external network')
  }
  if (portId !== undefined) return { type: 'port', port: await portOf(call, portId, 'from.portId') }
  const network = await fetchOne(
    call,
    networkKind,
    networkId as string,
    'from.networkId',
    seenBy(call),
  )
  if (!network.external) throw invalid('from.networkId', 'is no external network')
  if (address === undefined) throw invalid('from.address', 'is needed: who asks from outside')
  return { type: 'outside', networkId: network.id }
}

/** The first address of a port that is of the same IP version as another one. */
function addressOf(port: Port | undefined, like: string | undefined, side: 'from' | 'to'): string {
  const field = `${side}.address`
  if (!port) throw invalid(field, 'is needed')
  const found = port.fixedIps.find(
    ({ address }) => like === undefined || versionOf(address) === versionOf(like),
  )
  if (found) return found.address
  throw invalid(field, 'is needed: the port has none of that IP version')
}

/** @throws CloudError `invalid`: what a protocol has no use for, or needs. */
function packetOf(asked: Input, source: string, destination: string): Packet {
  const { icmpCode, port, sourcePort } = asked
  const isIcmp = ['icmp', 'icmpv6', 'ipv6-icmp'].includes(asked.protocol)
  const protocol = isIcmp ? (versionOf(source) === 6 ? 'ipv6-icmp' : 'icmp') : asked.protocol
  if (!isIcmp) {
    const hasPorts = portProtocols.has(protocol)
    if (hasPorts && port === undefined) throw invalid('port', 'is needed')
    if (!hasPorts && port !== undefined) throw invalid('port', 'is nothing that the protocol has')
    if (asked.icmpType !== undefined) throw invalid('icmpType', 'is for ICMP')
    const ports = { sourcePort, destinationPort: port ?? sourcePort }
    return { source, destination, protocol, ...ports, icmpType: null, icmpCode: null }
  }
  if (port !== undefined) throw invalid('port', 'is nothing that ICMP has')
  const echo = versionOf(source) === 6 ? 128 : 8
  const ports = { sourcePort, destinationPort: sourcePort }
  return { source, destination, protocol, ...ports, icmpType: asked.icmpType ?? echo, icmpCode }
}

const portProtocols = new Set(['tcp', 'udp', 'sctp', 'dccp', 'udplite'])

function invalid(field: string, message: string): CloudError {
  return new CloudError('invalid', `${field}: ${message}.`, { field })
}
