import { defineKind, type Stored } from '../kind.ts'

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

/** A network interface. Server batches write hundreds of these: keep it small. */
export interface Port extends Stored {
  readonly projectId: string
  readonly networkId: string
  readonly name: string
  readonly description: string
  readonly mac: string
  readonly fixedIps: readonly FixedIp[]
  readonly securityGroupIds: readonly string[]
  /** The server it belongs to, or null. */
  readonly deviceId: string | null
  /** `compute:nova` on a server's port, else empty. */
  readonly deviceOwner: string
  /** Where it is bound; null until its server is placed. */
  readonly hostId: string | null
  readonly status: PortStatus
  readonly adminStateUp: boolean
  readonly portSecurity: boolean
  readonly allowedAddressPairs: readonly AddressPair[]
  /** True: made for its server, and deleted with it. False: made by a user, and only detached. */
  readonly deleteWithDevice: boolean
  readonly tags: readonly string[]
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

export const serverDeviceOwner = 'compute:nova'

/**
 * Every index costs on each server's creation. Whether a network or a security group is in use is a
 * counter's question, so neither has an index of its own.
 */
export const portKind = defineKind<Port>('port', {
  byDevice: { fields: ['deviceId'] },
  byProject: { fields: ['projectId', 'networkId'] },
  byMac: { fields: ['mac'], unique: true },
})
