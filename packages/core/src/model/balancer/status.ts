import { defineKind } from '../kind.ts'
import type { MemberHealth, OperatingStatus } from './operating.ts'
import type { TreeRow } from './tree.ts'

/** Traffic of a listener since it was made. Bytes are those of its clients. */
export interface Traffic {
  readonly activeConnections: number
  readonly totalConnections: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly requestErrors: number
}

/** Counted by one incarnation of an appliance, on top of what earlier ones have counted. */
export interface ListenerTraffic {
  readonly epoch: string
  readonly base: Traffic
  readonly last: Traffic
}

/** The mark with which a row is in force, and how it fares. */
export interface InForce {
  readonly mark: number
  readonly status: OperatingStatus
}

/**
 * What was observed of a load balancer, under its id. Only workers write it, so that observing
 * never stands in the way of a change.
 */
export interface LoadBalancerStatus extends TreeRow {
  /** The generation in force; 0 = none yet. */
  readonly generation: number
  /** Grows when a worker needs a proof that it reads what is newer than a change. */
  readonly turns: number
  readonly operating: OperatingStatus
  /** By the id of the row below the load balancer. */
  readonly inForce: Readonly<Record<string, InForce>>
  /** Of members, as their driver last said. */
  readonly health: Readonly<Record<string, MemberHealth>>
  /** By listener. */
  readonly traffic: Readonly<Record<string, ListenerTraffic>>
}

export const loadBalancerStatusKind = defineKind<LoadBalancerStatus>('loadBalancerStatus', {})
