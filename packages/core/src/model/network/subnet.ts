import type { IpVersion } from '../../base/cidr.ts'
import { defineKind, type Stored } from '../kind.ts'

/**
 * How IPv6 addresses, and router advertisements, come about. `slaac` and `dhcpv6-stateless` derive
 * from the MAC.
 */
export const ipv6Modes = ['slaac', 'dhcpv6-stateful', 'dhcpv6-stateless'] as const
export type Ipv6Mode = (typeof ipv6Modes)[number]

/** Both ends inclusive. */
export interface AllocationPool {
  readonly start: string
  readonly end: string
}

export interface HostRoute {
  readonly destination: string
  readonly nexthop: string
}

/** Owners of ports that one subnet is for, at most. */
export const serviceTypesMax = 16

/** A block of addresses on a network. */
export interface Subnet extends Stored {
  readonly projectId: string
  readonly networkId: string
  readonly name: string
  readonly description: string
  readonly version: IpVersion
  readonly cidr: string
  readonly gatewayIp: string | null
  readonly enableDhcp: boolean
  /** Disjoint, in address order, without the gateway. */
  readonly allocationPools: readonly AllocationPool[]
  readonly dnsNameservers: readonly string[]
  readonly hostRoutes: readonly HostRoute[]
  /** The pool that its block is cut from. Absent = none. */
  readonly subnetPoolId?: string
  /**
   * Owners of ports that get addresses from it unasked, such as `compute:nova`. Absent or empty =
   * all that no other subnet of the network is for.
   */
  readonly serviceTypes?: readonly string[]
  readonly ipv6AddressMode: Ipv6Mode | null
  readonly ipv6RaMode: Ipv6Mode | null
  /** As its network's. */
  readonly shared: boolean
  readonly sharedWith?: readonly string[]
  readonly tags: readonly string[]
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

export const subnetKind = defineKind<Subnet>(
  'subnet',
  {
    byProject: { fields: ['projectId'] },
    byNetwork: { fields: ['networkId'] },
    byShared: { fields: ['shared'] },
  },
  { events: {} },
)

/** True if ports derive their address from their MAC instead of taking one from the pools. */
export function derivesAddresses(subnet: Pick<Subnet, 'ipv6AddressMode'>): boolean {
  return subnet.ipv6AddressMode === 'slaac' || subnet.ipv6AddressMode === 'dhcpv6-stateless'
}
