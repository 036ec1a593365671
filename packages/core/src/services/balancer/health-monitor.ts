import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { type HealthMonitor, healthMonitorKind } from '../../model/balancer/health-monitor.ts'
import { poolKind, poolScope } from '../../model/balancer/pool.ts'
import { monitorTypes } from '../../model/balancer/protocols.ts'
import type { Call } from '../call.ts'
import { idField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota, checkQuota } from '../quota.ts'
import {
  changedView,
  type ChildView,
  findChild,
  listChildren,
  madeView,
  showChild,
} from './child.ts'
import { TreeEdit } from './edit.ts'
import { getInput, listFields, removeInput, updateFields } from './fields.ts'
import {
  monitorFields,
  planMonitor,
  requestField,
  requireMonitor,
  retriesField,
  secondsField,
} from './health-monitor-plan.ts'
import { requireMonitorFits } from './rules.ts'

const reader = { scope: 'any', role: 'reader' } as const
const member = { scope: 'any', role: 'member' } as const

const createInput = z.strictObject({ ...monitorFields, poolId: idField })

export const healthMonitorCreate = defineOperation({
  id: 'balancer.healthMonitor.create',
  summary: 'Has the members of a pool watched.',
  policy: member,
  input: createInput,
  mutates: true,
  run: async (
    call: Call,
    input: z.infer<typeof createInput>,
  ): Promise<ChildView<HealthMonitor>> => {
    const { kernel } = call
    const { poolId, ...fields } = input
    const { row: pool } = await findChild(call, poolKind, poolId, undefined, 'poolId')
    requireMonitorFits(pool, input.type, 'type')
    requireMonitor(fields, '')
    const [other] = await kernel.store.lookup(healthMonitorKind, 'byPool', [[poolId]])
    if (other) {
      throw new CloudError('conflict', 'poolId: the pool has a monitor already.', {
        field: 'poolId',
        detail: { healthMonitorId: other.id },
      })
    }
    const { projectId, balancerId } = pool
    await checkQuota(kernel, projectId, { healthMonitors: 1 })
    const edit = new TreeEdit(call, balancerId)
    const under = { kernel, projectId, balancerId, at: kernel.clock.now() }
    const row = planMonitor(edit, under, poolId, fields)
    chargeQuota(edit.writes, projectId, { healthMonitors: 1 })
    const view = madeView(row)
    await call.commit(edit.plan(), [row.id], view)
    return view
  },
})

export const healthMonitorGet = defineOperation({
  id: 'balancer.healthMonitor.get',
  summary: 'Shows a health monitor.',
  policy: reader,
  input: getInput,
  mutates: false,
  run: (call: Call, { id }: z.infer<typeof getInput>): Promise<ChildView<HealthMonitor>> =>
    showChild(call, healthMonitorKind, id),
})

const listInput = z.strictObject({
  ...listFields,
  poolId: idField.optional(),
  type: z.enum(monitorTypes).optional(),
})

export const healthMonitorList = defineOperation({
  id: 'balancer.healthMonitor.list',
  summary: 'Lists the health monitors of the project, by id.',
  policy: reader,
  input: listInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof listInput>): Promise<ChildView<HealthMonitor>[]> =>
    listChildren(
      call,
      healthMonitorKind,
      input,
      (row) =>
        (input.poolId === undefined || row.poolId === input.poolId) &&
        (input.type === undefined || row.type === input.type),
    ),
})

const updateInput = z.strictObject({
  ...updateFields,
  delayS: secondsField.optional(),
  timeoutS: secondsField.optional(),
  maxRetries: retriesField.optional(),
  maxRetriesDown: retriesField.optional(),
  request: requestField.optional(),
})

export const healthMonitorUpdate = defineOperation({
  id: 'balancer.healthMonitor.update',
  summary: 'Changes a health monitor; its type stays.',
  policy: member,
  input: updateInput,
  mutates: true,
  run: async (
    call: Call,
    input: z.infer<typeof updateInput>,
  ): Promise<ChildView<HealthMonitor>> => {
    const { id, expectedRev, ...patch } = input
    const { row, status } = await findChild(call, healthMonitorKind, id, expectedRev)
    const changed = { ...row, ...given(patch), updatedAt: call.kernel.clock.now() }
    requireMonitor(changed, '')
    const edit = new TreeEdit(call, row.balancerId)
    const view = changedView(edit.update(healthMonitorKind, changed), status)
    await call.commit(edit.plan(), [id], view)
    return view
  },
})

export const healthMonitorDelete = defineOperation({
  id: 'balancer.healthMonitor.delete',
  summary: 'Stops watching the members of a pool.',
  policy: member,
  input: removeInput,
  mutates: true,
  run: async (call: Call, { id, expectedRev }: z.infer<typeof removeInput>): Promise<null> => {
    const { row } = await findChild(call, healthMonitorKind, id, expectedRev)
    const edit = new TreeEdit(call, row.balancerId)
    edit.remove(healthMonitorKind, row)
    edit.writes.add({ scope: poolScope(row.poolId), name: 'monitors', add: -1 })
    chargeQuota(edit.writes, row.projectId, { healthMonitors: 1 }, -1)
    await call.commit(edit.plan(), [id], null)
    return null
  },
})
