import { defineKind, type UsageMeter } from '../kind.ts'
import type { TreeRow } from './tree.ts'

/** How many appliances carry a load balancer. */
export const topologies = ['SINGLE', 'ACTIVE_STANDBY'] as const
export type Topology = (typeof topologies)[number]

/** Where a load balancer is reached. */
export interface Vip {
  readonly portId: string
  readonly networkId: string
  /** Of the first address. */
  readonly subnetId: string
  /** The first address. */
  readonly address: string
  /** All addresses of the port. */
  readonly addresses: readonly string[]
}

/** The root of a tree of listeners, pools and members. */
export interface LoadBalancer extends TreeRow {
  readonly name: string
  readonly description: string
  readonly adminStateUp: boolean
  readonly vip: Vip
  readonly topology: Topology
  /** How often its appliances were ordered to be replaced. */
  readonly failovers: number
  /** True: nothing below it exists any more, and it goes once nothing answers for it. */
  readonly deleting: boolean
  readonly tags: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
}

const loadBalancerMeter: UsageMeter<LoadBalancer> = {
  classes: ['loadBalancers'],
  index: 'byProject',
  amounts: () => [1],
}

export const loadBalancerKind = defineKind<LoadBalancer>(
  'loadBalancer',
  { byProject: { fields: ['projectId'] } },
  { meter: loadBalancerMeter, events: {} },
)

/** On the port of a load balancer's address, as its `deviceOwner`. */
export const vipDeviceOwner = 'Octavia'

/**
 * `edits`: changes so far, which number the generations of what is wanted. `open`: its work under
 * way. `rows`: rows below it, full once it is being deleted. `marks`: the sum of all marks.
 */
export function balancerScope(balancerId: string): string {
  return `loadBalancer:${balancerId}`
}
