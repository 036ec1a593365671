import { Writes } from '../src/commit/writes.ts'
import type { Kernel } from '../src/kernel.ts'
import type { Draft } from '../src/model/kind.ts'
import {
  type StackResource,
  stackResourceKind,
  stackResourceScope,
} from '../src/model/stack/resource.ts'
import { stackKind, stackSignalScope, stackSnapshotKind } from '../src/model/stack/stack.ts'
import type { Actor } from '../src/services/call.ts'
import { invoke } from '../src/services/operation.ts'
import { stackCreate } from '../src/services/stack/create.ts'
import { stackResourceSignal } from '../src/services/stack/resource.ts'
import { openSignals } from '../src/services/stack/signals.ts'
import { softwareConfigCreate } from '../src/services/stack/software/config.ts'
import { deploymentRow, planDeployments } from '../src/services/stack/software/plan.ts'

const template = `
heat_template_version: rocky
resources:
  handle: { type: OS::Heat::WaitConditionHandle }
  none: { type: OS::Heat::None }
`

/** A row as the work of a stack leaves it. */
export function stackResourceRow(fields: Partial<StackResource>): Draft<StackResource> {
  return {
    id: 'r1',
    stackId: 's1',
    projectId: 'p1',
    name: 'none',
    liveName: fields.name ?? 'none',
    type: 'OS::Heat::None',
    implementation: 'OS::Heat::None',
    action: 'CREATE',
    status: 'COMPLETE',
    reason: '',
    step: null,
    generation: 1,
    physicalId: 'r1',
    key: null,
    member: 0,
    attempt: 1,
    tries: 0,
    since: 1,
    properties: {},
    target: null,
    attributes: {},
    metadata: {},
    requires: [],
    deletionPolicy: 'Delete',
    external: false,
    signals: false,
    hook: null,
    lifted: [],
    createdAt: 1,
    updatedAt: 1,
    ...fields,
  }
}

/** A stack under way, with two resources, one of which was signalled. */
export async function makeStack(
  kernel: Kernel,
  actor: Actor,
): Promise<{ stackId: string; softwareConfigId: string }> {
  const { id: stackId, projectId } = await invoke(kernel, actor, stackCreate, {
    name: 'stack',
    template,
  })
  const own = { stackId, projectId }
  const writes = new Writes().insert(
    stackResourceKind,
    stackResourceRow({ ...own, id: 'handle-1', name: 'handle', signals: true }),
    stackResourceRow({ ...own, id: 'none-1' }),
  )
  openSignals(writes, 'handle-1')
  writes.add({ scope: stackResourceScope(stackId), name: 'resources', add: 2 })
  await kernel.committer.commit(writes)
  await invoke(kernel, actor, stackResourceSignal, { stackId, name: 'handle' })
  const { id: softwareConfigId } = await invoke(kernel, actor, softwareConfigCreate, {})
  const software = new Writes()
  planDeployments(software, softwareConfigId, [
    deploymentRow(kernel, {
      ...{ projectId, configId: softwareConfigId, serverId: 'server-1', name: '', by: null },
      ...{ action: 'CREATE', status: 'COMPLETE', reason: '', inputValues: {}, resourceId: null },
    }),
  ])
  await kernel.committer.commit(software)
  const [stack] = await kernel.store.get(stackKind, [stackId])
  const snapshot = {
    ...{ id: 'snapshot-1', stackId, projectId, name: '', createdAt: 1 },
    ...{ definitionId: stack?.definitionId ?? '', resources: {} },
  }
  await kernel.committer.commit(new Writes().insert(stackSnapshotKind, snapshot))
  return { stackId, softwareConfigId }
}

export const handleScope = stackSignalScope('handle-1')
