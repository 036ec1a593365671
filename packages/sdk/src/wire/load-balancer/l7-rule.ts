import type { ChildView, L7Rule } from '@nephos/core'
import { z } from 'zod'
import {
  type Body,
  commonBody,
  commonFields,
  commonInput,
  ownerFields,
  withGiven,
} from './common.ts'
import type { RuleChange, RuleInput } from './inputs.ts'

/** A rule (https://docs.openstack.org/api-ref/load-balancer/v2/#show-l7-rule-details). */
export function ruleBody(row: ChildView<L7Rule>): Body {
  return {
    ...commonBody(row),
    type: row.type,
    compare_type: row.compareType,
    key: row.key,
    value: row.value,
    invert: row.invert,
  }
}

const { name: _name, ...fields } = commonFields
const text = z.string()
const type = z.enum([
  'HOST_NAME',
  'PATH',
  'FILE_TYPE',
  'HEADER',
  'COOKIE',
  'SSL_CONN_HAS_CERT',
  'SSL_VERIFY_RESULT',
  'SSL_DN_FIELD',
])
const comparison = z.enum(['REGEX', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'EQUAL_TO'])

const changeable = {
  ...fields,
  key: text.nullish(),
  invert: z.boolean().nullish(),
}

/** A rule that is to be. */
export const ruleShape = z.strictObject({
  ...changeable,
  ...ownerFields,
  type,
  compare_type: comparison,
  value: text,
})

/** https://docs.openstack.org/api-ref/load-balancer/v2/#create-an-l7-rule */
export const ruleCreateBody = z.strictObject({ rule: ruleShape })

/** https://docs.openstack.org/api-ref/load-balancer/v2/#update-a-l7-rule */
export const ruleUpdateBody = z.strictObject({
  rule: z.strictObject({
    ...changeable,
    type: type.optional(),
    compare_type: comparison.optional(),
    value: text.optional(),
  }),
})
type RuleFields = z.infer<(typeof ruleUpdateBody)['shape']['rule']>

/** What a change says of a rule. Null stands for the default. */
export function ruleChange(body: RuleFields): RuleChange {
  const { name: _, ...common } = commonInput(body)
  return {
    ...common,
    ...withGiven({
      type: body.type,
      compareType: body.compare_type,
      key: body.key,
      value: body.value,
      invert: body.invert === null ? false : body.invert,
    }),
  }
}

/** A rule as the service takes it. */
export function ruleInput(body: z.infer<typeof ruleShape>): RuleInput {
  const { type: own, compare_type: compareType, value } = body
  return { ...ruleChange(body), type: own, compareType, value }
}
