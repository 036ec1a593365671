import { CloudError } from '../../base/errors.ts'
import {
  type Cidr,
  contains,
  hostRange,
  type IpAddress,
  type IpRange,
  inRange,
  overlaps,
  parseAddress,
  parseCidr,
  printAddress,
  rangeSize,
  rangesOverlap,
} from '../../base/cidr.ts'
import {
  type AllocationPool,
  derivesAddresses,
  type HostRoute,
  type Subnet,
} from '../../model/network/subnet.ts'
import { unlimited } from '../quota.ts'

/** What makes a subnet sound. All texts are canonical already. */

const linkLocal = parseCidr('fe80::/10') as Cidr
/** Blocks whose addresses no interface may have (RFC 6890, RFC 4291). */
const unusable = ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3', '::/127', '::ffff:0:0/96', 'ff00::/8']
  .map((text) => parseCidr(text) as Cidr)
  .concat(linkLocal)

/** The pools as numbers, in address order. */
export function poolRanges(subnet: Pick<Subnet, 'allocationPools'>): IpRange[] {
  return subnet.allocationPools.map(poolRange)
}

function poolRange(pool: AllocationPool): IpRange {
  const value = (text: string): bigint => (parseAddress(text) as IpAddress).value
  return { first: value(pool.start), last: value(pool.end) }
}

/** Number of addresses in the pools, capped at what a counter can hold. */
export function poolSize(pools: readonly AllocationPool[]): number {
  const size = pools.reduce((sum, pool) => sum + rangeSize(poolRange(pool)), 0n)
  return size > BigInt(unlimited) ? unlimited : Number(size)
}

/**
 * The limit of a subnet's address counter: at least 1, for a counter that is limited to 0 cannot
 * guard a deletion.
 */
export function poolLimit(pools: readonly AllocationPool[]): number {
  return Math.max(1, poolSize(pools))
}

function invalid(field: string, message: string, limit?: string): CloudError {
  return new CloudError('invalid', `${field}: ${message}.`, {
    field,
    ...(limit === undefined ? {} : { limit }),
  })
}

/** @throws CloudError `invalid`; `conflict` when another subnet of the network overlaps. */
export function requireUsableCidr(text: string, others: readonly Subnet[]): Cidr {
  const cidr = parseCidr(text) as Cidr
  const clash = unusable.find((block) => overlaps(block, cidr))
  if (clash) throw invalid('cidr', 'has addresses that no host may have')
  const other = others.find((subnet) => overlaps(parseCidr(subnet.cidr) as Cidr, cidr))
  if (!other) return cidr
  throw new CloudError(
    'conflict',
    `cidr: overlaps with another subnet, ${other.cidr} of ${other.id}.`,
    {
      field: 'cidr',
      limit: other.cidr,
    },
  )
}

/** The first host address, or null for a block of one. */
export function defaultGateway(cidr: Cidr): string | null {
  if (cidr.first === cidr.last) return null
  return printAddress({ version: cidr.version, value: hostRange(cidr).first })
}

/** @throws CloudError `invalid`. An IPv6 gateway may be link-local. */
export function requireGateway(cidr: Cidr, gatewayIp: string | null): void {
  if (gatewayIp === null) return
  const address = parseAddress(gatewayIp) as IpAddress
  if (address.version === 6 && cidr.version === 6 && contains(linkLocal, address)) return
  if (contains(cidr, address) && inRange(hostRange(cidr), address.value)) return
  throw invalid('gatewayIp', 'is not a host address of the subnet')
}

/** All host addresses but the gateway. */
export function defaultPools(cidr: Cidr, gatewayIp: string | null): AllocationPool[] {
  const hosts = hostRange(cidr)
  const gateway = gatewayIp === null ? undefined : parseAddress(gatewayIp)
  const parts =
    gateway && contains(cidr, gateway)
      ? [
          { first: hosts.first, last: gateway.value - 1n },
          { first: gateway.value + 1n, last: hosts.last },
        ]
      : [hosts]
  const print = (value: bigint): string => printAddress({ version: cidr.version, value })
  return parts
    .filter((part) => part.first <= part.last)
    .map((part) => ({ start: print(part.first), end: print(part.last) }))
}

/**
 * The pools in address order.
 *
 * @throws CloudError `invalid`; `conflict` when the gateway lies in one.
 */
export function requirePools(
  cidr: Cidr,
  gatewayIp: string | null,
  pools: readonly AllocationPool[],
): AllocationPool[] {
  const hosts = hostRange(cidr)
  const gateway = gatewayIp === null ? undefined : parseAddress(gatewayIp)
  for (const [index, pool] of pools.entries()) {
    const field = `allocationPools[${index}]`
    const ends = [parseAddress(pool.start) as IpAddress, parseAddress(pool.end) as IpAddress]
    if (!ends.every((end) => contains(cidr, end) && inRange(hosts, end.value))) {
      throw invalid(field, 'does not lie among the host addresses of the subnet')
    }
    const range = poolRange(pool)
    if (range.first > range.last) throw invalid(field, 'ends before it starts')
    if (gateway?.version === cidr.version && inRange(range, gateway.value)) {
      throw new CloudError('conflict', `${field}: holds the gateway.`, { field })
    }
    const other = pools.findIndex((one, i) => i < index && rangesOverlap(poolRange(one), range))
    if (other >= 0) throw invalid(field, `overlaps allocationPools[${other}]`)
  }
  return pools.toSorted((a, b) => (poolRange(a).first < poolRange(b).first ? -1 : 1))
}

/** @throws CloudError `invalid` with `field`: DNS servers and routes speak the subnet's version. */
export function requireOptions(
  cidr: Cidr,
  options: {
    readonly dnsNameservers: readonly string[]
    readonly hostRoutes: readonly HostRoute[]
  },
): void {
  const { dnsNameservers, hostRoutes } = options
  for (const [index, text] of dnsNameservers.entries()) {
    const field = `dnsNameservers[${index}]`
    if (dnsNameservers.indexOf(text) < index) throw invalid(field, 'is listed twice')
    if (parseAddress(text)?.version !== cidr.version)
      throw invalid(field, 'is of the other IP version')
  }
  for (const [index, route] of hostRoutes.entries()) {
    const field = `hostRoutes[${index}]`
    const versions = [parseCidr(route.destination)?.version, parseAddress(route.nexthop)?.version]
    if (!versions.every((version) => version === cidr.version)) {
      throw invalid(field, 'is of the other IP version')
    }
    const same = hostRoutes.findIndex((other) => JSON.stringify(other) === JSON.stringify(route))
    if (same < index) throw invalid(field, 'is listed twice')
  }
}

/** @throws CloudError `invalid`. Modes are for IPv6 with DHCP on; both equal when both are set. */
export function requireModes(
  cidr: Cidr,
  subnet: Pick<Subnet, 'ipv6AddressMode' | 'ipv6RaMode' | 'enableDhcp'>,
): void {
  const { ipv6AddressMode: address, ipv6RaMode: advertised } = subnet
  if (address === null && advertised === null) return
  const field = address === null ? 'ipv6RaMode' : 'ipv6AddressMode'
  if (cidr.version === 4) throw invalid(field, 'is for IPv6 only')
  if (!subnet.enableDhcp) throw invalid(field, 'needs enableDhcp')
  if (address !== null && advertised !== null && address !== advertised) {
    throw invalid('ipv6RaMode', 'differs from ipv6AddressMode', address)
  }
  if (derivesAddresses(subnet) && cidr.prefix !== 64) {
    throw invalid('cidr', `must be a /64 for ${address}`, '/64')
  }
}
