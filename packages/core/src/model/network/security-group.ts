import { defineKind, type Stored } from '../kind.ts'

/** A named set of rules that allow traffic; what no rule allows is dropped. */
export interface SecurityGroup extends Stored {
  readonly projectId: string
  readonly name: string
  readonly description: string
  /** True: the project's own, made with it, never deleted alone, not charged to its quota. */
  readonly isDefault: boolean
  readonly tags: readonly string[]
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

export const ruleDirections = ['ingress', 'egress'] as const
export type RuleDirection = (typeof ruleDirections)[number]
export const etherTypes = ['IPv4', 'IPv6'] as const
export type EtherType = (typeof etherTypes)[number]

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
  /** A CIDR without host bits. At most one of this and `remoteGroupId` is set; neither = any. */
  readonly remoteIpPrefix: string | null
  readonly remoteGroupId: string | null
  /** Everything that tells rules of all groups apart: equal keys are duplicates. */
  readonly key: string
  /** False: came with a default group, not charged to the quota. */
  readonly charged: boolean
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

export const securityGroupKind = defineKind<SecurityGroup>('securityGroup', {
  byProject: { fields: ['projectId'] },
})

export const securityGroupRuleKind = defineKind<SecurityGroupRule>('securityGroupRule', {
  byProject: { fields: ['projectId'] },
  byGroup: { fields: ['groupId'] },
  byKey: { fields: ['key'], unique: true },
})
