import {
  qosPolicyGet,
  type QosRule,
  qosRuleCreate,
  qosRuleDelete,
  qosRuleUpdate,
} from '@nephos/core'
import {
  qosRuleBody,
  qosRuleBodyOf,
  qosRuleFields,
  qosRuleNames,
  qosRuleParameters,
  qosRuleNew,
} from '../../wire/network/qos.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json, nothing } from '../reply.ts'
import { ask, type Asked } from './calls.ts'
import { answerList, type Collection } from './collection.ts'
import { requireManager } from './qos-policies.ts'

type RuleType = QosRule['type']

async function rulesOf(x: Asked, type: RuleType): Promise<readonly QosRule[]> {
  const { rules } = await ask(x, qosPolicyGet, { id: x.param('policy_id') })
  return rules.filter((rule) => rule.type === type)
}

async function ruleOf(x: Asked, type: RuleType): Promise<QosRule> {
  const found = (await rulesOf(x, type)).find(({ id }) => id === x.param('id'))
  return found ?? x.refuse(404, 'No such qosRule.', 'id')
}

/** A policy has few rules: they are one page. */
function collection(type: RuleType, path: string): Collection<QosRule> {
  return {
    one: qosRuleNames[type],
    many: `${qosRuleNames[type]}s`,
    path,
    attributes: ['id', 'max_kbps', 'max_burst_kbps', 'min_kbps', 'dscp_mark', 'direction'],
    read: async (x, { marker }) => {
      const rules = await rulesOf(x, type)
      const at = rules.findIndex(({ id }) => id === marker)
      return marker === undefined ? rules : rules.slice(at + 1)
    },
    bodies: (_x, rows) => rows.map(qosRuleBody),
  }
}

const conflict = { conflict: 'QoSRuleParameterConflict' } as const

interface RuleNoun {
  readonly type: RuleType
  /** `bandwidth_limit_rule`. */
  readonly one: string
  readonly path: string
  /** For people. */
  readonly title: string
  /** Begins the ids of endpoints. */
  readonly id: string
}

/** Rules of one type (https://docs.openstack.org/api-ref/network/v2/#qos-bandwidth-limit-rules). */
function rulesEndpoints(type: RuleType): readonly EndpointRow[] {
  const one = qosRuleNames[type]
  const path = `/qos/policies/{policy_id}/${one}s`
  const title = one.replaceAll('_', ' ')
  const noun = { type, one, path, title, id: `network.qosRules.${type}` }
  return [...allRules(noun), ...oneRule(noun)]
}

function allRules({ id, one, path, title, type }: RuleNoun): readonly EndpointRow[] {
  const shared = { path, access: 'token' } as const
  const noun = collection(type, path)
  return [
    endpoint({
      ...shared,
      id: `${id}.list`,
      method: 'GET',
      summary: `Lists the ${title}s of a policy.`,
      operations: [qosPolicyGet],
      status: 200,
      run: (x) => answerList(x, noun),
    }),
    endpoint({
      ...shared,
      id: `${id}.create`,
      method: 'POST',
      summary: `Adds a ${title} to a policy.`,
      operations: [qosRuleCreate],
      body: qosRuleBodyOf(type),
      status: 201,
      run: async (x) => {
        x.requireOperator()
        const input = { policyId: x.param('policy_id'), rule: qosRuleNew(type, x.body) }
        return json({ [one]: qosRuleBody(await ask(x, qosRuleCreate, input, conflict)) })
      },
    }),
  ]
}

function oneRule({ id, one, path, title, type }: RuleNoun): readonly EndpointRow[] {
  const single = { path: `${path}/{id}`, access: 'token' } as const
  return [
    endpoint({
      ...single,
      id: `${id}.get`,
      method: 'GET',
      summary: `Shows a ${title} of a policy.`,
      operations: [qosPolicyGet],
      status: 200,
      run: async (x) => json({ [one]: qosRuleBody(await ruleOf(x, type)) }),
    }),
    endpoint({
      ...single,
      id: `${id}.update`,
      method: 'PUT',
      summary: `Changes a ${title} of a policy.`,
      operations: [qosPolicyGet, qosRuleUpdate],
      body: qosRuleBodyOf(type),
      status: 200,
      run: async (x) => {
        await requireManager(x, x.param('policy_id'))
        await ruleOf(x, type)
        const ids = { policyId: x.param('policy_id'), id: x.param('id') }
        const input = { ...ids, ...qosRuleFields(x.body) }
        return json({ [one]: qosRuleBody(await ask(x, qosRuleUpdate, input, conflict)) })
      },
    }),
    endpoint({
      ...single,
      id: `${id}.delete`,
      method: 'DELETE',
      summary: `Takes a ${title} out of a policy.`,
      operations: [qosPolicyGet, qosRuleDelete],
      status: 204,
      run: async (x) => {
        await requireManager(x, x.param('policy_id'))
        await ruleOf(x, type)
        await ask(x, qosRuleDelete, { policyId: x.param('policy_id'), id: x.param('id') })
        return nothing
      },
    }),
  ]
}

const types = Object.keys(qosRuleNames) as RuleType[]

/** `bandwidth_limit`. */
function typeName(type: RuleType): string {
  return qosRuleNames[type].slice(0, -'_rule'.length)
}

/** Rules of QoS policies, and which types of them there are. */
export const qosRules: readonly EndpointRow[] = [
  ...types.flatMap(rulesEndpoints),
  endpoint({
    id: 'network.qosRuleTypes.list',
    method: 'GET',
    path: '/qos/rule-types',
    summary: 'Lists the types of rules that policies may have.',
    access: 'token',
    operations: [],
    status: 200,
    run: () => json({ rule_types: types.map((type) => ({ type: typeName(type) })) }),
  }),
  endpoint({
    id: 'network.qosRuleTypes.get',
    method: 'GET',
    path: '/qos/rule-types/{rule_type}',
    summary: 'Shows a type of rules, and what it takes.',
    access: 'token',
    operations: [],
    status: 200,
    run: (x) => {
      x.requireOperator()
      const type = types.find((one) => typeName(one) === x.param('rule_type'))
      if (!type) return x.refuse(404, 'No such qosRuleType.', 'rule_type')
      const drivers = [{ name: 'nephos', supported_parameters: qosRuleParameters[type] }]
      return json({ rule_type: { type: typeName(type), drivers } })
    },
  }),
]
