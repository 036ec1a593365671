import { defineKind, type Stored } from '../kind.ts'
import type { FixedIp } from './port.ts'
import type { HostRoute } from './subnet.ts'

/**
 * `BUILD`: the data plane has not confirmed the router yet. `ACTIVE`: it has, or is given a change.
 * `ERROR`: a change is long overdue; it is tried still. `DELETING`: goes when the data plane has
 * confirmed that nothing answers for it any more.
 */
export const routerStatuses = ['BUILD', 'ACTIVE', 'ERROR', 'DELETING'] as const
export type RouterStatus = (typeof routerStatuses)[number]

/** An address of a router on a subnet, held by a port of its own. */
export interface RouterInterface {
  readonly portId: string
  readonly networkId: string
  readonly subnetId: string
  readonly address: string
  /** The block of the subnet: its own never changes. */
  readonly cidr: string
}

/** Where a router leaves the cloud. */
export interface RouterGateway {
  readonly portId: string
  readonly networkId: string
  /** True: what leaves has the gateway's address as its source. */
  readonly enableSnat: boolean
  readonly fixedIps: readonly FixedIp[]
  /** Blocks of those subnets, in the same order. */
  readonly cidrs: readonly string[]
}

/** What the data plane is told, and has confirmed, as generations: equal at rest. */
export interface Configured {
  /** Grows with each change that the data plane must know of. */
  readonly generation: number
  /** The newest that the data plane has confirmed; 0 = none. */
  readonly observed: number
}

/** Forwards between subnets, and between them and an external network. */
export interface Router extends Stored, Configured {
  readonly projectId: string
  readonly name: string
  readonly description: string
  readonly status: RouterStatus
  readonly adminStateUp: boolean
  readonly externalGateway: RouterGateway | null
  /**
   * In the order in which they were added. Changing this list changes `rev`: so two subnets that
   * overlap can never both be added.
   */
  readonly interfaces: readonly RouterInterface[]
  /** Extra routes: at most one next hop of each destination. */
  readonly routes: readonly HostRoute[]
  /** Ports given up, whose addresses they hold until that is confirmed. Absent = none. */
  readonly leaving?: readonly string[]
  readonly tags: readonly string[]
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

export const routerKind = defineKind<Router>(
  'router',
  { byProject: { fields: ['projectId'] } },
  { events: { state: ({ status }) => status.toLowerCase() } },
)

/**
 * That a router has an interface on a subnet. The id is `subnetId/routerId`: a router is on a
 * subnet once, and the routers of a subnet lie together.
 */
export interface SubnetRouter extends Stored {
  readonly portId: string
}

export const subnetRouterKind = defineKind<SubnetRouter>('subnetRouter', {})

export function subnetRouterId(subnetId: string, routerId: string): string {
  return `${subnetId}/${routerId}`
}

/** The router of a row. */
export function routerIdOf({ id }: Pick<SubnetRouter, 'id'>): string {
  return id.slice(id.indexOf('/') + 1)
}
