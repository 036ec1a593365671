import { defineKind, type Stored, type UsageMeter } from '../kind.ts'
import type { FixedIp } from './port.ts'
import type { Configured } from './router.ts'

/**
 * `DOWN`: nothing answers to the address. `ACTIVE`: the data plane has confirmed that what it is
 * associated with does. `ERROR`: a change is long overdue; it is tried still. `DELETING`: goes when
 * the data plane has confirmed that nothing answers to it any more.
 */
export const floatingIpStatuses = ['DOWN', 'ACTIVE', 'ERROR', 'DELETING'] as const
export type FloatingIpStatus = (typeof floatingIpStatuses)[number]

export const forwardingProtocols = ['tcp', 'udp', 'sctp', 'dccp', 'udplite'] as const
export type ForwardingProtocol = (typeof forwardingProtocols)[number]

/** Sends what comes to ports of a floating IP to those of a port. */
export interface PortForwarding {
  readonly id: string
  readonly description: string
  readonly protocol: ForwardingProtocol
  /** Both ends inclusive; as many as the internal ones, or these to a single internal one. */
  readonly externalPorts: readonly [first: number, last: number]
  readonly internalPorts: readonly [first: number, last: number]
  readonly portId: string
  readonly fixedIp: FixedIp
  /** The router that carries it, and its port on the external network. */
  readonly routerId: string
  readonly gatewayPortId: string
}

/** What a floating IP stands for. */
export interface FloatingIpTarget {
  readonly portId: string
  readonly fixedIp: FixedIp
  readonly routerId: string
  readonly gatewayPortId: string
}

/**
 * An address of an external network that a project holds. At most one of `target` and
 * `portForwardings` is set.
 */
export interface FloatingIp extends Stored, Configured {
  readonly projectId: string
  readonly description: string
  readonly networkId: string
  readonly subnetId: string
  readonly address: string
  readonly status: FloatingIpStatus
  readonly target: FloatingIpTarget | null
  readonly portForwardings: readonly PortForwarding[]
  /** What it is called, and in which domain. Absent = neither. */
  readonly dnsName?: string
  readonly dnsDomain?: string
  readonly tags: readonly string[]
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

const floatingIpMeter: UsageMeter<FloatingIp> = {
  classes: ['floatingIps'],
  index: 'byProject',
  amounts: () => [1],
}

export const floatingIpKind = defineKind<FloatingIp>(
  'floatingIp',
  { byProject: { fields: ['projectId'] } },
  { meter: floatingIpMeter, events: { state: ({ status }) => status.toLowerCase() } },
)

/** Everything that a floating IP stands for. */
export function floatingIpTargets(
  row: Pick<FloatingIp, 'target' | 'portForwardings'>,
): readonly FloatingIpTarget[] {
  return row.target ? [row.target, ...row.portForwardings] : row.portForwardings
}
