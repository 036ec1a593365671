import { CloudError } from '../../../base/errors.ts'
import {
  type Cidr,
  contains,
  type IpAddress,
  overlaps,
  parseAddress,
  parseCidr,
} from '../../../base/cidr.ts'
import { limits } from '../../../base/limits.ts'
import type { Router } from '../../../model/network/router.ts'
import type { HostRoute } from '../../../model/network/subnet.ts'

/** What makes a router sound. All texts are canonical already. */

/** Every block that the router is on, with what it is called. */
function blocksOf(router: Pick<Router, 'interfaces' | 'externalGateway'>): {
  readonly subnetId: string
  readonly cidr: string
}[] {
  const { externalGateway } = router
  const outer = (externalGateway?.fixedIps ?? []).map(({ subnetId }, index) => {
    return { subnetId, cidr: externalGateway?.cidrs[index] as string }
  })
  return [...router.interfaces, ...outer]
}

/** @throws CloudError `conflict` when two blocks that a router is on overlap, or are the same. */
export function requireApart(
  router: Pick<Router, 'interfaces' | 'externalGateway'>,
  field: string,
): void {
  const blocks = blocksOf(router)
  for (const [index, { cidr, subnetId }] of blocks.entries()) {
    const own = parseCidr(cidr) as Cidr
    const other = blocks
      .slice(0, index)
      .find((block) => overlaps(parseCidr(block.cidr) as Cidr, own))
    if (!other) continue
    throw new CloudError(
      'conflict',
      `${field}: ${cidr} of subnet ${subnetId} overlaps ${other.cidr} of subnet ${other.subnetId}.`,
      { field, limit: other.cidr, detail: { subnetIds: [other.subnetId, subnetId] } },
    )
  }
}

/**
 * Every next hop lies in a block that the router is on, and is not its own address; destinations
 * are told apart.
 *
 * @throws CloudError `invalid`; `conflict` when the routes are there already, and what changes is
 *   the router.
 */
export function requireRoutes(router: Router, code: 'invalid' | 'conflict', field: string): void {
  const { routes } = router
  if (routes.length > limits.routerRoutes) {
    throw new CloudError('invalid', `${field}: are too many.`, {
      field,
      limit: limits.routerRoutes,
    })
  }
  const blocks = blocksOf(router).map(({ cidr }) => parseCidr(cidr) as Cidr)
  for (const [index, route] of routes.entries()) {
    const message = routeFault(router, blocks, route, routes.slice(0, index))
    if (message === undefined) continue
    throw new CloudError(code, `${field}: the route to ${route.destination} ${message}.`, {
      field,
      detail: { destination: route.destination, nexthop: route.nexthop },
    })
  }
}

function routeFault(
  router: Router,
  blocks: readonly Cidr[],
  { destination, nexthop }: HostRoute,
  earlier: readonly HostRoute[],
): string | undefined {
  const isSame = (other: HostRoute) =>
    other.destination === destination && other.nexthop === nexthop
  const hop = parseAddress(nexthop) as IpAddress
  if (parseCidr(destination)?.version !== hop.version) return 'has a next hop of the other version'
  // Several next hops to one block share what goes there.
  if (earlier.some(isSame)) return 'is there twice'
  if (!blocks.some((block) => contains(block, hop))) return 'has a next hop on none of its subnets'
  return addressesOf(router).includes(nexthop) ? 'leads to the router itself' : undefined
}

function addressesOf({ externalGateway, interfaces }: Router): string[] {
  const outer = (externalGateway?.fixedIps ?? []).map(({ address }) => address)
  return [...interfaces.map(({ address }) => address), ...outer]
}
