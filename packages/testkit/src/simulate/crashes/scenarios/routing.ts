import {
  type Actor,
  floatingIpCreate,
  floatingIpCreateMany,
  floatingIpDelete,
  floatingIpUpdate,
  networkCreate,
  portCreate,
  portForwardingCreate,
  portForwardingDelete,
  portForwardingUpdate,
  projectEnsure,
  routerAddInterface,
  routerAddRoutes,
  routerCreate,
  routerDelete,
  routerRemoveInterface,
  routerRemoveRoutes,
  routerUpdate,
  subnetCreate,
} from '@nephos/core'
import { type CrashClient, memberOf } from '../client.ts'
import type { Scenario } from '../scenario.ts'

interface Ways {
  readonly member: Actor
  /** An external network. */
  readonly outerId: string
  readonly networkId: string
  readonly subnetId: string
}

/** A network of a project, and the way out. */
async function stageWays(client: CrashClient): Promise<Ways> {
  const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
  const wan = { name: 'outer', external: true, projectId }
  const outer = await client.call(networkCreate, wan)
  await client.call(subnetCreate, { networkId: outer.id, cidr: '203.0.113.0/24' })
  const member = memberOf(projectId)
  const { id: networkId } = await client.call(networkCreate, { name: 'inner' }, member)
  const subnet = { networkId, cidr: '10.1.0.0/24' }
  const { id: subnetId } = await client.call(subnetCreate, subnet, member)
  return { member, outerId: outer.id, networkId, subnetId }
}

/** A router between the two. */
async function stageRouter(client: CrashClient, ways: Ways): Promise<string> {
  const { member, outerId: networkId, subnetId } = ways
  const fields = { name: 'router', externalGateway: { networkId } }
  const { id } = await client.call(routerCreate, fields, member)
  await client.call(routerAddInterface, { id, subnetId }, member)
  await client.rest()
  return id
}

const routers: Scenario = {
  name: 'routers',
  prepare: async (client) => {
    const { member, outerId, subnetId } = await stageWays(client)
    const { id: oldId } = await client.call(routerCreate, { name: 'old' }, member)
    return async () => {
      const externalGateway = { networkId: outerId }
      const { id } = await client.call(routerCreate, { name: 'new', externalGateway }, member)
      await client.call(routerAddInterface, { id, subnetId }, member)
      await client.call(routerUpdate, { id, adminStateUp: false, description: 'x' }, member)
      await client.call(routerDelete, { id: oldId }, member)
      await client.rest()
    }
  },
}

const routes: Scenario = {
  name: 'routes',
  prepare: async (client) => {
    const ways = await stageWays(client)
    const { member } = ways
    const id = await stageRouter(client, ways)
    const old = [{ destination: '192.0.3.0/24', nexthop: '10.1.0.9' }]
    await client.call(routerAddRoutes, { id, routes: old }, member)
    return async () => {
      const added = [{ destination: '192.0.2.0/24', nexthop: '10.1.0.9' }]
      await client.call(routerAddRoutes, { id, routes: added }, member)
      await client.call(routerRemoveRoutes, { id, routes: old }, member)
    }
  },
}

/** A router that leads out is taken off its subnet. */
const interfaces: Scenario = {
  name: 'router-interfaces',
  prepare: async (client) => {
    const ways = await stageWays(client)
    const { member, subnetId } = ways
    const id = await stageRouter(client, ways)
    return async () => {
      await client.call(routerRemoveInterface, { id, subnetId }, member)
      await client.call(routerUpdate, { id, externalGateway: null }, member)
    }
  },
}

const floatingIps: Scenario = {
  name: 'floating-ips',
  prepare: async (client) => {
    const ways = await stageWays(client)
    const { member, networkId, outerId } = ways
    await stageRouter(client, ways)
    const { id: portId } = await client.call(portCreate, { networkId }, member)
    const outer = { networkId: outerId }
    const { id: oldId } = await client.call(floatingIpCreate, { ...outer, portId }, member)
    await client.rest()
    return async () => {
      const { id } = await client.call(floatingIpCreate, outer, member)
      const several = { ...outer, floatingIps: [{}, { description: 'second' }] }
      await client.call(floatingIpCreateMany, several, member)
      await client.call(floatingIpDelete, { ids: [oldId] }, member)
      await client.call(floatingIpUpdate, { id, portId }, member)
      await client.rest()
    }
  },
}

const portForwardings: Scenario = {
  name: 'port-forwardings',
  prepare: async (client) => {
    const ways = await stageWays(client)
    const { member, networkId, outerId } = ways
    await stageRouter(client, ways)
    const { id: portId } = await client.call(portCreate, { networkId }, member)
    const outer = { networkId: outerId }
    const { id: floatingIpId } = await client.call(floatingIpCreate, outer, member)
    const forward = { floatingIpId, portId, protocol: 'tcp', internalPorts: 80 } as const
    const old = { ...forward, externalPorts: 8_080 }
    const { id: oldId } = await client.call(portForwardingCreate, old, member)
    await client.rest()
    return async () => {
      const fields = { ...forward, internalPorts: 82, externalPorts: 8_081 }
      const { id } = await client.call(portForwardingCreate, fields, member)
      const change = { floatingIpId, id, internalPorts: 81 }
      await client.call(portForwardingUpdate, change, member)
      await client.call(portForwardingDelete, { floatingIpId, id: oldId }, member)
      await client.rest()
    }
  },
}

export const routingScenarios: readonly Scenario[] = [
  routers,
  routes,
  interfaces,
  floatingIps,
  portForwardings,
]
