import { EngineError } from '../errors.ts'
import { engineLimits } from '../limits.ts'
import type { HostToEmpty, MovableClaim, PlanAsk } from '../types.ts'
import { checkArray, checkGroup, checkInstance, checkInteger, fail } from './validate.ts'

const modes: readonly string[] = ['drain', 'defragment']

/** @throws EngineError naming the field of the plan. */
export function checkPlan(plan: PlanAsk): void {
  if (typeof plan !== 'object' || plan === null) fail('must be an object', 'plan', 'object')
  if (!modes.includes(plan.mode)) fail('is unknown', 'mode', modes.join(', '))
  if (typeof plan.groups !== 'object' || plan.groups === null) {
    fail('must be an object', 'groups', 'object')
  }
  for (const name of Object.keys(plan.groups)) {
    const group = plan.groups[name] as PlanAsk['groups'][string]
    within(`groups.${name}`, () => checkGroup(group))
  }
  for (const field of ['moves', 'most'] as const) {
    const value = plan[field]
    if (value !== undefined) checkInteger(value, field, 0, engineLimits.amount)
  }
  checkArray(plan.hosts, 'hosts', engineLimits.hosts)
  const names = new Set<string>()
  const keys = new Set<string>()
  plan.hosts.forEach((host, index) => checkHost(plan, host, `hosts[${index}]`, names, keys))
}

function checkHost(
  plan: PlanAsk,
  host: HostToEmpty,
  field: string,
  names: Set<string>,
  keys: Set<string>,
): void {
  if (typeof host?.hostId !== 'string') fail('must be a string', `${field}.hostId`, 'string')
  if (names.has(host.hostId)) fail('is named twice', `${field}.hostId`, 'once')
  names.add(host.hostId)
  checkArray(host.claims, `${field}.claims`, engineLimits.hostIds)
  host.claims.forEach((claim, index) => {
    checkClaim(plan, claim, `${field}.claims[${index}]`)
    if (keys.has(claim.key)) fail('is used twice', `${field}.claims[${index}].key`, 'once')
    keys.add(claim.key)
  })
}

function checkClaim({ groups }: PlanAsk, claim: MovableClaim, field: string): void {
  if (typeof claim?.key !== 'string') fail('must be a string', `${field}.key`, 'string')
  within(`${field}.ask`, () => checkInstance(claim.ask))
  if (claim.group !== undefined && !Object.hasOwn(groups, claim.group)) {
    fail('is no group of the plan', `${field}.group`, 'groups')
  }
}

/** Checks a part, and says of what. */
function within(field: string, check: () => void): void {
  try {
    check()
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    const message = error.message.slice(error.field.length + 2)
    throw new EngineError(message, `${field}.${error.field}`, error.limit)
  }
}
