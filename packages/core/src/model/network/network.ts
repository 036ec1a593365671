import { defineKind, type Stored } from '../kind.ts'
import type { Lent } from './rbac-policy.ts'
import type { NetworkSegment } from './segment.ts'

export type NetworkStatus = 'ACTIVE' | 'DOWN' | 'BUILD' | 'ERROR'

/** A layer 2 segment. */
export interface Network extends Stored, Lent {
  readonly projectId: string
  readonly name: string
  readonly description: string
  readonly status: NetworkStatus
  readonly adminStateUp: boolean
  /** True: every project may see it and put ports on it. */
  readonly shared: boolean
  /** True: leads out of the cloud. Who may see it may take floating IPs and gateways. */
  readonly external: boolean
  /** Projects that may get out by it. Absent = every one, if it leads out. */
  readonly externalTo?: readonly string[]
  /** Default of its ports. */
  readonly portSecurity: boolean
  /** Bytes. */
  readonly mtu: number
  /** What carries it. */
  readonly provider?: NetworkSegment
  /** Of the segment, so that no two networks have the same: where its number counts, and that. */
  readonly segmentPool?: string
  readonly segmentationId?: number
  /** Where the world's DNS has its ports, such as `example.org.`. Absent = nowhere. */
  readonly dnsDomain?: string
  /** Of its ports that have none of their own. Absent = none. */
  readonly qosPolicyId?: string
  /** Changing this list changes `rev`: so two subnets can never be added that overlap. */
  readonly subnetIds: readonly string[]
  readonly tags: readonly string[]
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

export const networkKind = defineKind<Network>(
  'network',
  {
    byProject: { fields: ['projectId'] },
    byShared: { fields: ['shared'] },
    byExternal: { fields: ['external'] },
    bySegment: { fields: ['segmentPool', 'segmentationId'], unique: true },
  },
  { events: {} },
)
