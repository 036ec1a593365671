import { z } from 'zod'
import { limits } from '../../../base/limits.ts'
import { Writes } from '../../../commit/writes.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import {
  type SoftwareConfig,
  softwareConfigKind,
  type SoftwareDeployment,
  softwareDeploymentKind,
} from '../../../model/stack/software.ts'
import { stackTopic } from '../../../model/stack/stack.ts'
import type { Call } from '../../call.ts'
import { fetchOne, getAll, notFound } from '../../fetch.ts'
import { idField } from '../../fields.ts'
import { commitUnchanged } from '../../unchanged.ts'
import { defineOperation } from '../../operation.ts'
import { valuesField } from './fields.ts'
import { type SoftwareDeploymentView, viewDeployment } from './view.ts'

const signalInput = z.strictObject({
  id: idField,
  /** The deployment's own: whoever has no other right must know it. */
  key: z.string().max(128).optional(),
  /** What the configuration tells, by the names of its outputs. */
  outputs: valuesField.default({}),
})

/**
 * Says what came of a deployment. One on which nothing is awaited stays as it is.
 *
 * @throws CloudError `notFound`, also for a wrong key.
 */
export const softwareDeploymentSignal = defineOperation({
  id: 'stack.softwareDeployment.signal',
  summary: 'Says what came of a deployment of software.',
  policy: { scope: 'project', role: 'member' },
  input: signalInput,
  mutates: true,
  secrets: ['key'],
  run: async (
    call: Call,
    { id, key, outputs }: z.infer<typeof signalInput>,
  ): Promise<SoftwareDeploymentView> => {
    const { kernel } = call
    const before = await fetchOne(call, softwareDeploymentKind, id)
    // Digests: comparing them tells nothing of the key.
    const digest = (text: string): string => kernel.digest.hash('sha256', text)
    if (key !== undefined && digest(key) !== digest(before.key)) {
      throw notFound(softwareDeploymentKind.name, 'id')
    }
    if (before.status !== 'IN_PROGRESS') {
      return commitUnchanged(call, softwareDeploymentKind, before, [id], viewDeployment)
    }
    const [config] = await getAll(kernel, softwareConfigKind, [before.configId])
    const after: SoftwareDeployment = {
      ...before,
      ...outcomeOf(config, outputs),
      outputValues: outputs,
      updatedAt: kernel.clock.now(),
    }
    const writes = new Writes().update(softwareDeploymentKind, after)
    if (after.by) writes.ring(stackTopic(after.by.stackId))
    const view = viewDeployment(after)
    await call.commit(writes, [id], view)
    return view
  },
})

/** It failed if what was run says so, or if it says anything in an output for errors. */
function outcomeOf(
  config: SoftwareConfig | undefined,
  outputs: JsonMap,
): Pick<SoftwareDeployment, 'status' | 'reason'> {
  const code = outputs['deploy_status_code']
  const isWrong = code !== undefined && code !== null && Number(code) !== 0
  if (isWrong) {
    const reason = `deploy_status_code : non-zero status code: ${textOf(code)}`
    return { status: 'FAILED', reason }
  }
  const errors = (config?.outputs ?? []).filter(
    ({ name, errorOutput }) => errorOutput && Boolean(outputs[name]),
  )
  if (errors.length === 0) return { status: 'COMPLETE', reason: 'Outputs received' }
  const said = errors.map(({ name }) => `${name} : ${textOf(outputs[name])}`).join(', ')
  return { status: 'FAILED', reason: said.slice(0, limits.descriptionLength) }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
