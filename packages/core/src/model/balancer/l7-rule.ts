import { defineKind } from '../kind.ts'
import { type Child, childIndexes } from './tree.ts'

export const l7RuleTypes = [
  'HOST_NAME',
  'PATH',
  'FILE_TYPE',
  'HEADER',
  'COOKIE',
  'SSL_CONN_HAS_CERT',
  'SSL_VERIFY_RESULT',
  'SSL_DN_FIELD',
] as const
export type L7RuleType = (typeof l7RuleTypes)[number]

export const l7Comparisons = ['REGEX', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'EQUAL_TO'] as const
export type L7Comparison = (typeof l7Comparisons)[number]

/** One condition of a policy. */
export interface L7Rule extends Child {
  readonly policyId: string
  readonly type: L7RuleType
  readonly compareType: L7Comparison
  /** Which header, cookie or field. */
  readonly key: string | null
  readonly value: string
  readonly invert: boolean
}

export const l7RuleKind = defineKind<L7Rule>(
  'l7Rule',
  { ...childIndexes, byPolicy: { fields: ['policyId'] } },
  { events: {} },
)
