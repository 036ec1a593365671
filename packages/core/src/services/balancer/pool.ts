import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { healthMonitorKind } from '../../model/balancer/health-monitor.ts'
import { l7PolicyKind } from '../../model/balancer/l7-policy.ts'
import { listenerKind } from '../../model/balancer/listener.ts'
import { loadBalancerKind } from '../../model/balancer/load-balancer.ts'
import { memberKind } from '../../model/balancer/member.ts'
import { type Pool, poolAlgorithms, poolKind } from '../../model/balancer/pool.ts'
import { poolProtocols } from '../../model/balancer/protocols.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { idField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { everyRow } from '../page.ts'
import { chargeQuota, checkQuota } from '../quota.ts'
import {
  changedView,
  type ChildView,
  findChild,
  listChildren,
  madeView,
  requireSameBalancer,
  showChild,
} from './child.ts'
import { requireKept, TreeEdit } from './edit.ts'
import { describedUpdateFields, getInput, listFields, poolTlsField, removeInput } from './fields.ts'
import { closePool, countReference, persistenceField, planPool, poolFields } from './pool-plan.ts'
import { requirePool, requirePoolFits } from './rules.ts'

const reader = { scope: 'any', role: 'reader' } as const
const member = { scope: 'any', role: 'member' } as const

const createInput = z.strictObject({
  ...poolFields,
  balancerId: idField,
  /** Of the same load balancer: its default pool from now on. */
  listenerId: idField.optional(),
})

export const balancerPoolCreate = defineOperation({
  id: 'balancer.pool.create',
  summary: 'Creates a pool, as the default one of a listener if it is named.',
  policy: member,
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<ChildView<Pool>> => {
    const { kernel } = call
    const { balancerId, listenerId, ...fields } = input
    const balancer = await fetchOne(call, loadBalancerKind, balancerId, 'balancerId')
    requireKept(balancer, 'balancerId')
    const { projectId } = balancer
    const edit = new TreeEdit(call, balancerId)
    const at = kernel.clock.now()
    const listener =
      listenerId === undefined
        ? undefined
        : await fetchOne(call, listenerKind, listenerId, 'listenerId')
    if (listener) {
      requireSameBalancer(listener, balancerId, 'listenerId')
      requirePoolFits(listener.protocol, fields, 'protocol')
      if (listener.defaultPoolId !== null) {
        throw new CloudError('conflict', 'listenerId: has a default pool already.', {
          field: 'listenerId',
          detail: { poolId: listener.defaultPoolId },
        })
      }
    }
    requirePool(fields, '')
    await checkQuota(kernel, projectId, { pools: 1 })
    const row = planPool(edit, { kernel, projectId, balancerId, at }, fields)
    if (listener) {
      edit.update(listenerKind, { ...listener, defaultPoolId: row.id, updatedAt: at })
      countReference(edit.writes, null, row.id)
    }
    chargeQuota(edit.writes, projectId, { pools: 1 })
    const view = madeView(row)
    await call.commit(edit.plan(), [row.id], view)
    return view
  },
})

export const balancerPoolGet = defineOperation({
  id: 'balancer.pool.get',
  summary: 'Shows a pool.',
  policy: reader,
  input: getInput,
  mutates: false,
  run: (call: Call, { id }: z.infer<typeof getInput>): Promise<ChildView<Pool>> =>
    showChild(call, poolKind, id),
})

const listInput = z.strictObject({ ...listFields, protocol: z.enum(poolProtocols).optional() })

export const balancerPoolList = defineOperation({
  id: 'balancer.pool.list',
  summary: 'Lists the pools of the project, by id.',
  policy: reader,
  input: listInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof listInput>): Promise<ChildView<Pool>[]> =>
    listChildren(
      call,
      poolKind,
      input,
      (row) => input.protocol === undefined || row.protocol === input.protocol,
    ),
})

const updateInput = z.strictObject({
  ...describedUpdateFields,
  algorithm: z.enum(poolAlgorithms).optional(),
  persistence: persistenceField.nullable().optional(),
  tls: poolTlsField.optional(),
})

export const balancerPoolUpdate = defineOperation({
  id: 'balancer.pool.update',
  summary: 'Changes a pool; its protocol stays.',
  policy: member,
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<ChildView<Pool>> => {
    const { id, expectedRev, ...patch } = input
    const { row, status } = await findChild(call, poolKind, id, expectedRev)
    const changed = { ...row, ...given(patch), updatedAt: call.kernel.clock.now() }
    requirePool(changed, '')
    const edit = new TreeEdit(call, row.balancerId)
    const view = changedView(edit.update(poolKind, changed), status)
    await call.commit(edit.plan(), [id], view)
    return view
  },
})

export const balancerPoolDelete = defineOperation({
  id: 'balancer.pool.delete',
  summary: 'Deletes a pool with its members and its monitor, unless a policy redirects to it.',
  policy: member,
  input: removeInput,
  mutates: true,
  run: async (call: Call, { id, expectedRev }: z.infer<typeof removeInput>): Promise<null> => {
    const { kernel } = call
    const { row } = await findChild(call, poolKind, id, expectedRev)
    const below = { index: 'byBalancer', equals: [row.balancerId] }
    await requireNoPolicy(call, row)
    const members = await kernel.store.lookup(memberKind, 'byTarget', [[id]])
    const monitors = await kernel.store.lookup(healthMonitorKind, 'byPool', [[id]])
    const edit = new TreeEdit(call, row.balancerId)
    let references = 0
    for await (const page of everyRow(kernel, listenerKind, below)) {
      for (const listener of page.filter(({ defaultPoolId }) => defaultPoolId === id)) {
        const updatedAt = kernel.clock.now()
        edit.update(listenerKind, { ...listener, defaultPoolId: null, updatedAt })
        references++
      }
    }
    edit.remove(poolKind, row)
    edit.remove(memberKind, ...members)
    edit.remove(healthMonitorKind, ...monitors)
    closePool(edit.writes, id, { members: members.length, monitors: monitors.length, references })
    const usage = { pools: 1, members: members.length, healthMonitors: monitors.length }
    chargeQuota(edit.writes, row.projectId, usage, -1)
    await call.commit(edit.plan(), [id], null)
    return null
  },
})

/** @throws CloudError `conflict` when a policy redirects to the pool. */
async function requireNoPolicy({ kernel }: Call, pool: Pool): Promise<void> {
  const below = { index: 'byBalancer', equals: [pool.balancerId] }
  for await (const page of everyRow(kernel, l7PolicyKind, below)) {
    const user = page.find(({ redirectPoolId }) => redirectPoolId === pool.id)
    if (!user) continue
    throw new CloudError('conflict', 'A policy redirects to the pool.', {
      field: 'id',
      detail: { policyId: user.id },
    })
  }
}
