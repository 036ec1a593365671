import type { IpVersion } from '../../base/cidr.ts'
import { defineKind, type Stored } from '../kind.ts'
import type { Lent } from './rbac-policy.ts'

/** A block that a pool gave to a subnet. */
export interface PoolAllocation {
  readonly subnetId: string
  /** The subnet's project: what it has of the pool is bounded by the pool's quota. */
  readonly projectId: string
  readonly cidr: string
}

/** Blocks from which subnets are cut, so that no two of them overlap. */
export interface SubnetPool extends Stored, Lent {
  readonly projectId: string
  readonly name: string
  readonly description: string
  readonly version: IpVersion
  /** Canonical, disjoint, in address order, merged where two make one. */
  readonly prefixes: readonly string[]
  /** Lengths of prefixes that subnets may have, and the one that they get unless they ask. */
  readonly minPrefix: number
  readonly maxPrefix: number
  readonly defaultPrefix: number
  /** What one project may have of it: IPv4 addresses, or IPv6 blocks of /64. Null = no bound. */
  readonly defaultQuota: number | null
  /** Changing this list changes `rev`: so two subnets can never be cut that overlap. */
  readonly allocations: readonly PoolAllocation[]
  /** True: every project may cut subnets from it. */
  readonly shared: boolean
  /**
   * The version, if it is the pool of subnets that ask for the default one; there is one of each.
   */
  readonly defaultOf: IpVersion | null
  readonly tags: readonly string[]
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

export const subnetPoolKind = defineKind<SubnetPool>(
  'subnetPool',
  {
    byProject: { fields: ['projectId'] },
    byShared: { fields: ['shared'] },
    byDefault: { fields: ['defaultOf'], unique: true },
  },
  { events: {} },
)
