import { CloudError } from '../../../base/errors.ts'
import { type Cidr, contains, type IpAddress, parseAddress, parseCidr } from '../../../base/cidr.ts'
import type { Writes } from '../../../commit/writes.ts'
import type { Network } from '../../../model/network/network.ts'
import { routerGatewayOwner } from '../../../model/network/port.ts'
import type { Router, RouterGateway } from '../../../model/network/router.ts'
import type { Subnet } from '../../../model/network/subnet.ts'
import type { Call } from '../../call.ts'
import { notFound } from '../../fetch.ts'
import { externalScope, gatewayScope, openCounter } from '../counters.ts'
import type { FixedIpInput } from '../fields.ts'
import { externalNetwork } from '../floating-ip/create.ts'
import { requireSubnetsFor } from '../service-subnets.ts'
import { loadSubnets } from '../subnet-removal.ts'
import { type RouterPort, takeRouterPort } from './ports.ts'
import { closeNeeded, leavingPort } from './write.ts'

/** A gateway asked for. */
export interface GatewayAsk {
  readonly networkId: string
  readonly enableSnat: boolean
  readonly fixedIps?: readonly FixedIpInput[] | undefined
}

const field = 'externalGateway'

/** A router with another gateway. What was set aside ends with `port.settled` or `release`. */
export interface GatewayChange {
  readonly router: Router
  readonly port?: RouterPort
}

/**
 * Writes that a router has this gateway from now on, or none. One on the same network is kept, with
 * its addresses, unless others are asked for.
 *
 * @throws CloudError `conflict` when floating IPs need the one it had.
 */
export async function planGateway(
  call: Call,
  writes: Writes,
  router: Router,
  ask: GatewayAsk | null,
): Promise<GatewayChange> {
  const { externalGateway: before } = router
  if (before && ask?.networkId === before.networkId && ask.fixedIps === undefined) {
    return { router: { ...router, externalGateway: { ...before, enableSnat: ask.enableSnat } } }
  }
  const without = before ? await planWithout(call, writes, router, before) : router
  if (ask === null) return { router: without }
  const network = await externalNetwork(call, ask.networkId, `${field}.networkId`)
  const wanted = await wantedOf(call, network, ask.fixedIps)
  const { projectId, id: routerId } = router
  const owner = { routerId, projectId, network, isGateway: true }
  const port = await takeRouterPort(call.kernel, owner, wanted, field)
  port.write(writes)
  writes.add({ scope: externalScope(network.id), name: 'uses', add: 1 })
  openCounter(writes, gatewayScope(port.port.id), 'floatingIps')
  const externalGateway: RouterGateway = {
    portId: port.port.id,
    networkId: network.id,
    enableSnat: ask.enableSnat,
    fixedIps: port.port.fixedIps,
    cidrs: wanted.map(({ subnet }) => subnet.cidr),
  }
  return { router: { ...without, externalGateway }, port }
}

async function planWithout(
  call: Call,
  writes: Writes,
  router: Router,
  { networkId, portId }: RouterGateway,
): Promise<Router> {
  await closeNeeded(call, writes, router, gatewayScope(portId), field)
  writes.add({ scope: externalScope(networkId), name: 'uses', add: -1 })
  return leavingPort({ ...router, externalGateway: null }, portId)
}

/** One address of the first subnet of each IP version, unless some are asked for. */
async function wantedOf(
  call: Call,
  network: Network,
  fixedIps: readonly FixedIpInput[] | undefined,
): Promise<{ subnet: Subnet; address?: string | undefined }[]> {
  const subnets = await loadSubnets(call.kernel, network)
  if (fixedIps !== undefined) {
    return fixedIps.map((fixedIp, i) => wantOf(subnets, fixedIp, `${field}.fixedIps[${i}]`))
  }
  const usable = requireSubnetsFor(routerGatewayOwner, subnets, `${field}.networkId`)
  const wanted = ([4, 6] as const).flatMap((version) => {
    const subnet = usable.find((one) => one.version === version)
    return subnet ? [{ subnet }] : []
  })
  if (wanted.length > 0) return wanted
  throw new CloudError('conflict', `${field}.networkId: has no subnet.`, {
    field: `${field}.networkId`,
  })
}

function wantOf(
  subnets: readonly Subnet[],
  { address, subnetId }: FixedIpInput,
  path: string,
): { subnet: Subnet; address?: string | undefined } {
  const parsed = address === undefined ? undefined : (parseAddress(address) as IpAddress)
  const subnet = subnets.find(
    ({ cidr, id }) =>
      (subnetId === undefined || id === subnetId) &&
      (parsed === undefined || contains(parseCidr(cidr) as Cidr, parsed)),
  )
  if (!subnet) throw notFound('subnet', path)
  return { subnet, address }
}
