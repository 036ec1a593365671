import { limits } from '../../../base/limits.ts'
import { Writes } from '../../../commit/writes.ts'
import type { Json, JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import {
  signalTransports,
  type SignalTransport,
  type SoftwareDeployment,
  softwareDeploymentKind,
} from '../../../model/stack/software.ts'
import { templateError, within } from '../template/error.ts'
import { unresolved } from '../template/scope.ts'
import { type Deployed, softwareDeploy, softwareUndeploy } from '../software/deploy.ts'
import { each, removal } from './each.ts'
import { mapOf, type PropertySpecs, textOf, textsOf } from './property.ts'
import type { Result } from './result.ts'
import type { ResourceType, ResourceWork, Verb } from './type.ts'

const properties: PropertySpecs = {
  config: { type: 'string', required: true, updatable: true },
  input_values: { type: 'map', default: {}, updatable: true, max: limits.softwareFields },
  actions: {
    type: 'list',
    default: ['CREATE', 'UPDATE'],
    updatable: true,
    items: { type: 'string', allowed: ['CREATE', 'UPDATE'] },
  },
  name: { type: 'string', updatable: true, max: limits.nameLength },
  signal_transport: { type: 'string', default: 'CFN_SIGNAL', allowed: [...signalTransports] },
}

/** The only server of a deployment, among several by their names. */
const only = 'server'

/** A type whose resources wait until what runs on servers has said that it is done. */
function deploymentType(
  about: Pick<ResourceType, 'name' | 'summary' | 'attributes' | 'check'> & {
    readonly properties: PropertySpecs
  },
  how: {
    readonly servers: (properties: JsonMap) => Readonly<Record<string, string>>
    readonly physicalId: (deployed: Deployed) => string
    readonly attributes: (rows: readonly SoftwareDeployment[]) => JsonMap
  },
): ResourceType {
  const standing = (row: StackResource, rows: readonly SoftwareDeployment[]): Result => {
    const failed = rows.find(({ status }) => status === 'FAILED')
    if (failed) return { state: 'failed', reason: `Deployment to server failed: ${failed.reason}` }
    const wanted = Object.keys(how.servers(row.target ?? row.properties ?? {})).length
    const isDone = rows.length >= wanted && rows.every(({ status }) => status === 'COMPLETE')
    return isDone ? { state: 'done', attributes: how.attributes(rows) } : { state: 'pending' }
  }
  const poll: Verb = async (work, rows) => {
    const all = await deploymentsOf(work, rows)
    return new Map(rows.map((row) => [row.id, standing(row, all.get(row.id) ?? [])]))
  }
  const deploy = (use: 'create' | 'update'): Verb =>
    each(async (work, row) => {
      const own = row.target ?? {}
      const deployed = await work.call(
        softwareDeploy,
        {
          stackId: work.stack.id,
          resourceId: row.id,
          resource: row.name,
          configId: textOf(own, 'config') ?? '',
          servers: { ...how.servers(own) },
          inputValues: mapOf(own, 'input_values') ?? {},
          action: use === 'create' ? 'CREATE' : 'UPDATE',
          transport: (textOf(own, 'signal_transport') ?? 'CFN_SIGNAL') as SignalTransport,
          awaited: (textsOf(own, 'actions') ?? []).includes(use.toUpperCase()),
        },
        work.keyOf(row, use),
      )
      return { state: 'pending', physicalId: how.physicalId(deployed) }
    })
  return {
    ...about,
    create: deploy('create'),
    update: deploy('update'),
    poll,
    remove: removal((work, _, row) =>
      work.call(softwareUndeploy, { resourceId: row.id }, work.keyOf(row, `delete ${row.tries}`)),
    ),
    recover: async (_work, _row, answer) =>
      answer === null ? null : how.physicalId(answer as Deployed),
    giveUp: async (kernel, rows, reason) => {
      const all = await kernel.store.lookup(
        softwareDeploymentKind,
        'byResource',
        rows.map(({ id }) => [id]),
      )
      const busy = all.filter(({ status }) => status === 'IN_PROGRESS')
      const at = kernel.clock.now()
      const failed = busy.map(
        (row) => ({ ...row, status: 'FAILED', reason, updatedAt: at }) as const,
      )
      return new Writes().update(softwareDeploymentKind, ...failed)
    },
  }
}

/** By the rows of the resources, in the order of their names. */
async function deploymentsOf(
  { kernel }: Pick<ResourceWork, 'kernel'>,
  rows: readonly StackResource[],
): Promise<ReadonlyMap<string, readonly SoftwareDeployment[]>> {
  const keys = rows.map(({ id }) => [id])
  const all = await kernel.store.lookup(softwareDeploymentKind, 'byResource', keys)
  const ordered = all.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const byRow = new Map<string, SoftwareDeployment[]>()
  for (const one of ordered) {
    const id = one.resourceId ?? ''
    byRow.set(id, [...(byRow.get(id) ?? []), one])
  }
  return byRow
}

/** Software that is to be on a server. */
export const heatSoftwareDeployment: ResourceType = deploymentType(
  {
    name: 'OS::Heat::SoftwareDeployment',
    summary: 'Brings a server to a configuration of software, and waits for its answer.',
    properties: { ...properties, server: { type: 'string', required: true } },
    attributes: {
      deploy_stdout: 'What it wrote.',
      deploy_stderr: 'What it wrote of errors.',
      deploy_status_code: 'How it ended.',
    },
  },
  {
    servers: (own) => ({ [only]: textOf(own, 'server') ?? '' }),
    physicalId: ({ id, deployments }) => deployments[0]?.id ?? id,
    attributes: ([row]) => ({
      ...{ deploy_stdout: null, deploy_stderr: null, deploy_status_code: null },
      ...row?.outputValues,
    }),
  },
)

/** An id, or what is not known yet. */
function isServer(value: Json | undefined): boolean {
  return value === unresolved || (typeof value === 'string' && value !== '')
}

const told = ['deploy_stdout', 'deploy_stderr', 'deploy_status_code'] as const

/** Software that is to be on several servers, which are told of it at once. */
export const heatSoftwareDeployments: ResourceType = deploymentType(
  {
    name: 'OS::Heat::SoftwareDeployments',
    summary: 'Brings servers to a configuration of software, and waits for all their answers.',
    properties: {
      ...properties,
      servers: { type: 'map', required: true, updatable: true, max: limits.softwareServers },
    },
    attributes: {
      deploy_stdouts: 'What each wrote, by the names of the servers.',
      deploy_stderrs: 'What each wrote of errors.',
      deploy_status_codes: 'How each ended.',
    },
    check: (own, path) => {
      const servers = mapOf(own, 'servers') ?? {}
      const wrong = Object.keys(servers).find((name) => !isServer(servers[name]))
      if (wrong === undefined) return
      throw templateError(within(within(path, 'servers'), wrong), 'is not the id of a server.')
    },
  },
  {
    servers: (own) =>
      Object.fromEntries(
        Object.entries(mapOf(own, 'servers') ?? {}).map(([name, id]) => [name, id as string]),
      ),
    physicalId: ({ id }) => id,
    attributes: (rows) =>
      Object.fromEntries(
        told.map((name) => [
          `${name}s`,
          Object.fromEntries(rows.map((row) => [row.name, row.outputValues[name] ?? null])),
        ]),
      ),
  },
)
