import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import {
  l7Actions,
  type L7Policy,
  l7PolicyKind,
  policyScope,
  redirectCodes,
} from '../../model/balancer/l7-policy.ts'
import { type L7Rule, l7RuleKind } from '../../model/balancer/l7-rule.ts'
import { listenerScope } from '../../model/balancer/listener.ts'
import { type ListenerProtocol, readsHttp } from '../../model/balancer/protocols.ts'
import { openCounter, requireAtMost } from '../network/counters.ts'
import { chargeQuota } from '../quota.ts'
import type { TreeEdit } from './edit.ts'
import { describedFields, urlField } from './fields.ts'
import { rowOf, type Under } from './listener-plan.ts'
import { countReference } from './pool-plan.ts'

/** What decides where requests go; which of them goes with which action is checked apart. */
export const redirectFields = {
  redirectUrl: urlField.nullable().default(null),
  redirectPrefix: urlField.nullable().default(null),
  redirectCode: z.literal(redirectCodes).nullable().default(null),
}

/** As documented: the last position there is. */
export const positionField = z
  .int()
  .min(1)
  .max(2 ** 31 - 1)

export const policyFields = {
  ...describedFields,
  action: z.enum(l7Actions),
  position: positionField.optional(),
  ...redirectFields,
}

const policyShape = z.strictObject(policyFields)
export type PolicyInput = z.infer<typeof policyShape>

const targets = {
  REJECT: undefined,
  REDIRECT_TO_POOL: 'redirectPoolId',
  REDIRECT_TO_URL: 'redirectUrl',
  REDIRECT_PREFIX: 'redirectPrefix',
} as const

type Redirects = Pick<
  L7Policy,
  'action' | 'redirectUrl' | 'redirectPrefix' | 'redirectPoolId' | 'redirectCode'
>

/** @throws CloudError `invalid` unless what the action needs is there, and nothing else. */
export function requireRedirect(policy: Redirects, path: string): void {
  const { action } = policy
  const needed = targets[action]
  for (const name of ['redirectPoolId', 'redirectUrl', 'redirectPrefix'] as const) {
    if ((policy[name] !== null) === (name === needed)) continue
    const field = `${path}${name}`
    const why = name === needed ? 'is needed by' : 'is not for'
    throw new CloudError('invalid', `${field}: ${why} ${action}.`, { field })
  }
  if (policy.redirectCode === null) return
  if (action === 'REDIRECT_TO_URL' || action === 'REDIRECT_PREFIX') return
  const field = `${path}redirectCode`
  throw new CloudError('invalid', `${field}: is not for ${action}.`, { field })
}

/** @throws CloudError `invalid` for a listener that reads no requests. */
export function requireReadsHttp(protocol: ListenerProtocol, field: string): void {
  if (readsHttp(protocol)) return
  throw new CloudError('invalid', `${field}: a ${protocol} listener reads no requests.`, {
    field,
    limit: 'HTTP, TERMINATED_HTTPS',
  })
}

/** Writes a policy and its counters. */
export function planPolicy(
  edit: TreeEdit,
  under: Under,
  listenerId: string,
  input: Omit<PolicyInput, 'position'> & Pick<L7Policy, 'position' | 'redirectPoolId'>,
): L7Policy {
  const isUrl = input.action === 'REDIRECT_TO_URL' || input.action === 'REDIRECT_PREFIX'
  const redirectCode = isUrl ? (input.redirectCode ?? 302) : null
  const row = edit.insert(l7PolicyKind, { ...rowOf(under), ...input, listenerId, redirectCode })
  edit.writes.add({ scope: listenerScope(listenerId), name: 'policies', add: 1 })
  openCounter(edit.writes, policyScope(row.id), 'rules', limits.policyRules)
  countReference(edit.writes, null, row.redirectPoolId)
  return row
}

/**
 * Writes the removal of policies of one project, with their rules. What counts them on their
 * listener is the caller's.
 */
export function planPoliciesRemoval(
  edit: TreeEdit,
  policies: readonly L7Policy[],
  rules: readonly L7Rule[],
): void {
  edit.remove(l7PolicyKind, ...policies)
  edit.remove(l7RuleKind, ...rules)
  for (const policy of policies) {
    const scope = policyScope(policy.id)
    const own = rules.filter(({ policyId }) => policyId === policy.id).length
    requireAtMost(edit.writes, { scope, name: 'rules', limit: limits.policyRules }, own)
    edit.writes.drop(scope)
    countReference(edit.writes, policy.redirectPoolId, null)
    chargeQuota(edit.writes, policy.projectId, { l7Policies: 1 }, -1)
  }
}
