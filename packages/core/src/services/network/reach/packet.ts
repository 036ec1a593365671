import {
  type Cidr,
  contains,
  type IpAddress,
  parseAddress,
  parsePrefix,
} from '../../../base/cidr.ts'
import type { SecurityGroupRule } from '../../../model/network/security-group.ts'

/** One packet on its way. Addresses are canonical texts. */
export interface Packet {
  readonly source: string
  readonly destination: string
  /** As rules name it. */
  readonly protocol: string
  /** Of protocols with ports; an echo of ICMP has its identifier as both. */
  readonly sourcePort: number
  readonly destinationPort: number
  /** Of ICMP. */
  readonly icmpType: number | null
  readonly icmpCode: number | null
}

export function versionOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4
}

/** True if the address lies in the block, which may be a single address. */
export function isWithin(address: string, block: string): boolean {
  return contains(parsePrefix(block) as Cidr, parseAddress(address) as IpAddress)
}

/** True for what comes back: the packet that answers this one. */
export function replyTo(packet: Packet): Packet {
  return {
    ...packet,
    source: packet.destination,
    destination: packet.source,
    sourcePort: packet.destinationPort,
    destinationPort: packet.sourcePort,
    icmpType: packet.icmpType === null ? null : (echoReplies[packet.icmpType] ?? packet.icmpType),
  }
}

/** Types of ICMP that ask, and those that answer (RFC 792, RFC 4443). */
const echoReplies: Readonly<Record<number, number>> = { 8: 0, 13: 14, 128: 129 }

/** Everything that tells a flow from others, as one text. */
export function flowOf(packet: Packet): string {
  const { destination, destinationPort, protocol, source, sourcePort } = packet
  return [protocol, source, sourcePort, destination, destinationPort].join(' ')
}

/** True if a rule is about such packets; who the other side is, is asked apart. */
export function isAbout(rule: SecurityGroupRule, packet: Packet): boolean {
  if ((rule.etherType === 'IPv4' ? 4 : 6) !== versionOf(packet.source)) return false
  if (rule.protocol !== null && rule.protocol !== packet.protocol) return false
  const { portRangeMax: max, portRangeMin: min } = rule
  if (min === null) return true
  if (packet.icmpType !== null) {
    return packet.icmpType === min && (max === null || packet.icmpCode === max)
  }
  return packet.destinationPort >= min && packet.destinationPort <= (max ?? min)
}
