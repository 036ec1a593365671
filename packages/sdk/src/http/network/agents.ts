import { CloudError } from '@nephos/core'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

const common = { method: 'GET', access: 'token', operations: [], status: 200 } as const

/**
 * Agents and service providers: the data plane of this cloud has none, and says so
 * (https://docs.openstack.org/api-ref/network/v2/#networking-agents).
 */
export const agents: readonly EndpointRow[] = [
  endpoint({
    ...common,
    id: 'network.agents.list',
    path: '/agents',
    summary: 'Lists agents: there are none.',
    run: () => json({ agents: [] }),
  }),
  endpoint({
    ...common,
    id: 'network.agents.get',
    path: '/agents/{id}',
    summary: 'Shows an agent: there are none.',
    run: () => {
      throw new CloudError('notFound', 'No such agent.', { field: 'id' })
    },
  }),
  endpoint({
    ...common,
    id: 'network.serviceProviders.list',
    path: '/service-providers',
    summary: 'Lists service providers: there are none.',
    run: () => json({ service_providers: [] }),
  }),
]
