import { defineKind, type Stored, type UsageMeter } from '../kind.ts'

export type PortStatus = 'DOWN' | 'BUILD' | 'ACTIVE' | 'ERROR'

export interface FixedIp {
  readonly subnetId: string
  readonly address: string
}

/** What a port may send and receive besides its own addresses. */
export interface AddressPair {
  /** An address or a CIDR. */
  readonly ipAddress: string
  readonly mac: string
}

/** An option of DHCP that a port is told besides the usual ones. */
export interface DhcpOption {
  /** Its name, such as `bootfile-name`, or its number. */
  readonly name: string
  readonly value: string
  readonly version: 4 | 6
}

/** A network interface. Server batches write hundreds of these: keep it small. */
export interface Port extends Stored {
  readonly projectId: string
  readonly networkId: string
  readonly name: string
  readonly description: string
  readonly mac: string
  readonly fixedIps: readonly FixedIp[]
  readonly securityGroupIds: readonly string[]
  /** The server or router it belongs to, or null. */
  readonly deviceId: string | null
  /** `compute:nova` on a server's port, one of `routerOwners` on a router's, else empty. */
  readonly deviceOwner: string
  /** Where it is bound; null until its server is placed. */
  readonly hostId: string | null
  readonly status: PortStatus
  readonly adminStateUp: boolean
  readonly portSecurity: boolean
  readonly allowedAddressPairs: readonly AddressPair[]
  /**
   * Generation of its server at which its data plane was last given something new: orders below are
   * out of date. Kept when it is detached, for its next server to begin above. Absent = 0.
   */
  readonly generation?: number
  /**
   * Addresses that it gave up and holds until the data plane has confirmed that nothing answers to
   * them. Absent = none.
   */
  readonly leaving?: readonly FixedIp[]
  /** True: its server gives it up; it goes, or is free, once the data plane has confirmed that. */
  readonly unplugging?: true
  /** Floating IPs that stand for it, or forward to it. Absent = none. */
  readonly floatingIpIds?: readonly string[]
  /** Its name in its network's domain. Absent = one made of its address. */
  readonly dnsName?: string
  /** Absent = its network's. */
  readonly qosPolicyId?: string
  /** Absent = none. */
  readonly dhcpOptions?: readonly DhcpOption[]
  /** True: made for its server, and deleted with it. False: made by a user, and only detached. */
  readonly deleteWithDevice: boolean
  readonly tags: readonly string[]
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

/** Addresses that nobody else may have: those that it has, and those that it is giving up. */
export function heldIps(port: Pick<Port, 'fixedIps' | 'leaving'>): readonly FixedIp[] {
  return port.leaving ? [...port.fixedIps, ...port.leaving] : port.fixedIps
}

export const serverDeviceOwner = 'compute:nova'
export const routerInterfaceOwner = 'network:router_interface'
export const routerGatewayOwner = 'network:router_gateway'
/** Owners of ports whose `deviceId` is a router. */
export const routerOwners: readonly string[] = [routerInterfaceOwner, routerGatewayOwner]

/** False for gateways: they are the external network's project's, which did not ask for them. */
export function isChargedPort({ deviceOwner }: Pick<Port, 'deviceOwner'>): boolean {
  return deviceOwner !== routerGatewayOwner
}

const portMeter: UsageMeter<Port> = {
  classes: ['ports', 'addresses'],
  index: 'byProject',
  amounts: (port) => [1, heldIps(port).length],
}

/**
 * Every index costs on each server's creation. Whether a network or a security group is in use is a
 * counter's question, so neither has an index of its own.
 */
export const portKind = defineKind<Port>(
  'port',
  {
    byDevice: { fields: ['deviceId'] },
    byProject: { fields: ['projectId', 'networkId'] },
    byMac: { fields: ['mac'], unique: true },
  },
  { meter: portMeter, events: { state: ({ status }) => status.toLowerCase() } },
)
