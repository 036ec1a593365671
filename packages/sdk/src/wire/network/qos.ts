import {
  dscpMarks,
  type InputOf,
  type QosPolicy,
  type QosRule,
  type qosRuleCreate,
} from '@nephos/core'
import { z } from 'zod'
import { type Body, envelope, isLent, ownerFields, standardBody, truth, whole } from './fields.ts'

const text = z.string()

const changeable = {
  // Told before who may change it, as with Neutron.
  name: text.max(255).optional(),
  description: text.max(255).optional(),
  is_default: truth.optional(),
  shared: truth.optional(),
}

export const qosPolicyCreateBody = envelope(
  'policy',
  z.strictObject({ ...changeable, ...ownerFields, tags: z.array(text).optional() }),
)
export const qosPolicyUpdateBody = envelope('policy', z.strictObject(changeable))

type RuleType = QosRule['type']

/** What the wire calls each type of rule; in lists with an s. */
export const qosRuleNames: Readonly<Record<RuleType, string>> = {
  bandwidthLimit: 'bandwidth_limit_rule',
  dscpMarking: 'dscp_marking_rule',
  minimumBandwidth: 'minimum_bandwidth_rule',
}

const kilobits = {
  parameter_type: 'range',
  parameter_range: { start: 0, end: 2_147_483_647 },
}
const direction = { parameter_type: 'choices', parameter_values: ['egress', 'ingress'] }

/** What a rule of each type takes, as the details of its type tell it. */
export const qosRuleParameters: Readonly<Record<RuleType, readonly Body[]>> = {
  bandwidthLimit: [
    { parameter_name: 'max_kbps', ...kilobits },
    { parameter_name: 'max_burst_kbps', ...kilobits },
    { parameter_name: 'direction', ...direction },
  ],
  dscpMarking: [
    { parameter_name: 'dscp_mark', parameter_type: 'choices', parameter_values: dscpMarks },
  ],
  minimumBandwidth: [
    { parameter_name: 'min_kbps', ...kilobits },
    { parameter_name: 'direction', ...direction },
  ],
}

const rule = z.strictObject({
  max_kbps: whole.optional(),
  max_burst_kbps: whole.optional(),
  min_kbps: whole.optional(),
  dscp_mark: whole.optional(),
  direction: text.optional(),
})

/** The body of a rule of a type. */
export function qosRuleBodyOf(type: RuleType): z.ZodType<z.infer<typeof rule>> {
  return envelope(qosRuleNames[type], rule)
}

type Changes = {
  readonly [key in 'maxKbps' | 'maxBurstKbits' | 'minKbps' | 'dscpMark']?: number
} & { readonly direction?: 'ingress' | 'egress' }

/** What a body says of a rule, in the core's words. */
export function qosRuleFields(body: z.infer<typeof rule>): Changes {
  const fields = {
    maxKbps: body.max_kbps,
    maxBurstKbits: body.max_burst_kbps,
    minKbps: body.min_kbps,
    dscpMark: body.dscp_mark,
    direction: body.direction,
  }
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as Changes
}

/** A new rule of a type. What does not belong to the type is told by the operation. */
export function qosRuleNew(
  type: RuleType,
  body: z.infer<typeof rule>,
): InputOf<typeof qosRuleCreate>['rule'] {
  return { type, ...qosRuleFields(body) } as InputOf<typeof qosRuleCreate>['rule']
}

/** A rule (https://docs.openstack.org/api-ref/network/v2/#qos-bandwidth-limit-rules). */
export function qosRuleBody(row: QosRule): Body {
  switch (row.type) {
    case 'bandwidthLimit':
      return {
        id: row.id,
        max_kbps: row.maxKbps,
        max_burst_kbps: row.maxBurstKbits,
        direction: row.direction,
      }
    case 'dscpMarking':
      return { id: row.id, dscp_mark: row.dscpMark }
    case 'minimumBandwidth':
      return { id: row.id, min_kbps: row.minKbps, direction: row.direction }
  }
}

/** A policy (https://docs.openstack.org/api-ref/network/v2/#qos-policies-qos). */
export function qosPolicyBody(row: QosPolicy, viewer: string | null): Body {
  return {
    ...standardBody(row),
    name: row.name,
    shared: isLent(row, viewer),
    is_default: row.defaultOf !== null,
    rules: row.rules.map((one) => ({
      ...qosRuleBody(one),
      type: qosRuleNames[one.type].replace(/_rule$/, ''),
      qos_policy_id: row.id,
    })),
    tags: row.tags,
  }
}
