import {
  type Actor,
  softwareDeploymentCreate,
  softwareDeploymentDelete,
  softwareDeploymentGet,
  softwareDeploymentList,
  softwareDeploymentMetadata,
  softwareDeploymentSignal,
  softwareDeploymentUpdate,
} from '@nephos/core'
import {
  deploymentBody,
  deploymentChange,
  deploymentInput,
  deploymentView,
  derivedBody,
  outcomeBody,
} from '../../wire/orchestration/software.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first, pageOf } from '../paging.ts'
import { json, nothing } from '../reply.ts'

const at = '/software_deployments'

/** https://docs.openstack.org/api-ref/orchestration/v1/#software-deployments */
export const softwareDeployments: readonly EndpointRow[] = [
  endpoint({
    id: 'orchestration.software-deployments.list',
    method: 'GET',
    path: at,
    summary: 'Lists deployments of software.',
    access: 'token',
    operations: [softwareDeploymentList],
    status: 200,
    async run(x) {
      const serverId = first(x.query, 'server_id')
      const input = { ...pageOf(x.query), ...(serverId !== undefined && { serverId }) }
      const rows = await x.invoke(softwareDeploymentList, input)
      return json({ software_deployments: rows.map(deploymentView) })
    },
  }),
  endpoint({
    id: 'orchestration.software-deployments.create',
    method: 'POST',
    path: at,
    summary: 'Deploys a configuration of software on a server.',
    access: 'token',
    operations: [softwareDeploymentCreate],
    body: deploymentBody,
    status: 200,
    async run(x) {
      const { config_id: configId, server_id: serverId } = x.body
      const { outputValues: _, ...fields } = deploymentInput(x.body)
      const row = await x.invoke(softwareDeploymentCreate, { ...fields, configId, serverId })
      return json({ software_deployment: deploymentView(row) })
    },
  }),
  endpoint({
    id: 'orchestration.software-deployments.metadata',
    method: 'GET',
    path: `${at}/metadata/{server_id}`,
    summary: 'Shows what is deployed on a server.',
    access: 'token',
    operations: [softwareDeploymentMetadata],
    status: 200,
    async run(x) {
      const serverId = x.param('server_id')
      const rows = await x.invoke(softwareDeploymentMetadata, { serverId })
      return json({ metadata: rows.map((row) => derivedBody(row, (path) => x.url(path))) })
    },
  }),
  endpoint({
    id: 'orchestration.software-deployments.get',
    method: 'GET',
    path: `${at}/{deployment_id}`,
    summary: 'Shows a deployment of software.',
    access: 'token',
    operations: [softwareDeploymentGet],
    status: 200,
    async run(x) {
      const row = await x.invoke(softwareDeploymentGet, { id: x.param('deployment_id') })
      return json({ software_deployment: deploymentView(row) })
    },
  }),
  endpoint({
    id: 'orchestration.software-deployments.update',
    method: 'PUT',
    path: `${at}/{deployment_id}`,
    summary: 'Changes a deployment of software.',
    access: 'token',
    operations: [softwareDeploymentUpdate],
    body: deploymentChange,
    status: 200,
    async run(x) {
      const { config_id: configId } = x.body
      const row = await x.invoke(softwareDeploymentUpdate, {
        id: x.param('deployment_id'),
        ...deploymentInput(x.body),
        ...(typeof configId === 'string' && { configId }),
      })
      return json({ software_deployment: deploymentView(row) })
    },
  }),
  endpoint({
    id: 'orchestration.software-deployments.delete',
    method: 'DELETE',
    path: `${at}/{deployment_id}`,
    summary: 'Deletes a deployment of software.',
    access: 'token',
    operations: [softwareDeploymentDelete],
    status: 204,
    async run(x) {
      await x.invoke(softwareDeploymentDelete, { id: x.param('deployment_id') })
      return nothing
    },
  }),
  ...(['POST', 'PUT'] as const).map((method) =>
    endpoint({
      id: `orchestration.software-deployments.signal-${method.toLowerCase()}`,
      method,
      path: `${at}/{deployment_id}/signal`,
      summary: 'Says what came of a deployment, by the key in the URL that a server was given.',
      access: 'open',
      operations: [softwareDeploymentSignal],
      body: outcomeBody,
      status: 200,
      async run(x) {
        await x.invokeAs(signaller(x.param('project_id')), softwareDeploymentSignal, {
          id: x.param('deployment_id'),
          key: first(x.query, 'key') ?? '',
          outputs: x.body ?? {},
        })
        return nothing
      },
    }),
  ),
]

/** Whoever knows the key of a deployment may say what came of it, and nothing else. */
function signaller(projectId: string): Actor {
  return { userId: 'signal', projectId, domainId: null, roles: ['member'], system: false }
}
