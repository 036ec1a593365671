import { limits } from '../../../base/limits.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import {
  qosPolicyCreate,
  qosPolicyDelete,
  qosPolicyGet,
  qosPolicyUpdate,
} from '../../network/qos/policy.ts'
import { qosRuleCreate, qosRuleDelete, qosRuleUpdate } from '../../network/qos/rule.ts'
import { madeType } from './made.ts'
import { flagOf, numberOf, present, type PropertySpecs, textOf, textsOf } from './property.ts'
import type { ResourceType } from './type.ts'

const text = { type: 'string' } as const

export const neutronQosPolicy: ResourceType = madeType(
  {
    name: 'OS::Neutron::QoSPolicy',
    summary: 'How much traffic ports and networks may have.',
    properties: {
      name: { ...text, max: limits.nameLength, updatable: true },
      description: { ...text, max: limits.descriptionLength, updatable: true },
      shared: { type: 'boolean', default: false, updatable: true },
      tenant_id: text,
      tags: { type: 'list', items: text, default: [], updatable: true },
    },
    attributes: { rules: 'Its rules.' },
  },
  {
    make: (work, given, key) =>
      work.call(
        qosPolicyCreate,
        {
          ...fieldsOf(given),
          projectId: textOf(given, 'tenant_id') ?? work.stack.projectId,
        },
        key,
      ),
    change: (work, id, { to }, key) => work.call(qosPolicyUpdate, { id, ...fieldsOf(to) }, key),
    look: (work, id) => work.call(qosPolicyGet, { id }),
    drop: (work, id, _, key) => work.call(qosPolicyDelete, { id }, key),
    idOf: ({ id }) => id,
    told: ({ rules }) => ({ rules: rules.map((rule) => ({ ...rule })) }),
  },
)

function fieldsOf(given: JsonMap) {
  return present({
    name: textOf(given, 'name') ?? '',
    description: textOf(given, 'description') ?? '',
    shared: flagOf(given, 'shared'),
    tags: textsOf(given, 'tags'),
  })
}

type RuleInput = (typeof qosRuleCreate)['input']['_zod']['input']['rule']

/** A rule is called by its own id; its policy is among its properties. */
function ruleType(
  about: { readonly name: string; readonly summary: string; readonly properties: PropertySpecs },
  ruleOf: (given: JsonMap) => RuleInput,
): ResourceType {
  const policyOf = (given: JsonMap): string => textOf(given, 'policy') as string
  return madeType(
    {
      ...about,
      properties: { policy: { ...text, required: true }, tenant_id: text, ...about.properties },
      attributes: {},
    },
    {
      make: (work, given, key) =>
        work.call(qosRuleCreate, { policyId: policyOf(given), rule: ruleOf(given) }, key),
      change: (work, id, { to }, key) => {
        const { type: _, ...fields } = ruleOf(to)
        return work.call(qosRuleUpdate, { id, policyId: policyOf(to), ...fields }, key)
      },
      drop: (work, id, given, key) =>
        work.call(qosRuleDelete, { id, policyId: policyOf(given) }, key),
      idOf: ({ id }) => id,
      told: () => ({}),
    },
  )
}

const kilobits = { type: 'integer', min: 0, updatable: true } as const
const direction = {
  ...text,
  default: 'egress',
  allowed: ['egress', 'ingress'],
  updatable: true,
} as const
const directionOf = (given: JsonMap) => textOf(given, 'direction') as 'egress' | 'ingress'

export const neutronQosBandwidthLimit: ResourceType = ruleType(
  {
    name: 'OS::Neutron::QoSBandwidthLimitRule',
    summary: 'No more traffic than so much.',
    properties: {
      max_kbps: { ...kilobits, required: true },
      max_burst_kbps: { ...kilobits, default: 0 },
      direction,
    },
  },
  (given) => ({
    type: 'bandwidthLimit',
    maxKbps: numberOf(given, 'max_kbps') as number,
    maxBurstKbits: numberOf(given, 'max_burst_kbps') as number,
    direction: directionOf(given),
  }),
)

export const neutronQosDscpMarking: ResourceType = ruleType(
  {
    name: 'OS::Neutron::QoSDscpMarkingRule',
    summary: 'What packets that leave are marked with.',
    properties: { dscp_mark: { ...kilobits, required: true, max: 56 } },
  },
  (given) => ({ type: 'dscpMarking', dscpMark: numberOf(given, 'dscp_mark') as number }),
)

export const neutronQosMinimumBandwidth: ResourceType = ruleType(
  {
    name: 'OS::Neutron::QoSMinimumBandwidthRule',
    summary: 'No less traffic than so much.',
    properties: { min_kbps: { ...kilobits, required: true }, direction },
  },
  (given) => ({
    type: 'minimumBandwidth',
    minKbps: numberOf(given, 'min_kbps') as number,
    direction: directionOf(given),
  }),
)
