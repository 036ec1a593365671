import {
  projectEnsure,
  softwareConfigCreate,
  softwareConfigDelete,
  softwareDeploymentCreate,
  softwareDeploymentDelete,
  softwareDeploymentSignal,
  softwareDeploymentUpdate,
  stackAbandon,
  stackCreate,
  stackDelete,
  stackRestore,
  stackSnapshotCreate,
  stackSnapshotDelete,
  stackUpdate,
} from '@nephos/core'
import { memberOf } from '../client.ts'
import type { Scenario } from '../scenario.ts'
import { stage, stageImage, stageServers } from '../stage.ts'

const template = (resources: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ heat_template_version: 'rocky', resources })

const net = { type: 'OS::Neutron::Net', properties: { name: 'inner' } }
const subnet = {
  type: 'OS::Neutron::Subnet',
  properties: { network: { get_resource: 'net' }, cidr: '10.0.0.0/24' },
}

/** Resources of the row alone, a network, and a change that adds, replaces and removes. */
const stacks: Scenario = {
  name: 'stacks',
  // How often something was tried, and when.
  loose: ['attempt', 'tries', 'since', 'key'],
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const member = memberOf(projectId)
    return async () => {
      const first = template({
        net,
        subnet,
        port: {
          type: 'OS::Neutron::Port',
          depends_on: 'subnet',
          properties: { network: { get_resource: 'net' } },
        },
      })
      const { id } = await client.call(stackCreate, { name: 'one', template: first }, member)
      await client.rest()
      const second = template({ net: { ...net, properties: { name: 'other' } }, subnet })
      await client.call(stackUpdate, { id, template: second }, member)
      await client.rest()
      await client.call(stackDelete, { id }, member)
      await client.rest()
    }
  },
}

/** A group of servers comes in one request, and goes in one. */
const stackOfServers: Scenario = {
  name: 'stack-of-servers',
  loose: ['attempt', 'tries', 'since', 'key'],
  prepare: async (client) => {
    const { member, flavorId } = await stage(client)
    const imageId = await stageImage(client, member)
    return async () => {
      const group = {
        type: 'OS::Heat::ResourceGroup',
        properties: {
          count: 2,
          resource_def: {
            type: 'OS::Nova::Server',
            properties: { name: 'vm-%index%', image: imageId, flavor: flavorId },
          },
        },
      }
      const input = { name: 'one', template: template({ group }) }
      const { id } = await client.call(stackCreate, input, member)
      await client.rest()
      await client.call(stackDelete, { id }, member)
      await client.rest()
    }
  },
}

/** A configuration is deployed on a server, which says what came of it. */
const software: Scenario = {
  name: 'stack-software',
  prepare: async (client) => {
    const { member, servers } = await stageServers(client)
    const serverId = servers[0]?.id ?? ''
    return async () => {
      const { id: configId } = await client.call(softwareConfigCreate, {}, member)
      const input = { configId, serverId, status: 'IN_PROGRESS' } as const
      const { id } = await client.call(softwareDeploymentCreate, input, member)
      await client.call(softwareDeploymentUpdate, { id, inputValues: { a: 1 } }, member)
      await client.call(softwareDeploymentSignal, { id, outputs: { a: 2 } }, member)
      await client.call(softwareDeploymentDelete, { id }, member)
      await client.call(softwareConfigDelete, { id: configId }, member)
    }
  },
}

/** A stack is kept, comes back to what was kept, and is abandoned. */
const kept: Scenario = {
  name: 'stack-kept',
  loose: ['attempt', 'tries', 'since', 'key'],
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const member = memberOf(projectId)
    const one = { name: 'one', template: template({ net }) }
    const { id: stackId } = await client.call(stackCreate, one, member)
    await client.rest()
    return async () => {
      const { id } = await client.call(stackSnapshotCreate, { stackId }, member)
      await client.call(stackRestore, { stackId, id }, member)
      await client.rest()
      await client.call(stackSnapshotDelete, { stackId, id }, member)
      await client.call(stackAbandon, { id: stackId }, member)
      await client.rest()
    }
  },
}

export const stackScenarios: readonly Scenario[] = [stacks, stackOfServers, software, kept]
