import { z } from 'zod'
import { limits } from '../../../base/limits.ts'
import { Writes } from '../../../commit/writes.ts'
import { serverKind } from '../../../model/compute/server.ts'
import {
  deployActions,
  type SoftwareDeployment,
  softwareConfigKind,
  softwareDeploymentKind,
  signalTransports,
} from '../../../model/stack/software.ts'
import { stackKind, stackTopic } from '../../../model/stack/stack.ts'
import type { Call } from '../../call.ts'
import { fetchOne, fetchOwned } from '../../fetch.ts'
import { idField } from '../../fields.ts'
import { defineOperation } from '../../operation.ts'
import { checkQuota } from '../../quota.ts'
import { valuesField } from './fields.ts'
import { deploymentRow, planDeployments, planMove, planRemoval } from './plan.ts'

const nameField = z.string().min(1).max(limits.nameLength)

const deployInput = z.strictObject({
  stackId: idField,
  /** The row of the resource, and its name in the template. */
  resourceId: idField,
  resource: z
    .string()
    .min(1)
    .max(2 * limits.nameLength),
  configId: idField,
  /** By names that the resource gives them. */
  servers: z
    .record(nameField, idField)
    .refine((servers) => Object.keys(servers).length <= limits.softwareServers, {
      message: `are more than ${limits.softwareServers}`,
    }),
  inputValues: valuesField,
  action: z.enum(deployActions),
  transport: z.enum(signalTransports),
  /** False: what is deployed already is not done once more. */
  awaited: z.boolean(),
})
type DeployInput = z.infer<typeof deployInput>

/** What a resource of a stack has deployed, in one decision whatever their number. */
export interface Deployed {
  readonly id: string
  readonly deployments: readonly { readonly id: string; readonly name: string }[]
}

/**
 * Brings the deployments of a stack's resource to what it is to have: for the work of the stack
 * alone. Servers that are named no more have theirs removed.
 */
export const softwareDeploy = defineOperation({
  id: 'stack.softwareDeployment.deploy',
  summary: 'Deploys a configuration of software for a resource of a stack.',
  policy: { scope: 'project', role: 'member' },
  input: deployInput,
  mutates: true,
  run: async (call: Call, input: DeployInput): Promise<Deployed> => {
    const { kernel, projectId } = call
    const stack = await fetchOne(call, stackKind, input.stackId, 'stackId')
    await fetchOne(call, softwareConfigKind, input.configId, 'configId')
    const names = Object.keys(input.servers)
    await fetchOwned(call, serverKind, Object.values(input.servers), 'servers')
    const before = await deploymentsOf(call, input.resourceId)
    const known = new Map(before.map((row) => [row.name, row]))
    const isKept = (row: SoftwareDeployment): boolean => input.servers[row.name] === row.serverId
    const fresh = names.filter((name) => !before.some((row) => row.name === name && isKept(row)))
    await checkQuota(kernel, projectId, { softwareDeployments: fresh.length })
    const status = input.awaited && input.transport !== 'NO_SIGNAL' ? 'IN_PROGRESS' : 'COMPLETE'
    const reason =
      status === 'COMPLETE' ? 'Not waiting for outputs signal' : 'Deploy data available'
    const about = { configId: input.configId, inputValues: input.inputValues }
    const by = {
      stackId: stack.id,
      stackName: stack.name,
      resource: input.resource,
      transport: input.transport,
    }
    const standing = { action: input.action, status, reason, by } as const
    const made = fresh.map((name) =>
      deploymentRow(kernel, {
        ...{ projectId, name, resourceId: input.resourceId, serverId: input.servers[name] ?? '' },
        ...about,
        ...standing,
      }),
    )
    const at = kernel.clock.now()
    const kept = before.filter(isKept).map((row) => ({
      ...row,
      ...about,
      ...standing,
      outputValues: {},
      derivedId: kernel.ids.next(),
      updatedAt: at,
    }))
    const writes = new Writes().update(softwareDeploymentKind, ...kept)
    for (const row of kept) planMove(writes, known.get(row.name)?.configId ?? '', row.configId)
    planRemoval(
      writes,
      before.filter((row) => !isKept(row)),
    )
    planDeployments(writes, input.configId, made)
    writes.ring(stackTopic(stack.id))
    const deployments = [...kept, ...made].map(({ id, name }) => ({ id, name }))
    const answer: Deployed = { id: input.resourceId, deployments }
    await call.commit(
      writes,
      deployments.map(({ id }) => id),
      answer,
    )
    return answer
  },
})

const undeployInput = z.strictObject({ resourceId: idField })

/** Removes every deployment of a stack's resource: for the work of the stack alone. */
export const softwareUndeploy = defineOperation({
  id: 'stack.softwareDeployment.undeploy',
  summary: 'Removes what a resource of a stack has deployed.',
  policy: { scope: 'project', role: 'member' },
  input: undeployInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof undeployInput>): Promise<null> => {
    const rows = await deploymentsOf(call, input.resourceId)
    const writes = new Writes()
    planRemoval(writes, rows)
    await call.commit(
      writes,
      rows.map(({ id }) => id),
      null,
    )
    return null
  },
})

async function deploymentsOf(call: Call, resourceId: string): Promise<SoftwareDeployment[]> {
  const { store } = call.kernel
  const rows = await store.lookup(softwareDeploymentKind, 'byResource', [[resourceId]])
  return rows.filter(({ projectId }) => projectId === call.projectId)
}
