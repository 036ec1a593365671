import type { Port } from '../../../model/network/port.ts'
import type { Router } from '../../../model/network/router.ts'
import type { Packet } from './packet.ts'
import { isWithin, versionOf } from './packet.ts'
import { type Hop, hostHop, routerHop } from './route.ts'
import { inward, type Memory, outward, recall, remember } from './translate.ts'
import type { ReachWorld } from './world.ts'

/** Routers that a packet passes at most. */
const routersPassed = 16

/** What happened to a packet on its way. */
export interface WayStep {
  readonly type: 'sent' | 'routed' | 'translated'
  /** The router, or the network on which it is sent. */
  readonly id: string
  readonly source: string
  readonly destination: string
}

/** Where a packet ended. */
export type WayEnd =
  | { readonly type: 'port'; readonly port: Port; readonly packet: Packet }
  /** It left the cloud. */
  | { readonly type: 'outside'; readonly packet: Packet }
  /** A router itself was meant. */
  | { readonly type: 'router'; readonly routerId: string; readonly packet: Packet }
  | { readonly type: 'lost'; readonly reason: LossReason; readonly id: string }

export type LossReason =
  /** The sender or a router knows no next hop. */
  | 'noRoute'
  /** Nobody has the address. */
  | 'nobody'
  /** A router is switched off. */
  | 'routerDown'
  /** The next hop is a port, whose server may do anything with it. */
  | 'forwardedByPort'
  | 'tooManyRouters'

/** Follows packets; remembers what routers remember. */
export class Walker {
  readonly #world: ReachWorld
  readonly #memory: Memory = new Map()

  constructor(world: ReachWorld) {
    this.#world = world
  }

  /** From a port, past its filter. */
  async fromPort(port: Port, packet: Packet, steps: WayStep[]): Promise<WayEnd> {
    const subnets = await this.#world.subnets(port.networkId)
    const own = subnets.find(({ cidr }) => isWithin(packet.source, cidr))
    const version = versionOf(packet.source)
    const held = port.fixedIps.find(({ address }) => versionOf(address) === version)
    const subnet = own ?? subnets.find(({ id }) => id === held?.subnetId)
    const hop = subnet && hostHop(subnet, packet.destination)
    if (!hop) return { type: 'lost', reason: 'noRoute', id: port.id }
    return this.#deliver(hop, packet, steps, 0)
  }

  /** From somewhere outside, onto an external network. */
  fromOutside(networkId: string, packet: Packet, steps: WayStep[]): Promise<WayEnd> {
    return this.#deliver({ networkId, address: packet.destination, isOut: false }, packet, steps, 0)
  }

  async #deliver(hop: Hop, packet: Packet, steps: WayStep[], passed: number): Promise<WayEnd> {
    const { address, isOut, networkId } = hop
    const { destination, source } = packet
    steps.push({ type: 'sent', id: networkId, source, destination })
    const holder = await this.#world.holder(networkId, address)
    const at = { networkId, passed }
    if (holder?.type === 'router') return this.#route(holder.routerId, packet, steps, at)
    if (holder?.type === 'floatingIp') {
      const { portForwardings, target } = holder.row
      const routerId = (target ?? portForwardings[0])?.routerId
      if (routerId !== undefined) return this.#route(routerId, packet, steps, at)
      return { type: 'lost', reason: 'nobody', id: networkId }
    }
    if (holder) {
      if (address === destination) return { type: 'port', port: holder.port, packet }
      return { type: 'lost', reason: 'forwardedByPort', id: holder.port.id }
    }
    // The way out of an external network is not the cloud's.
    if (isOut && address !== destination) return { type: 'outside', packet }
    return { type: 'lost', reason: 'nobody', id: networkId }
  }

  async #route(
    routerId: string,
    packet: Packet,
    steps: WayStep[],
    { networkId, passed }: { readonly networkId: string; readonly passed: number },
  ): Promise<WayEnd> {
    const router = await this.#world.router(routerId)
    if (!router?.adminStateUp) return { type: 'lost', reason: 'routerDown', id: routerId }
    if (passed >= routersPassed) return { type: 'lost', reason: 'tooManyRouters', id: routerId }
    const { destination, source } = packet
    steps.push({ type: 'routed', id: routerId, source, destination })
    const known = recall(this.#memory, routerId, packet)
    const turned = known ?? (await inward(this.#world, router, packet))
    const inner = turned ?? packet
    if (isOwn(router, inner.destination)) return { type: 'router', routerId, packet: inner }
    const hop = await routerHop(this.#world, router, inner.destination)
    if (!hop) return { type: 'lost', reason: 'noRoute', id: routerId }
    // What comes from outside, and what is an answer, keeps its source.
    const isInner = networkId !== router.externalGateway?.networkId
    const leaves = !known && isInner && (hop.isOut || turned !== undefined)
    const sent = leaves ? await outward(this.#world, router, inner) : inner
    if (!known) remember(this.#memory, routerId, packet, sent)
    if (sent !== packet) {
      const { destination: to, source: from } = sent
      steps.push({ type: 'translated', id: routerId, source: from, destination: to })
    }
    return this.#deliver(hop, sent, steps, passed + 1)
  }
}

function isOwn({ externalGateway, interfaces }: Router, address: string): boolean {
  if (interfaces.some((one) => one.address === address)) return true
  return externalGateway?.fixedIps.some((one) => one.address === address) ?? false
}
