import { EngineError } from '../errors.ts'
import { engineLimits } from '../limits.ts'
import {
  type Claim,
  type GroupRule,
  type InstanceAsk,
  type PlacementAsk,
  placementPolicies,
  type Resources,
} from '../types.ts'

/*
 * What the engine takes, checked before anything is changed. Values come from callers: any shape
 * may arrive.
 */

export function checkUsages(
  usages: readonly { readonly hostId: string; readonly used: Resources }[],
): void {
  checkArray(usages, 'usages', engineLimits.hosts)
  usages.forEach((usage, index) => {
    if (typeof usage?.hostId !== 'string') {
      fail('must be a string', `usages[${index}].hostId`, 'string')
    }
    checkResources(usage.used, () => `usages[${index}].used`)
  })
}

export function checkClaims(claims: readonly Claim[], sign: 1 | -1): void {
  if (sign !== 1 && sign !== -1) fail('must be 1 or -1', 'sign', '1, -1')
  checkArray(claims, 'claims', engineLimits.hosts)
  claims.forEach((claim, index) => {
    if (typeof claim?.hostId !== 'string') {
      fail('must be a string', `claims[${index}].hostId`, 'string')
    }
    checkResources(claim.resources, () => `claims[${index}].resources`)
    checkInteger(claim.count, `claims[${index}].count`, 0, engineLimits.amount)
  })
}

export function checkAsk(ask: PlacementAsk): void {
  checkInstance(ask)
  checkInteger(ask.max, 'max', 1, engineLimits.instances)
  checkInteger(ask.min, 'min', 1, ask.max)
}

export function checkInstance(ask: InstanceAsk): void {
  if (typeof ask !== 'object' || ask === null) fail('must be an object', 'ask', 'object')
  checkResources(ask.resources, () => 'resources')
  if (Object.keys(ask.resources).length === 0) fail('must name a class', 'resources', 1)
  if (!placementPolicies.includes(ask.policy)) {
    fail('is unknown', 'policy', placementPolicies.join(', '))
  }
  if (typeof ask.seed !== 'number' || !Number.isFinite(ask.seed)) {
    fail('must be a finite number', 'seed', 'finite')
  }
  for (const field of ['requiredTraits', 'forbiddenTraits', 'zones', 'notMemberOf'] as const) {
    const names = ask[field]
    if (names !== undefined) checkNames(names, () => field)
  }
  if (ask.memberOf !== undefined) {
    checkArray(ask.memberOf, 'memberOf', engineLimits.labels)
    ask.memberOf.forEach((names, index) => checkNames(names, () => `memberOf[${index}]`))
  }
  for (const field of ['hostIds', 'excludedHostIds'] as const) {
    const ids = ask[field]
    if (ids !== undefined) checkHostIds(ids, field, engineLimits.hostIds)
  }
  if (ask.group !== undefined) checkGroup(ask.group)
}

const groupPolicies: readonly string[] = [
  'affinity',
  'anti-affinity',
  'soft-affinity',
  'soft-anti-affinity',
]

export function checkGroup(group: GroupRule): void {
  if (typeof group !== 'object' || group === null) fail('must be an object', 'group', 'object')
  if (!groupPolicies.includes(group.policy)) {
    fail('is unknown', 'group.policy', groupPolicies.join(', '))
  }
  if (group.maxPerHost !== undefined) {
    checkInteger(group.maxPerHost, 'group.maxPerHost', 1, engineLimits.members)
  }
  checkArray(group.members, 'group.members', engineLimits.hostIds)
  group.members.forEach((member, index) => {
    if (typeof member?.hostId !== 'string') {
      fail('must be a string', `group.members[${index}].hostId`, 'string')
    }
    checkInteger(member.count, `group.members[${index}].count`, 0, engineLimits.members)
  })
}

function checkResources(resources: Resources, field: () => string): void {
  if (typeof resources !== 'object' || resources === null) {
    fail('must be an object', field(), 'object')
  }
  const names = Object.keys(resources)
  if (names.length > engineLimits.classes) {
    fail(`at most ${engineLimits.classes} classes`, field(), engineLimits.classes)
  }
  for (const name of names) {
    if (!isName(name)) failName(field())
    const amount = resources[name]
    if (!isAmount(amount)) {
      const limit = engineLimits.amount
      fail(`must be an integer from 0 to ${limit}`, `${field()}.${name}`, limit)
    }
  }
}

function isAmount(amount: unknown): boolean {
  // The bitwise form is true of 32-bit integers only, and the sign of −0 does no harm.
  return typeof amount === 'number' && (amount | 0) === amount && amount >= 0
}

export function checkInteger(value: number, field: string, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    fail(`must be an integer from ${least} to ${most}`, field, value < least ? least : most)
  }
}

export function checkArray(values: readonly unknown[], field: string, limit: number): void {
  if (!Array.isArray(values)) fail('must be an array', field, 'array')
  if (values.length > limit) fail(`at most ${limit} entries`, field, limit)
}

function checkNames(names: readonly string[], field: () => string): void {
  if (!Array.isArray(names)) fail('must be an array', field(), 'array')
  if (names.length > engineLimits.labels) {
    fail(`at most ${engineLimits.labels} entries`, field(), engineLimits.labels)
  }
  for (let index = 0; index < names.length; index++) {
    if (!isName(names[index])) failName(`${field()}[${index}]`)
  }
}

function isName(name: unknown): boolean {
  return typeof name === 'string' && name.length > 0 && name.length <= engineLimits.nameLength
}

function failName(field: string): never {
  const limit = engineLimits.nameLength
  fail(`must be a text of 1 to ${limit} characters`, field, limit)
}

export function fail(message: string, field: string, limit: number | string): never {
  throw new EngineError(message, field, limit)
}

function checkHostIds(hostIds: readonly string[], field: string, limit: number): void {
  checkArray(hostIds, field, limit)
  hostIds.forEach((id, index) => {
    if (typeof id !== 'string') fail('must be a string', `${field}[${index}]`, 'string')
  })
}
