import { z } from 'zod'
import { limits } from '../../../base/limits.ts'
import { Writes } from '../../../commit/writes.ts'
import {
  softwareConfigKind,
  type SoftwareDeployment,
  softwareDeploymentKind,
} from '../../../model/stack/software.ts'
import { stackTopic } from '../../../model/stack/stack.ts'
import { stackStatuses } from '../../../model/stack/stack-state.ts'
import type { Call } from '../../call.ts'
import { fetchOne } from '../../fetch.ts'
import { idField, pageFields } from '../../fields.ts'
import { defineOperation } from '../../operation.ts'
import { listPage } from '../../page.ts'
import { checkQuota } from '../../quota.ts'
import { serverField, valuesField } from './fields.ts'
import { deploymentRow, planDeployments, planMove, planRemoval } from './plan.ts'
import { type SoftwareDeploymentView, viewDeployment } from './view.ts'

const member = { scope: 'project', role: 'member' } as const
const reader = { scope: 'project', role: 'reader' } as const

const actionField = z.string().max(limits.nameLength)
const reasonField = z.string().max(limits.descriptionLength)

const createInput = z.strictObject({
  configId: idField,
  /** Any name: what runs on the server asks for its deployments by it. */
  serverId: serverField,
  action: actionField.default('INIT'),
  status: z.enum(stackStatuses).default('COMPLETE'),
  reason: reasonField.default(''),
  inputValues: valuesField.default({}),
})

/**
 * Says that a server is to be brought to a configuration. What runs on the server does it, and says
 * what came of it.
 *
 * @throws CloudError `notFound` for a configuration of nobody, or of others; `quotaExceeded`.
 */
export const softwareDeploymentCreate = defineOperation({
  id: 'stack.softwareDeployment.create',
  summary: 'Deploys a configuration of software on a server.',
  policy: member,
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<SoftwareDeploymentView> => {
    const { kernel, projectId } = call
    await fetchOne(call, softwareConfigKind, input.configId, 'configId')
    await checkQuota(kernel, projectId, { softwareDeployments: 1 })
    const row = deploymentRow(kernel, { ...input, projectId, resourceId: null, name: '', by: null })
    const writes = new Writes()
    planDeployments(writes, input.configId, [row])
    const view = viewDeployment(row)
    await call.commit(writes, [row.id], view)
    return view
  },
})

const idInput = z.strictObject({ id: idField })

export const softwareDeploymentGet = defineOperation({
  id: 'stack.softwareDeployment.get',
  summary: 'Shows a deployment of software.',
  policy: reader,
  input: idInput,
  mutates: false,
  run: async (call: Call, { id }: z.infer<typeof idInput>): Promise<SoftwareDeploymentView> =>
    viewDeployment(await fetchOne(call, softwareDeploymentKind, id)),
})

const listInput = z.strictObject({
  ...pageFields,
  /** On this server only. */
  serverId: serverField.optional(),
})

export const softwareDeploymentList = defineOperation({
  id: 'stack.softwareDeployment.list',
  summary: 'Lists the deployments of software of the project, by id.',
  policy: reader,
  input: listInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof listInput>): Promise<SoftwareDeploymentView[]> => {
    const { projectId } = call
    const { serverId, ...page } = input
    const query =
      serverId === undefined
        ? { index: 'byProject', equals: [projectId] }
        : { index: 'byServer', equals: [projectId, serverId] }
    const rows = await listPage(call, softwareDeploymentKind, query, page)
    return rows.map(viewDeployment)
  },
})

const updateInput = z.strictObject({
  id: idField,
  configId: idField.optional(),
  action: actionField.optional(),
  status: z.enum(stackStatuses).optional(),
  reason: reasonField.optional(),
  inputValues: valuesField.optional(),
  outputValues: valuesField.optional(),
})

/** Changes what is to be deployed, or says what came of it. */
export const softwareDeploymentUpdate = defineOperation({
  id: 'stack.softwareDeployment.update',
  summary: 'Changes a deployment of software.',
  policy: member,
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<SoftwareDeploymentView> => {
    const { kernel } = call
    const { id, ...fields } = input
    const before = await fetchOne(call, softwareDeploymentKind, id)
    const { configId = before.configId } = fields
    if (configId !== before.configId) {
      await fetchOne(call, softwareConfigKind, configId, 'configId')
    }
    const isOther = configId !== before.configId || fields.inputValues || fields.action
    const given = Object.entries(fields).filter(([, value]) => value !== undefined)
    const after: SoftwareDeployment = {
      ...before,
      ...(Object.fromEntries(given) as Partial<SoftwareDeployment>),
      ...(isOther && { derivedId: kernel.ids.next() }),
      updatedAt: kernel.clock.now(),
    }
    const writes = new Writes().update(softwareDeploymentKind, after)
    planMove(writes, before.configId, after.configId)
    if (after.by) writes.ring(stackTopic(after.by.stackId))
    const view = viewDeployment(after)
    await call.commit(writes, [id], view)
    return view
  },
})

/** Forgets a deployment: nothing is done on the server. */
export const softwareDeploymentDelete = defineOperation({
  id: 'stack.softwareDeployment.delete',
  summary: 'Deletes a deployment of software.',
  policy: member,
  input: idInput,
  mutates: true,
  run: async (call: Call, { id }: z.infer<typeof idInput>): Promise<null> => {
    const row = await fetchOne(call, softwareDeploymentKind, id)
    const writes = new Writes()
    planRemoval(writes, [row])
    await call.commit(writes, [id], null)
    return null
  },
})
