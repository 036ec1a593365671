import { limits } from '../../../base/limits.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import {
  l7PolicyCreate,
  l7PolicyDelete,
  l7PolicyGet,
  l7PolicyUpdate,
} from '../../balancer/l7-policy.ts'
import { l7RuleCreate, l7RuleDelete, l7RuleGet, l7RuleUpdate } from '../../balancer/l7-rule.ts'
import { each, removal } from './each.ts'
import { balancerStanding } from './octavia-standing.ts'
import { flagOf, numberOf, present, textOf } from './property.ts'
import type { ResourceType } from './type.ts'

const text = { type: 'string' } as const
const updatable = { updatable: true } as const

type PolicyInput = (typeof l7PolicyCreate)['input']['_zod']['input']
type RuleInput = (typeof l7RuleCreate)['input']['_zod']['input']

export const octaviaL7Policy: ResourceType = {
  name: 'OS::Octavia::L7Policy',
  summary: 'What a listener does with requests that all rules match.',
  properties: {
    name: { ...text, max: limits.nameLength, ...updatable },
    description: { ...text, max: limits.descriptionLength, ...updatable },
    listener: { ...text, required: true },
    action: {
      ...text,
      required: true,
      allowed: ['REJECT', 'REDIRECT_TO_POOL', 'REDIRECT_TO_URL'],
      ...updatable,
    },
    redirect_pool: { ...text, ...updatable },
    redirect_url: { ...text, ...updatable },
    position: { type: 'number', min: 1, ...updatable },
    admin_state_up: { type: 'boolean', default: true, ...updatable },
  },
  attributes: {},
  create: each(async (work, row) => {
    const given = row.target as JsonMap
    const input = { listenerId: textOf(given, 'listener') as string, ...policyOf(given) }
    return balancerStanding(await work.call(l7PolicyCreate, input, work.keyOf(row, 'create')))
  }),
  update: each(async (work, row) => {
    const input = { id: row.physicalId ?? '', ...policyOf(row.target as JsonMap) }
    return balancerStanding(await work.call(l7PolicyUpdate, input, work.keyOf(row, 'update')))
  }),
  poll: each(async (work, row) =>
    balancerStanding(await work.call(l7PolicyGet, { id: row.physicalId ?? '' })),
  ),
  verify: each(async (work, row) =>
    balancerStanding(await work.call(l7PolicyGet, { id: row.physicalId ?? '' })),
  ),
  remove: removal((work, id, row) =>
    work.call(l7PolicyDelete, { id }, work.keyOf(row, `delete ${row.tries}`)),
  ),
}

function policyOf(given: JsonMap) {
  return present({
    name: textOf(given, 'name'),
    description: textOf(given, 'description'),
    action: textOf(given, 'action') as PolicyInput['action'],
    redirectPoolId: textOf(given, 'redirect_pool'),
    redirectUrl: textOf(given, 'redirect_url'),
    position: numberOf(given, 'position'),
    adminStateUp: flagOf(given, 'admin_state_up'),
  })
}

export const octaviaL7Rule: ResourceType = {
  name: 'OS::Octavia::L7Rule',
  summary: 'What a request must be for its policy.',
  properties: {
    l7policy: { ...text, required: true },
    type: {
      ...text,
      required: true,
      allowed: ['HOST_NAME', 'PATH', 'FILE_TYPE', 'HEADER', 'COOKIE'],
      ...updatable,
    },
    compare_type: {
      ...text,
      required: true,
      allowed: ['REGEX', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'EQUAL_TO'],
      ...updatable,
    },
    key: { ...text, ...updatable },
    value: { ...text, required: true, ...updatable },
    invert: { type: 'boolean', default: false, ...updatable },
    admin_state_up: { type: 'boolean', default: true, ...updatable },
  },
  attributes: {},
  create: each(async (work, row) => {
    const given = row.target as JsonMap
    const input = { policyId: textOf(given, 'l7policy') as string, ...ruleOf(given) }
    return balancerStanding(await work.call(l7RuleCreate, input, work.keyOf(row, 'create')))
  }),
  update: each(async (work, row) => {
    const input = { id: row.physicalId ?? '', ...ruleOf(row.target as JsonMap) }
    return balancerStanding(await work.call(l7RuleUpdate, input, work.keyOf(row, 'update')))
  }),
  poll: each(async (work, row) =>
    balancerStanding(await work.call(l7RuleGet, { id: row.physicalId ?? '' })),
  ),
  verify: each(async (work, row) =>
    balancerStanding(await work.call(l7RuleGet, { id: row.physicalId ?? '' })),
  ),
  remove: removal((work, id, row) =>
    work.call(l7RuleDelete, { id }, work.keyOf(row, `delete ${row.tries}`)),
  ),
}

function ruleOf(given: JsonMap) {
  return present({
    type: textOf(given, 'type') as RuleInput['type'],
    compareType: textOf(given, 'compare_type') as RuleInput['compareType'],
    key: textOf(given, 'key'),
    value: textOf(given, 'value') as string,
    invert: flagOf(given, 'invert'),
    adminStateUp: flagOf(given, 'admin_state_up'),
  })
}
