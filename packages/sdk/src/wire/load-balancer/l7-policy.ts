import type { ChildView, L7Policy } from '@nephos/core'
import { z } from 'zod'
import {
  type Body,
  commonBody,
  commonFields,
  describedInput,
  ownerFields,
  type Reference,
  references,
  wholeField,
  withGiven,
} from './common.ts'
import type { PolicyChange, PolicyTreeInput } from './inputs.ts'
import { ruleInput, ruleShape } from './l7-rule.ts'

type PolicyView = ChildView<L7Policy>

const toUrl = ['REDIRECT_TO_URL', 'REDIRECT_PREFIX']

/** A policy (https://docs.openstack.org/api-ref/load-balancer/v2/#show-l7-policy-details). */
export function policyBody(
  row: PolicyView,
  { rules, rank }: { readonly rules: readonly Reference[]; readonly rank: number },
): Body {
  return {
    ...commonBody(row),
    name: row.name,
    description: row.description,
    action: row.action,
    listener_id: row.listenerId,
    position: rank,
    redirect_pool_id: row.redirectPoolId,
    redirect_url: row.redirectUrl,
    redirect_prefix: row.redirectPrefix,
    redirect_http_code: row.redirectCode ?? (toUrl.includes(row.action) ? 302 : null),
    rules: references(rules),
  }
}

const text = z.string()
const action = z.enum(['REJECT', 'REDIRECT_TO_URL', 'REDIRECT_PREFIX', 'REDIRECT_TO_POOL'])

const changeable = {
  ...commonFields,
  description: text.nullish(),
  position: wholeField.nullish(),
  redirect_pool_id: text.nullish(),
  redirect_url: text.nullish(),
  redirect_prefix: text.nullish(),
  redirect_http_code: z.literal([301, 302, 303, 307, 308]).nullish(),
}

/** https://docs.openstack.org/api-ref/load-balancer/v2/#create-an-l7-policy */
export const policyCreateBody = z.strictObject({
  l7policy: z.strictObject({ ...changeable, ...ownerFields, action, listener_id: text }),
})

/** https://docs.openstack.org/api-ref/load-balancer/v2/#update-a-l7-policy */
export const policyUpdateBody = z.strictObject({
  l7policy: z.strictObject({ ...changeable, action: action.nullish() }),
})

/** Within the request for a load balancer: its pool is one of the request. */
export const policyTreeBody = z.strictObject({
  ...changeable,
  ...ownerFields,
  action,
  redirect_pool: z.looseObject({ name: text }).nullish(),
  rules: z.array(ruleShape).nullish(),
})

type PolicyFields = z.infer<(typeof policyUpdateBody)['shape']['l7policy']>

/** What a request says of a policy, as the service takes it. */
export function policyInput(body: Omit<PolicyFields, 'action'>): Omit<PolicyChange, 'action'> {
  return {
    ...describedInput(body),
    ...withGiven({
      position: body.position ?? undefined,
      redirectPoolId: body.redirect_pool_id,
      redirectUrl: body.redirect_url,
      redirectPrefix: body.redirect_prefix,
      redirectCode: body.redirect_http_code,
    }),
  }
}

const targets = {
  REJECT: null,
  REDIRECT_TO_POOL: 'redirectPoolId',
  REDIRECT_TO_URL: 'redirectUrl',
  REDIRECT_PREFIX: 'redirectPrefix',
} as const

/** A change: with another action, what only the one before needed goes. */
export function policyChange(body: PolicyFields): PolicyChange {
  const { action: next } = body
  if (!next) return policyInput(body)
  const kept = targets[next]
  const cleared = {
    ...(kept !== 'redirectPoolId' && { redirectPoolId: null }),
    ...(kept !== 'redirectUrl' && { redirectUrl: null }),
    ...(kept !== 'redirectPrefix' && { redirectPrefix: null }),
    ...((next === 'REJECT' || next === 'REDIRECT_TO_POOL') && { redirectCode: null }),
  }
  return { ...cleared, ...policyInput(body), action: next }
}

/** A policy within the request for a load balancer. */
export function policyTreeInput(body: z.infer<typeof policyTreeBody>): PolicyTreeInput {
  const { redirectPoolId: _, ...fields } = policyInput(body)
  return {
    ...fields,
    action: body.action,
    ...withGiven({ redirectPool: body.redirect_pool?.name }),
    rules: (body.rules ?? []).map((rule) => ruleInput(rule)),
  }
}
