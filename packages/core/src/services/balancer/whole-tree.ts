import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Pool } from '../../model/balancer/pool.ts'
import { nameField } from '../fields.ts'
import type { Usage } from '../quota.ts'
import type { Call } from '../call.ts'
import type { TreeEdit } from './edit.ts'
import { monitorFields, planMonitor, requireMonitor } from './health-monitor-plan.ts'
import { planPolicy, policyFields, requireReadsHttp, requireRedirect } from './l7-policy-plan.ts'
import { planRule, requireRule, ruleFields } from './l7-rule-plan.ts'
import { listenerFields, planListener, portKeyOf, type Under } from './listener-plan.ts'
import { memberShape, planMembers, requireDistinctTargets, requireSubnets } from './member-plan.ts'
import { countReference, planPool, poolFields } from './pool-plan.ts'
import { requireListener, requireMonitorFits, requirePool, requirePoolFits } from './rules.ts'

const poolTree = z.strictObject({
  ...poolFields,
  /** What listeners and policies of this request call it by. */
  name: nameField,
  members: z.array(memberShape).max(limits.bulkMembers).default([]),
  healthMonitor: z.strictObject(monitorFields).optional(),
})

const policyTree = z.strictObject({
  ...policyFields,
  /** The name of a pool of this request. */
  redirectPool: nameField.optional(),
  rules: z.array(z.strictObject(ruleFields)).max(limits.policyRules).default([]),
})

const listenerTree = z.strictObject({
  ...listenerFields,
  /** The name of a pool of this request. */
  defaultPool: nameField.optional(),
  l7Policies: z.array(policyTree).max(limits.listenerPolicies).default([]),
})

/** Everything below a load balancer, in one request. */
export const treeFields = {
  pools: z.array(poolTree).max(limits.treePools).default([]),
  listeners: z.array(listenerTree).max(limits.treeListeners).default([]),
}

const treeShape = z.strictObject(treeFields)
export type TreeInput = z.infer<typeof treeShape>
type PoolTree = TreeInput['pools'][number]
type ListenerTree = TreeInput['listeners'][number]
type PolicyTree = ListenerTree['l7Policies'][number]

/** What a tree counts against quotas. */
export function treeUsage({ pools, listeners }: TreeInput): Usage {
  return {
    listeners: listeners.length,
    pools: pools.length,
    members: pools.reduce((sum, { members }) => sum + members.length, 0),
    healthMonitors: pools.filter(({ healthMonitor }) => healthMonitor).length,
    l7Policies: listeners.reduce((sum, { l7Policies }) => sum + l7Policies.length, 0),
  }
}

/**
 * Checks a tree before anything of it is planned.
 *
 * @throws CloudError `invalid` with the path of what does not fit; `notFound` for a subnet.
 */
export async function requireTree(call: Call, tree: TreeInput): Promise<void> {
  const pools = new Map<string, PoolTree>()
  for (const [index, pool] of tree.pools.entries()) {
    const path = `pools[${index}].`
    if (pools.has(pool.name)) refuse(`${path}name`, 'two pools of the request have it.')
    pools.set(pool.name, pool)
    requirePool(pool, path)
    requireDistinctTargets(pool.members, `${path}members`)
    if (!pool.healthMonitor) continue
    requireMonitorFits(pool, pool.healthMonitor.type, `${path}healthMonitor.type`)
    requireMonitor(pool.healthMonitor, `${path}healthMonitor.`)
  }
  requireListeners(tree.listeners, pools)
  const paths = tree.pools.flatMap(({ members }, pool) =>
    members.map((_, index) => `pools[${pool}].members[${index}].subnetId`),
  )
  const members = tree.pools.flatMap((pool) => pool.members)
  await requireSubnets(call, members, (index) => paths[index] as string)
  const { length } = members
  if (length > limits.bulkMembers) {
    throw new CloudError('invalid', `pools: have ${length} members together.`, {
      field: 'pools',
      limit: limits.bulkMembers,
    })
  }
}

function requireListeners(
  listeners: readonly ListenerTree[],
  pools: ReadonlyMap<string, PoolTree>,
): void {
  const ports = new Set<string>()
  for (const [index, listener] of listeners.entries()) {
    const path = `listeners[${index}].`
    const key = portKeyOf(listener)
    if (ports.has(key)) refuse(`${path}protocolPort`, 'another listener of the request has it.')
    ports.add(key)
    requireListener(listener, path)
    requireNamed(listener, listener.defaultPool, pools, `${path}defaultPool`)
    for (const [at, policy] of listener.l7Policies.entries()) {
      const inner = `${path}l7Policies[${at}].`
      requireReadsHttp(listener.protocol, `${path}l7Policies`)
      requireNamed(listener, policy.redirectPool, pools, `${inner}redirectPool`)
      requireRedirect(
        { ...redirectsOf(policy), redirectPoolId: policy.redirectPool ?? null },
        inner,
      )
      for (const [one, rule] of policy.rules.entries()) requireRule(rule, `${inner}rules[${one}].`)
    }
  }
}

function redirectsOf({ action, redirectUrl, redirectPrefix, redirectCode }: PolicyTree) {
  return { action, redirectUrl, redirectPrefix, redirectCode }
}

function requireNamed(
  listener: ListenerTree,
  name: string | undefined,
  pools: ReadonlyMap<string, PoolTree>,
  field: string,
): void {
  if (name === undefined) return
  const pool = pools.get(name)
  if (pool) requirePoolFits(listener.protocol, pool, field)
  else refuse(field, 'names no pool of the request.')
}

function refuse(field: string, why: string): never {
  throw new CloudError('invalid', `${field}: ${why}`, { field })
}

/** Writes a tree that was checked. @returns ids of all rows. */
export function planTree(edit: TreeEdit, under: Under, tree: TreeInput): string[] {
  const ids: string[] = []
  const pools = new Map<string, Pool>()
  for (const { members, healthMonitor, ...fields } of tree.pools) {
    const pool = planPool(edit, under, fields)
    pools.set(pool.name, pool)
    ids.push(pool.id)
    ids.push(...planMembers(edit, under, pool.id, members).map(({ id }) => id))
    if (healthMonitor) ids.push(planMonitor(edit, under, pool.id, healthMonitor).id)
  }
  const idOf = (name: string | undefined): string | null =>
    name === undefined ? null : (pools.get(name)?.id ?? null)
  for (const { defaultPool, l7Policies, ...fields } of tree.listeners) {
    const defaultPoolId = idOf(defaultPool)
    const listener = planListener(edit, under, { ...fields, defaultPoolId })
    countReference(edit.writes, null, defaultPoolId)
    ids.push(listener.id)
    for (const [index, { redirectPool, rules, position, ...policy }] of l7Policies.entries()) {
      const row = planPolicy(edit, under, listener.id, {
        ...policy,
        position: position ?? index + 1,
        redirectPoolId: idOf(redirectPool),
      })
      ids.push(row.id, ...rules.map((rule) => planRule(edit, under, row.id, rule).id))
    }
  }
  return ids
}
