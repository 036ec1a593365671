import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { policyScope } from '../../model/balancer/l7-policy.ts'
import {
  l7Comparisons,
  type L7Rule,
  l7RuleKind,
  type L7RuleType,
  l7RuleTypes,
} from '../../model/balancer/l7-rule.ts'
import type { TreeEdit } from './edit.ts'
import { createFields, tokenField } from './fields.ts'
import { rowOf, type Under } from './listener-plan.ts'

const { name: _name, ...fieldsOfRule } = createFields

export const ruleFields = {
  ...fieldsOfRule,
  type: z.enum(l7RuleTypes),
  compareType: z.enum(l7Comparisons),
  key: tokenField.nullable().default(null),
  /** Becomes part of a configuration: printable, without quotes, backslashes only in patterns. */
  value: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[\x21\x23-\x26\x28-\x7e]+$/, 'has spaces, quotes or control characters'),
  invert: z.boolean().default(false),
}

const ruleShape = z.strictObject(ruleFields)
export type RuleInput = z.infer<typeof ruleShape>

/** Types that look at one of several things, which their key names. */
const keyed: readonly L7RuleType[] = ['HEADER', 'COOKIE', 'SSL_DN_FIELD']
const fileTypes: readonly string[] = ['REGEX', 'EQUAL_TO']

/** @throws CloudError `invalid` for a comparison or key that the type does not have. */
export function requireRule(
  rule: Pick<L7Rule, 'type' | 'compareType' | 'key' | 'value'>,
  path: string,
): void {
  const { type, compareType, key, value } = rule
  const refuse = (name: string, why: string): never => {
    throw new CloudError('invalid', `${path}${name}: ${why}`, { field: `${path}${name}` })
  }
  if (keyed.includes(type) && key === null) refuse('key', `is needed by ${type}.`)
  if (!keyed.includes(type) && key !== null) refuse('key', `is not for ${type}.`)
  if (type === 'FILE_TYPE' && !fileTypes.includes(compareType)) {
    refuse('compareType', 'a file type is compared by REGEX or EQUAL_TO.')
  }
  if (type === 'SSL_CONN_HAS_CERT' && (compareType !== 'EQUAL_TO' || value !== 'True')) {
    refuse('value', 'is True, compared by EQUAL_TO.')
  }
  if (type === 'SSL_VERIFY_RESULT' && (compareType !== 'EQUAL_TO' || !/^\d{1,3}$/.test(value))) {
    refuse('value', 'is the number of a result, compared by EQUAL_TO.')
  }
  if (compareType === 'REGEX' && !isPattern(value)) refuse('value', 'is no regular expression.')
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp
  } catch {
    return false
  }
}

/** Writes a rule of a policy, and counts it there. */
export function planRule(edit: TreeEdit, under: Under, policyId: string, input: RuleInput): L7Rule {
  edit.writes.add({ scope: policyScope(policyId), name: 'rules', add: 1 })
  return edit.insert(l7RuleKind, { ...rowOf(under), ...input, policyId })
}
