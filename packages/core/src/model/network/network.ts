import { defineKind, type Stored } from '../kind.ts'

export type NetworkStatus = 'ACTIVE' | 'DOWN' | 'BUILD' | 'ERROR'

/** A layer 2 segment. */
export interface Network extends Stored {
  readonly projectId: string
  readonly name: string
  readonly description: string
  readonly status: NetworkStatus
  readonly adminStateUp: boolean
  /** True: every project may see it and put ports on it. */
  readonly shared: boolean
  /** Default of its ports. */
  readonly portSecurity: boolean
  /** Bytes. */
  readonly mtu: number
  /** Changing this list changes `rev`: so two subnets can never be added that overlap. */
  readonly subnetIds: readonly string[]
  readonly tags: readonly string[]
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

export const networkKind = defineKind<Network>('network', {
  byProject: { fields: ['projectId'] },
  byShared: { fields: ['shared'] },
})
