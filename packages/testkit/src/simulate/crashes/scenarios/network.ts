import {
  networkCreate,
  networkDelete,
  networkUpdate,
  portCreate,
  portCreateMany,
  portDelete,
  portUpdate,
  projectEnsure,
  securityGroupCreate,
  securityGroupDelete,
  securityGroupUpdate,
  securityRuleCreate,
  securityRuleCreateMany,
  securityRuleDelete,
  type Server,
  serverAttachInterface,
  serverCreate,
  serverDelete,
  serverDetachInterface,
  subnetCreate,
  subnetDelete,
  subnetUpdate,
} from '@nephos/core'
import { memberOf } from '../client.ts'
import type { Scenario } from '../scenario.ts'
import { stage, stageImage, stageNetwork } from '../stage.ts'

const networks: Scenario = {
  name: 'networks',
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const member = memberOf(projectId)
    const { id: oldId } = await client.call(networkCreate, { name: 'old' }, member)
    const old = { networkId: oldId, cidr: '10.1.0.0/24' }
    const { id: oldSubnetId } = await client.call(subnetCreate, old, member)
    await client.call(subnetCreate, { networkId: oldId, cidr: '10.2.0.0/24' }, member)
    return async () => {
      const { id } = await client.call(networkCreate, { name: 'new' }, member)
      await client.call(networkUpdate, { id, description: 'changed', mtu: 1_400 }, member)
      const subnet = { networkId: id, cidr: '10.3.0.0/24' }
      const { id: subnetId } = await client.call(subnetCreate, subnet, member)
      const allocationPools = [{ start: '10.3.0.10', end: '10.3.0.20' }]
      await client.call(subnetUpdate, { id: subnetId, allocationPools }, member)
      await client.call(subnetDelete, { id: oldSubnetId }, member)
      await client.call(networkDelete, { id: oldId }, member)
    }
  },
}

const ports: Scenario = {
  name: 'ports',
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const member = memberOf(projectId)
    const networkId = await stageNetwork(client, member)
    const { id: oldId } = await client.call(portCreate, { networkId }, member)
    return async () => {
      const { id } = await client.call(portCreate, { networkId, name: 'one' }, member)
      const more = [{ networkId }, { networkId, fixedIps: [{ address: '10.0.0.77' }] }]
      await client.call(portCreateMany, { ports: more }, member)
      const fixedIps = [{ address: '10.0.0.99' }]
      await client.call(portUpdate, { id, fixedIps, securityGroupIds: [] }, member)
      await client.call(portDelete, { ids: [oldId] }, member)
    }
  },
}

/** Ports that were there before serve a server, and go with it or stay. */
const portsOfServers: Scenario = {
  name: 'ports-of-servers',
  prepare: async (client) => {
    const { member, flavorId } = await stage(client)
    const imageId = await stageImage(client, member)
    const networkId = await stageNetwork(client, member)
    const { id: portId } = await client.call(portCreate, { networkId }, member)
    return async () => {
      const wanted = [{ portId }, { networkId }]
      const input = { name: 'vm', flavorId, imageId, networks: wanted }
      const { id: batchId } = await client.call(serverCreate, input, member)
      await client.rest()
      await client.call(serverDelete, { batchId }, member)
      await client.rest()
      // Addresses of a subnet that is gone are swept up.
      await client.call(portDelete, { ids: [portId] }, member)
      await client.call(networkDelete, { id: networkId }, member)
    }
  },
}

/** A port gets another address while its server runs, and another one has the old address after. */
const portOfRunningServer: Scenario = {
  name: 'port-of-running-server',
  prepare: async (client) => {
    const { member, flavorId } = await stage(client)
    const imageId = await stageImage(client, member)
    const networkId = await stageNetwork(client, member)
    const { id, fixedIps: before } = await client.call(portCreate, { networkId }, member)
    const input = { name: 'vm', flavorId, imageId, networks: [{ portId: id }] }
    await client.call(serverCreate, input, member)
    await client.rest()
    return async () => {
      const fixedIps = [{ address: '10.0.0.99' }]
      await client.call(portUpdate, { id, fixedIps, securityGroupIds: [] }, member)
      await client.rest()
      await client.call(portCreate, { networkId, fixedIps: [...before] }, member)
    }
  },
}

/** A server that runs is given a new port and one made before, and gives both up again. */
const interfaces: Scenario = {
  name: 'interfaces',
  prepare: async (client) => {
    const { member, flavorId } = await stage(client)
    const imageId = await stageImage(client, member)
    const networkId = await stageNetwork(client, member)
    const { id: portId } = await client.call(portCreate, { networkId }, member)
    const input = { name: 'vm', flavorId, imageId, networks: [{ networkId }] }
    await client.call(serverCreate, input, member)
    await client.rest()
    const serverId = client.rows<Server>('server')[0]?.id as string
    return async () => {
      const made = await client.call(serverAttachInterface, { serverId, networkId }, member)
      await client.call(serverAttachInterface, { serverId, portId }, member)
      await client.rest()
      await client.call(serverDetachInterface, { serverId, portId: made.portId }, member)
      await client.call(serverDetachInterface, { serverId, portId }, member)
    }
  },
}

const securityGroups: Scenario = {
  name: 'security-groups',
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const member = memberOf(projectId)
    const { id: oldId } = await client.call(securityGroupCreate, { name: 'old' }, member)
    return async () => {
      const { id } = await client.call(securityGroupCreate, { name: 'new' }, member)
      await client.call(securityGroupUpdate, { id, name: 'renamed' }, member)
      await client.call(securityGroupDelete, { id: oldId }, member)
    }
  },
}

/** Each change of a group's rules is told to the network while the next one is made. */
const securityRules: Scenario = {
  name: 'security-rules',
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const member = memberOf(projectId)
    const { id: groupId } = await client.call(securityGroupCreate, { name: 'walls' }, member)
    const rule = (port: number) =>
      ({
        groupId,
        direction: 'ingress',
        protocol: 'tcp',
        portRangeMin: port,
        portRangeMax: port,
      }) as const
    const { id: oldId } = await client.call(securityRuleCreate, rule(21), member)
    return async () => {
      await client.call(securityRuleCreate, rule(22), member)
      await client.call(securityRuleCreateMany, { rules: [rule(80), rule(443)] }, member)
      await client.call(securityRuleDelete, { ids: [oldId] }, member)
    }
  },
}

export const networkScenarios: readonly Scenario[] = [
  networks,
  ports,
  portsOfServers,
  portOfRunningServer,
  interfaces,
  securityGroups,
  securityRules,
]
