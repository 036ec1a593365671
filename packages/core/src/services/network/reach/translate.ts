import type { FloatingIp, PortForwarding } from '../../../model/network/floating-ip.ts'
import type { Router } from '../../../model/network/router.ts'
import { flowOf, isWithin, type Packet, replyTo, versionOf } from './packet.ts'
import type { ReachWorld } from './world.ts'

/** Answers that routers expect, and what they make of them: by router and flow. */
export type Memory = Map<string, Packet>

/** What a router makes of the destination of a packet: that of a floating IP's port. */
export async function inward(
  world: ReachWorld,
  router: Router,
  packet: Packet,
): Promise<Packet | undefined> {
  const { externalGateway, id } = router
  if (!externalGateway) return undefined
  const holder = await world.holder(externalGateway.networkId, packet.destination)
  if (holder?.type !== 'floatingIp') return undefined
  const { portForwardings, target } = holder.row
  if (target) {
    return target.routerId === id ? { ...packet, destination: target.fixedIp.address } : undefined
  }
  const found = portForwardings.find((one) => one.routerId === id && forwards(one, packet))
  return found && forwarded(found, packet)
}

function forwards(
  { externalPorts: [first, last], protocol }: PortForwarding,
  packet: Packet,
): boolean {
  return (
    protocol === packet.protocol &&
    packet.destinationPort >= first &&
    packet.destinationPort <= last
  )
}

function forwarded(forwarding: PortForwarding, packet: Packet): Packet {
  const { externalPorts, fixedIp, internalPorts } = forwarding
  const isOne = internalPorts[0] === internalPorts[1]
  const shift = isOne ? 0 : packet.destinationPort - externalPorts[0]
  const destinationPort = internalPorts[0] + shift
  return { ...packet, destination: fixedIp.address, destinationPort }
}

/**
 * What a router makes of the source of a packet that leaves, or that it has turned inward: its
 * floating IP, or the gateway's own address. Only IPv4 is translated.
 */
export async function outward(world: ReachWorld, router: Router, packet: Packet): Promise<Packet> {
  const { externalGateway, id, interfaces } = router
  if (versionOf(packet.source) === 6 || !externalGateway) return packet
  const inner = interfaces.find(({ cidr }) => isWithin(packet.source, cidr))
  const holder = inner && (await world.holder(inner.networkId, packet.source))
  const rows: readonly FloatingIp[] =
    holder?.type === 'port' ? await world.floatingIps(holder.port) : []
  const own = rows.find(
    ({ target }) => target?.routerId === id && target.fixedIp.address === packet.source,
  )
  if (own) return { ...packet, source: own.address }
  const first = externalGateway.fixedIps.find(({ address }) => versionOf(address) === 4)
  if (!externalGateway.enableSnat || !first) return packet
  return { ...packet, source: first.address }
}

/** Remembers how answers to a packet are translated back. */
export function remember(memory: Memory, routerId: string, before: Packet, after: Packet): void {
  if (flowOf(before) === flowOf(after)) return
  memory.set(`${routerId} ${flowOf(replyTo(after))}`, replyTo(before))
}

/** What a router makes of an answer that it expects. */
export function recall(memory: Memory, routerId: string, packet: Packet): Packet | undefined {
  const back = memory.get(`${routerId} ${flowOf(packet)}`)
  return back && { ...back, icmpType: packet.icmpType, icmpCode: packet.icmpCode }
}
