import { type Cidr, parsePrefix } from '../../../base/cidr.ts'
import type { Router } from '../../../model/network/router.ts'
import type { HostRoute, Subnet } from '../../../model/network/subnet.ts'
import { isWithin, versionOf } from './packet.ts'
import type { ReachWorld } from './world.ts'

/** Where a packet is sent next: to an address on a network. */
export interface Hop {
  readonly networkId: string
  /** The destination itself, or a next hop. */
  readonly address: string
  /** True: out of the cloud, by the gateway of a router. */
  readonly isOut: boolean
}

function longest<T>(candidates: readonly T[], blockOf: (one: T) => string): T | undefined {
  const lengthOf = (one: T): number => (parsePrefix(blockOf(one)) as Cidr).prefix
  return candidates.reduce<T | undefined>(
    (best, one) => (best === undefined || lengthOf(one) > lengthOf(best) ? one : best),
    undefined,
  )
}

/** The next hop that a host on a subnet uses: by its longest route, or by the gateway. */
export function hostHop(subnet: Subnet, destination: string): Hop | undefined {
  const { cidr, gatewayIp, hostRoutes, networkId } = subnet
  const to = (address: string): Hop => ({ networkId, address, isOut: false })
  if (isWithin(destination, cidr)) return to(destination)
  const fits = hostRoutes.filter((route) => isWithin(destination, route.destination))
  const route: HostRoute | undefined = longest(fits, (one) => one.destination)
  if (route) return to(route.nexthop)
  return gatewayIp === null ? undefined : to(gatewayIp)
}

/** The next hop that a router uses: what it is on, its routes, and then its gateway. */
export async function routerHop(
  world: ReachWorld,
  router: Router,
  destination: string,
): Promise<Hop | undefined> {
  const linked = linkOf(router, destination)
  const fits = router.routes.filter((route) => isWithin(destination, route.destination))
  const route = longest(fits, (one) => one.destination)
  const onLink = linked && { ...linked, address: destination }
  if (route && (!linked || prefixOf(route.destination) > prefixOf(linked.cidr))) {
    const link = linkOf(router, route.nexthop)
    return link && { ...link, address: route.nexthop }
  }
  return onLink ?? defaultHop(world, router, destination)
}

function prefixOf(block: string): number {
  return (parsePrefix(block) as Cidr).prefix
}

/** What the router is on, around this address. */
function linkOf(
  { externalGateway, interfaces }: Router,
  address: string,
): (Omit<Hop, 'address'> & { readonly cidr: string }) | undefined {
  const inner = interfaces.find(({ cidr }) => isWithin(address, cidr))
  if (inner) return { networkId: inner.networkId, isOut: false, cidr: inner.cidr }
  const cidr = externalGateway?.cidrs.find((block) => isWithin(address, block))
  if (!externalGateway || cidr === undefined) return undefined
  return { networkId: externalGateway.networkId, isOut: true, cidr }
}

async function defaultHop(
  world: ReachWorld,
  { externalGateway }: Router,
  destination: string,
): Promise<Hop | undefined> {
  if (!externalGateway) return undefined
  const { fixedIps, networkId } = externalGateway
  const version = versionOf(destination)
  const subnets = await world.subnets(networkId)
  for (const { subnetId } of fixedIps) {
    const subnet = subnets.find(({ id }) => id === subnetId)
    if (subnet?.version !== version || subnet.gatewayIp === null) continue
    return { networkId, address: subnet.gatewayIp, isOut: true }
  }
  return undefined
}
