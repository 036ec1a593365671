import { z } from 'zod'
import { CloudError } from '../../../base/errors.ts'
import { limits } from '../../../base/limits.ts'
import { Writes } from '../../../commit/writes.ts'
import {
  type QosPolicy,
  qosPolicyKind,
  type QosRule,
  qosRuleTypes,
} from '../../../model/network/qos-policy.ts'
import { ruleDirections } from '../../../model/network/security-group.ts'
import type { Call } from '../../call.ts'
import { fetchOne, notFound } from '../../fetch.ts'
import { idField } from '../../fields.ts'
import { given } from '../../given.ts'
import { defineOperation } from '../../operation.ts'
import { planTold } from './policy.ts'

const kilobits = z.int().min(0).max(2_147_483_647)
const direction = z.enum(ruleDirections)

/** The marks that have a meaning (RFC 2474, RFC 2597, RFC 3246, RFC 5865). */
export const dscpMarks: readonly number[] = [
  ...[0, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30],
  ...[32, 34, 36, 38, 40, 44, 46, 48, 56],
]
const markField = z.int().refine((mark) => dscpMarks.includes(mark), 'is no mark of DSCP')

const ruleField = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal(qosRuleTypes[0]),
    direction: direction.default('egress'),
    maxKbps: kilobits,
    maxBurstKbits: kilobits.default(0),
  }),
  z.strictObject({ type: z.literal(qosRuleTypes[1]), dscpMark: markField }),
  z.strictObject({
    type: z.literal(qosRuleTypes[2]),
    direction: direction.default('egress'),
    minKbps: kilobits,
  }),
])

const createInput = z.strictObject({ policyId: idField, rule: ruleField })

export const qosRuleCreate = defineOperation({
  id: 'network.qosRule.create',
  summary: 'Adds a rule to a QoS policy: it holds at once for all that have the policy.',
  policy: { scope: 'any', role: 'member' },
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<QosRule> => {
    const policy = await ownPolicy(call, input.policyId)
    const rule: QosRule = { id: call.kernel.ids.next(), ...input.rule }
    await commitRules(call, policy, [...policy.rules, rule], rule)
    return rule
  },
})

const updateInput = z.strictObject({
  policyId: idField,
  id: idField,
  direction: direction.optional(),
  maxKbps: kilobits.optional(),
  maxBurstKbits: kilobits.optional(),
  dscpMark: markField.optional(),
  minKbps: kilobits.optional(),
})

export const qosRuleUpdate = defineOperation({
  id: 'network.qosRule.update',
  summary: 'Changes a rule of a QoS policy.',
  policy: { scope: 'any', role: 'member' },
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<QosRule> => {
    const { id, policyId, ...patch } = input
    const policy = await ownPolicy(call, policyId)
    const before = ruleOf(policy, id)
    for (const field of Object.keys(given(patch))) {
      if (field in before) continue
      throw new CloudError('invalid', `${field}: is not of a rule of this type.`, { field })
    }
    const rule = { ...before, ...given(patch) } as QosRule
    const rules = policy.rules.map((one) => (one.id === id ? rule : one))
    await commitRules(call, policy, rules, rule)
    return rule
  },
})

const deleteInput = z.strictObject({ policyId: idField, id: idField })

export const qosRuleDelete = defineOperation({
  id: 'network.qosRule.delete',
  summary: 'Takes a rule out of a QoS policy.',
  policy: { scope: 'any', role: 'member' },
  input: deleteInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof deleteInput>): Promise<null> => {
    const policy = await ownPolicy(call, input.policyId)
    const gone = ruleOf(policy, input.id)
    const rules = policy.rules.filter((rule) => rule !== gone)
    await commitRules(call, policy, rules, null)
    return null
  },
})

function ownPolicy(call: Call, id: string): Promise<QosPolicy> {
  return fetchOne(call, qosPolicyKind, id, 'policyId')
}

/** @throws CloudError `notFound`. */
function ruleOf(policy: QosPolicy, id: string): QosRule {
  const rule = policy.rules.find((one) => one.id === id)
  if (!rule) throw notFound('qosRule', 'id')
  return rule
}

/** A policy's rules are its row's: of two changes at once one comes second, and sees the other. */
async function commitRules(
  call: Call,
  before: QosPolicy,
  rules: readonly QosRule[],
  answer: QosRule | null,
): Promise<void> {
  requireApart(rules)
  const generation = before.generation + 1
  const policy = { ...before, rules, generation, updatedAt: call.kernel.clock.now() }
  const writes = new Writes().update(qosPolicyKind, policy)
  planTold(call, writes, policy)
  await call.commit(writes, [policy.id, ...(answer ? [answer.id] : [])], answer)
}

/** @throws CloudError `conflict` for two rules about the same, or a least above a most. */
function requireApart(rules: readonly QosRule[]): void {
  const seen = new Map<string, QosRule>()
  for (const rule of rules) {
    const key = `${rule.type} ${'direction' in rule ? rule.direction : ''}`
    if (seen.has(key)) {
      throw new CloudError('conflict', 'rule: the policy has one of this type already.', {
        field: 'rule',
        detail: { ruleId: seen.get(key)?.id },
      })
    }
    seen.set(key, rule)
  }
  for (const rule of rules) {
    if (rule.type !== 'minimumBandwidth') continue
    const most = seen.get(`bandwidthLimit ${rule.direction}`)
    if (most?.type !== 'bandwidthLimit' || rule.minKbps <= most.maxKbps) continue
    throw new CloudError('conflict', 'rule: promises more than the policy allows.', {
      field: 'rule',
      limit: most.maxKbps,
    })
  }
  if (rules.length > limits.qosRules) {
    throw new CloudError('conflict', 'rule: would be too many.', {
      field: 'rule',
      limit: limits.qosRules,
    })
  }
}
