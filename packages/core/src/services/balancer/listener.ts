import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { type Listener, listenerKind } from '../../model/balancer/listener.ts'
import { loadBalancerKind } from '../../model/balancer/load-balancer.ts'
import { l7PolicyKind } from '../../model/balancer/l7-policy.ts'
import { l7RuleKind } from '../../model/balancer/l7-rule.ts'
import { type Pool, poolKind } from '../../model/balancer/pool.ts'
import type { Traffic } from '../../model/balancer/status.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { idField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota, checkQuota } from '../quota.ts'
import {
  changedView,
  type ChildView,
  findChild,
  listChildren,
  loadStandings,
  madeView,
  requireSameBalancer,
  showChild,
} from './child.ts'
import { requireKept, TreeEdit } from './edit.ts'
import {
  cidrsField,
  describedUpdateFields,
  getInput,
  headersField,
  listenerTlsField,
  listFields,
  portNumberField,
  removeInput,
  timeoutsField,
} from './fields.ts'
import { planPoliciesRemoval } from './l7-policy-plan.ts'
import {
  closeListener,
  connectionLimitField,
  listenerFields,
  planListener,
} from './listener-plan.ts'
import { totalTraffic } from './observed.ts'
import { countReference } from './pool-plan.ts'
import { requireListener, requirePoolFits, requireReachable } from './rules.ts'

const reader = { scope: 'any', role: 'reader' } as const
const member = { scope: 'any', role: 'member' } as const

const createInput = z.strictObject({
  ...listenerFields,
  balancerId: idField,
  defaultPoolId: idField.nullable().default(null),
})

export const listenerCreate = defineOperation({
  id: 'balancer.listener.create',
  summary: 'Creates a listener of a load balancer.',
  policy: member,
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<ChildView<Listener>> => {
    const { kernel } = call
    const balancer = await fetchOne(call, loadBalancerKind, input.balancerId, 'balancerId')
    requireKept(balancer, 'balancerId')
    const { defaultPoolId, balancerId, ...fields } = input
    if (defaultPoolId !== null) {
      const pool = await poolOf(call, defaultPoolId, balancerId, 'defaultPoolId')
      requirePoolFits(input.protocol, pool, 'defaultPoolId')
    }
    requireListener(input, '')
    requireReachable(balancer, input.allowedCidrs, '')
    const { projectId } = balancer
    await checkQuota(kernel, projectId, { listeners: 1 })
    const edit = new TreeEdit(call, balancerId)
    const under = { kernel, projectId, balancerId, at: kernel.clock.now() }
    const row = planListener(edit, under, { ...fields, defaultPoolId })
    await requireFreePort(call, row)
    countReference(edit.writes, null, defaultPoolId)
    chargeQuota(edit.writes, projectId, { listeners: 1 })
    const view = madeView(row)
    await call.commit(edit.plan(), [row.id], view)
    return view
  },
})

/** @throws CloudError `conflict` when another listener has the port. */
async function requireFreePort(call: Call, listener: Listener): Promise<void> {
  const { balancerId, portKey, protocolPort } = listener
  const [taken] = await call.kernel.store.lookup(listenerKind, 'byPort', [[balancerId, portKey]])
  if (!taken) return
  throw new CloudError('conflict', `protocolPort: another listener has port ${protocolPort}.`, {
    field: 'protocolPort',
    detail: { listenerId: taken.id },
  })
}

/** A pool of the same load balancer. */
export async function poolOf(
  call: Call,
  id: string,
  balancerId: string,
  field: string,
): Promise<Pool> {
  const pool = await fetchOne(call, poolKind, id, field)
  requireSameBalancer(pool, balancerId, field)
  return pool
}

export const listenerGet = defineOperation({
  id: 'balancer.listener.get',
  summary: 'Shows a listener.',
  policy: reader,
  input: getInput,
  mutates: false,
  run: (call: Call, { id }: z.infer<typeof getInput>): Promise<ChildView<Listener>> =>
    showChild(call, listenerKind, id),
})

const listInput = z.strictObject({ ...listFields, protocolPort: portNumberField.optional() })

export const listenerList = defineOperation({
  id: 'balancer.listener.list',
  summary: 'Lists the listeners of the project, by id.',
  policy: reader,
  input: listInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof listInput>): Promise<ChildView<Listener>[]> =>
    listChildren(
      call,
      listenerKind,
      input,
      (row) => input.protocolPort === undefined || row.protocolPort === input.protocolPort,
    ),
})

const updateInput = z.strictObject({
  ...describedUpdateFields,
  connectionLimit: connectionLimitField.optional(),
  defaultPoolId: idField.nullable().optional(),
  allowedCidrs: cidrsField.optional(),
  insertHeaders: headersField.optional(),
  timeouts: timeoutsField.optional(),
  tls: listenerTlsField.optional(),
})

export const listenerUpdate = defineOperation({
  id: 'balancer.listener.update',
  summary: 'Changes a listener; its protocol and port stay.',
  policy: member,
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<ChildView<Listener>> => {
    const { id, expectedRev, ...patch } = input
    const { row, status } = await findChild(call, listenerKind, id, expectedRev)
    if (typeof patch.defaultPoolId === 'string') {
      const pool = await poolOf(call, patch.defaultPoolId, row.balancerId, 'defaultPoolId')
      requirePoolFits(row.protocol, pool, 'defaultPoolId')
    }
    const changed = { ...row, ...given(patch), updatedAt: call.kernel.clock.now() }
    requireListener(changed, '')
    if (patch.allowedCidrs) {
      const balancer = await fetchOne(call, loadBalancerKind, row.balancerId)
      requireReachable(balancer, patch.allowedCidrs, '')
    }
    const edit = new TreeEdit(call, row.balancerId)
    countReference(edit.writes, row.defaultPoolId, changed.defaultPoolId)
    const view = changedView(edit.update(listenerKind, changed), status)
    await call.commit(edit.plan(), [id], view)
    return view
  },
})

export const listenerDelete = defineOperation({
  id: 'balancer.listener.delete',
  summary: 'Deletes a listener with its policies and their rules.',
  policy: member,
  input: removeInput,
  mutates: true,
  run: async (call: Call, { id, expectedRev }: z.infer<typeof removeInput>): Promise<null> => {
    const { row } = await findChild(call, listenerKind, id, expectedRev)
    const { store } = call.kernel
    const policies = await store.lookup(l7PolicyKind, 'byListener', [[id]])
    const keys = policies.map((policy) => [policy.id])
    const rules = keys.length === 0 ? [] : await store.lookup(l7RuleKind, 'byPolicy', keys)
    const edit = new TreeEdit(call, row.balancerId)
    edit.remove(listenerKind, row)
    countReference(edit.writes, row.defaultPoolId, null)
    planPoliciesRemoval(edit, policies, rules)
    closeListener(edit.writes, id, policies.length)
    chargeQuota(edit.writes, row.projectId, { listeners: 1 }, -1)
    await call.commit(edit.plan(), [id], null)
    return null
  },
})

export const listenerStats = defineOperation({
  id: 'balancer.listener.stats',
  summary: 'Tells what traffic a listener has carried.',
  policy: reader,
  input: getInput,
  mutates: false,
  run: async (call: Call, { id }: z.infer<typeof getInput>): Promise<Traffic> => {
    const row = await fetchOne(call, listenerKind, id)
    const standings = await loadStandings(call.kernel, [row.balancerId])
    return totalTraffic(standings.get(row.balancerId)?.status?.traffic[id])
  },
})
