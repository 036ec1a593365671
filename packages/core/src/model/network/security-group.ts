import { defineKind, type Stored } from '../kind.ts'
import type { Lent } from './rbac-policy.ts'

/** A named set of rules that allow traffic; what no rule allows is dropped. */
export interface SecurityGroup extends Stored, Lent {
  readonly projectId: string
  readonly name: string
  readonly description: string
  /** True: the project's own, made with it, never deleted alone, not charged to its quota. */
  readonly isDefault: boolean
  /** False: answers to what a rule allowed need rules of their own. */
  readonly stateful: boolean
  readonly tags: readonly string[]
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

export const ruleDirections = ['ingress', 'egress'] as const
export type RuleDirection = (typeof ruleDirections)[number]
export const etherTypes = ['IPv4', 'IPv6'] as const
export type EtherType = (typeof etherTypes)[number]

/** What a rule says in other words: `6` for `tcp`, `0.0.0.0/0` for any address. */
export interface WrittenRule {
  readonly protocol?: string
  readonly remoteIpPrefix?: string
}

export interface SecurityGroupRule extends Stored {
  readonly projectId: string
  readonly groupId: string
  readonly description: string
  readonly direction: RuleDirection
  readonly etherType: EtherType
  /** A canonical IANA name, or the decimal number of a protocol without one; null = any. */
  readonly protocol: string | null
  /** First port, or the ICMP type; null = any. */
  readonly portRangeMin: number | null
  /** Last port, or the ICMP code; null = any. */
  readonly portRangeMax: number | null
  /** A CIDR without host bits. At most one of this and the two below is set; none = any. */
  readonly remoteIpPrefix: string | null
  /** The addresses of the members of a group. */
  readonly remoteGroupId: string | null
  readonly remoteAddressGroupId: string | null
  /** How its maker wrote what means the same, for interfaces that show it so. Absent = as above. */
  readonly written?: WrittenRule
  /** Everything that tells rules of all groups apart: equal keys are duplicates. */
  readonly key: string
  /** False: came with a default group, not charged to the quota. */
  readonly charged: boolean
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

export const securityGroupKind = defineKind<SecurityGroup>(
  'securityGroup',
  { byProject: { fields: ['projectId'] } },
  { events: {} },
)

export const securityGroupRuleKind = defineKind<SecurityGroupRule>('securityGroupRule', {
  byProject: { fields: ['projectId'] },
  byGroup: { fields: ['groupId'] },
  byKey: { fields: ['key'], unique: true },
})
