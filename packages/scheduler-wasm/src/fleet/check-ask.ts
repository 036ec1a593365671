import { policyNames } from '../kernel.ts'
import type { Ask, GroupAsk } from './api.ts'
import {
  checkFinite,
  checkHostIds,
  checkInteger,
  checkList,
  checkName,
  checkNames,
  checkObject,
  checkResources,
  checkSets,
  checkTime,
  refuse,
} from './check.ts'
import { fleetLimits } from './limits.ts'

/**
 * Checks what an ask says of one instance.
 *
 * @throws EngineError naming the field.
 */
export function checkTemplate(ask: Ask): void {
  checkObject(ask, 'ask')
  checkResources(ask.resources, 'resources')
  if (Object.keys(ask.resources).length === 0) refuse('must name a class', 'resources', 1)
  if (ask.cells !== undefined) checkInteger(ask.cells, 'cells', 0, fleetLimits.cells)
  if (ask.devices !== undefined) checkDevices(ask.devices)
  for (const field of listFields) {
    if (ask[field] !== undefined) checkNames(ask[field], field)
  }
  if (ask.anyTraits !== undefined) checkSets(ask.anyTraits, 'anyTraits')
  if (ask.memberOf !== undefined) checkSets(ask.memberOf, 'memberOf')
  if (ask.tenant !== undefined) checkName(ask.tenant, 'tenant')
  if (ask.app !== undefined) checkName(ask.app, 'app')
  if (ask.group !== undefined) checkGroup(ask.group)
  if (ask.policy !== undefined && !policyNames.includes(ask.policy)) {
    refuse(`must be ${policyNames.join(', ')}`, 'policy', policyNames.join(', '))
  }
  if (ask.weights !== undefined) checkWeights(ask.weights)
  if (ask.priority !== undefined) {
    checkInteger(ask.priority, 'priority', -fleetLimits.priority, fleetLimits.priority)
  }
}

const listFields = ['requiredTraits', 'forbiddenTraits', 'zones', 'racks', 'notMemberOf'] as const

function checkDevices(devices: NonNullable<Ask['devices']>): void {
  checkObject(devices, 'devices')
  checkInteger(devices.count, 'devices.count', 0, fleetLimits.devices)
  if (devices.units !== undefined) {
    checkInteger(devices.units, 'devices.units', 1, fleetLimits.units)
  }
  if (devices.models !== undefined) checkNames(devices.models, 'devices.models')
}

function checkWeights(weights: NonNullable<Ask['weights']>): void {
  checkObject(weights, 'weights')
  const names = Object.keys(weights)
  if (names.length > fleetLimits.classes) {
    refuse(`at most ${fleetLimits.classes} classes`, 'weights', fleetLimits.classes)
  }
  const most = fleetLimits.weight
  for (const name of names) checkInteger(weights[name], `weights.${name}`, -most, most)
}

const groupPolicies: readonly string[] = [
  'affinity',
  'anti-affinity',
  'soft-affinity',
  'soft-anti-affinity',
]
const scopes: readonly string[] = ['host', 'rack', 'zone']

function checkGroup(group: GroupAsk): void {
  checkObject(group, 'group')
  if (!groupPolicies.includes(group.policy)) {
    refuse('is unknown', 'group.policy', groupPolicies.join(', '))
  }
  if (group.scope !== undefined && !scopes.includes(group.scope)) {
    refuse('is unknown', 'group.scope', scopes.join(', '))
  }
  if (group.maxPerHost !== undefined) {
    checkInteger(group.maxPerHost, 'group.maxPerHost', 1, fleetLimits.members)
  }
  if (group.id !== undefined) checkName(group.id, 'group.id')
  if (group.part !== undefined) checkPart(group)
}

function checkPart({ policy, scope, id, part }: GroupAsk): void {
  checkName(part, 'group.part')
  if (policy !== 'affinity') refuse('has no parts', 'group.policy', 'affinity')
  if (scope !== 'rack' && scope !== 'zone') refuse('has no parts', 'group.scope', 'rack, zone')
  if (id === undefined) refuse('must be given with parts', 'group.id', 'group.id')
}

/**
 * Checks what an ask says of the whole request: counts, hosts, times. The template is checked
 * already.
 *
 * @throws EngineError naming the field.
 */
export function checkCall(ask: Ask): void {
  const { count, min, max } = ask
  if (count !== undefined) {
    checkInteger(count, 'count', 1, fleetLimits.instances)
    if (min !== undefined || max !== undefined) {
      refuse('is not to be given with min and max', 'count', 'count, or min and max')
    }
  }
  if (max !== undefined) checkInteger(max, 'max', 1, fleetLimits.instances)
  if (min !== undefined) checkInteger(min, 'min', 1, max ?? fleetLimits.instances)
  if (ask.seed !== undefined) checkFinite(ask.seed, 'seed')
  for (const field of ['until', 'now'] as const) {
    const time = ask[field]
    if (time !== undefined) checkTime(time, field)
  }
  if (ask.hostIds !== undefined) checkHostIds(ask.hostIds, 'hostIds', fleetLimits.hostIds)
  if (ask.excludedHostIds !== undefined) {
    checkHostIds(ask.excludedHostIds, 'excludedHostIds', fleetLimits.hostIds)
  }
  if (ask.group?.members !== undefined) checkMembers(ask.group.members)
  if (ask.spread !== undefined) checkSpread(ask.spread)
}

function checkMembers(members: NonNullable<GroupAsk['members']>): void {
  checkList(members, 'group.members', fleetLimits.hostIds)
  for (const [index, member] of members.entries()) {
    if (typeof member?.hostId !== 'string') {
      refuse('must be a string', `group.members[${index}].hostId`, 'string')
    }
    checkInteger(member.count, `group.members[${index}].count`, 0, fleetLimits.members)
  }
}

function checkSpread(spread: NonNullable<Ask['spread']>): void {
  checkObject(spread, 'spread')
  if (spread.by !== 'zone' && spread.by !== 'rack') {
    refuse('must be zone or rack', 'spread.by', 'zone, rack')
  }
  if (spread.maxSkew !== undefined) {
    checkInteger(spread.maxSkew, 'spread.maxSkew', 1, fleetLimits.instances)
  }
  if (spread.soft !== undefined && typeof spread.soft !== 'boolean') {
    refuse('must be true or false', 'spread.soft', 'boolean')
  }
}
