import { defineKind, type Stored } from '../kind.ts'
import type { Lent } from './rbac-policy.ts'
import type { RuleDirection } from './security-group.ts'

/** Kinds of rules: a port has at most one of each, for each direction where there are two. */
export const qosRuleTypes = ['bandwidthLimit', 'dscpMarking', 'minimumBandwidth'] as const
export type QosRuleType = (typeof qosRuleTypes)[number]

interface RuleOf<Type extends QosRuleType> {
  readonly id: string
  readonly type: Type
}

/** No more than so much, in kilobits. */
export interface BandwidthLimit extends RuleOf<'bandwidthLimit'> {
  readonly direction: RuleDirection
  /** Per second. */
  readonly maxKbps: number
  /** At once; 0 = as the data plane does. */
  readonly maxBurstKbits: number
}

/** What packets that leave are marked with (RFC 2474). */
export interface DscpMarking extends RuleOf<'dscpMarking'> {
  readonly dscpMark: number
}

/** No less than so much, in kilobits per second. */
export interface MinimumBandwidth extends RuleOf<'minimumBandwidth'> {
  readonly direction: RuleDirection
  readonly minKbps: number
}

export type QosRule = BandwidthLimit | DscpMarking | MinimumBandwidth

/** How much traffic ports may have. Those without a policy go by their network's. */
export interface QosPolicy extends Stored, Lent {
  readonly projectId: string
  readonly name: string
  readonly description: string
  /** The project, if its new networks get this policy; there is one of each project. */
  readonly defaultOf: string | null
  readonly rules: readonly QosRule[]
  readonly tags: readonly string[]
  /** Grows with each change of the rules: what the data plane is told by. */
  readonly generation: number
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

export const qosPolicyKind = defineKind<QosPolicy>(
  'qosPolicy',
  {
    byProject: { fields: ['projectId'] },
    byDefault: { fields: ['defaultOf'], unique: true },
  },
  { events: {} },
)
