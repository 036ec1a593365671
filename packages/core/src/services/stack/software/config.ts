import { z } from 'zod'
import { CloudError } from '../../../base/errors.ts'
import { limits } from '../../../base/limits.ts'
import { CommitConflict } from '../../../commit/committer.ts'
import { Writes } from '../../../commit/writes.ts'
import type { Draft } from '../../../model/kind.ts'
import type { Json } from '../../../model/stack/json.ts'
import {
  type SoftwareConfig,
  softwareConfigKind,
  softwareConfigScope,
  type SoftwareField,
} from '../../../model/stack/software.ts'
import type { Call } from '../../call.ts'
import { fetchOne } from '../../fetch.ts'
import { idField, pageFields } from '../../fields.ts'
import { openCounter, requireAtMost } from '../../network/counters.ts'
import { defineOperation } from '../../operation.ts'
import { listPage } from '../../page.ts'
import { chargeQuota, checkQuota } from '../../quota.ts'
import { configField, softwareFieldsField, valuesField } from './fields.ts'

/** A configuration as its users see it. */
export type SoftwareConfigView = Omit<SoftwareConfig, 'rev'>

const createInput = z.strictObject({
  name: z.string().max(limits.nameLength).default(''),
  group: z.string().min(1).max(limits.nameLength).default('Heat::Ungrouped'),
  config: configField.default(''),
  options: valuesField.default({}),
  inputs: softwareFieldsField.default([]),
  outputs: softwareFieldsField.default([]),
})

/** @throws CloudError `quotaExceeded`. */
export const softwareConfigCreate = defineOperation({
  id: 'stack.softwareConfig.create',
  summary: 'Creates a configuration of software.',
  policy: { scope: 'project', role: 'member' },
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<SoftwareConfigView> => {
    const { kernel, projectId } = call
    await checkQuota(kernel, projectId, { softwareConfigs: 1 })
    const config: Draft<SoftwareConfig> = {
      id: kernel.ids.next(),
      projectId,
      name: input.name,
      group: input.group,
      config: input.config as Json,
      options: input.options,
      inputs: input.inputs as readonly SoftwareField[],
      outputs: input.outputs as readonly SoftwareField[],
      createdAt: kernel.clock.now(),
    }
    const writes = new Writes().insert(softwareConfigKind, config)
    openCounter(writes, softwareConfigScope(config.id), 'deployments')
    chargeQuota(writes, projectId, { softwareConfigs: 1 })
    await call.commit(writes, [config.id], config)
    return config
  },
})

const idInput = z.strictObject({ id: idField })

export const softwareConfigGet = defineOperation({
  id: 'stack.softwareConfig.get',
  summary: 'Shows a configuration of software.',
  policy: { scope: 'project', role: 'reader' },
  input: idInput,
  mutates: false,
  run: async (call: Call, { id }: z.infer<typeof idInput>): Promise<SoftwareConfigView> =>
    viewConfig(await fetchOne(call, softwareConfigKind, id)),
})

const listInput = z.strictObject(pageFields)

export const softwareConfigList = defineOperation({
  id: 'stack.softwareConfig.list',
  summary: 'Lists the configurations of software of the project, by id.',
  policy: { scope: 'project', role: 'reader' },
  input: listInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof listInput>): Promise<SoftwareConfigView[]> => {
    const query = { index: 'byProject', equals: [call.projectId] }
    return (await listPage(call, softwareConfigKind, query, input)).map(viewConfig)
  },
})

/** @throws CloudError `conflict` while there are deployments of it. */
export const softwareConfigDelete = defineOperation({
  id: 'stack.softwareConfig.delete',
  summary: 'Deletes a configuration of software.',
  policy: { scope: 'project', role: 'member' },
  input: idInput,
  mutates: true,
  run: async (call: Call, { id }: z.infer<typeof idInput>): Promise<null> => {
    const config = await fetchOne(call, softwareConfigKind, id)
    const scope = softwareConfigScope(id)
    const [counter] = await call.kernel.store.counters([scope])
    // It has one from the beginning: without, the read is old.
    if (!counter) {
      throw new CommitConflict({ type: 'revision', kind: softwareConfigKind.name, ids: [id] })
    }
    if (counter.value > 0) {
      throw new CloudError('conflict', 'There are deployments of the configuration.', {
        field: 'id',
      })
    }
    const writes = new Writes().remove(softwareConfigKind, config)
    requireAtMost(writes, counter)
    writes.drop(scope)
    chargeQuota(writes, config.projectId, { softwareConfigs: 1 }, -1)
    await call.commit(writes, [id], null)
    return null
  },
})

function viewConfig(config: SoftwareConfig): SoftwareConfigView {
  const { rev: _, ...shown } = config
  return shown
}
