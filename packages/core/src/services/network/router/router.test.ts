import { describe, expect, it, test } from 'vitest'
import { findings, newNetwork, operator } from '../../../../test/network-kernel.ts'
import { configureNow, dataPlane } from '../../../../test/network-work.ts'
import { newPort, p1, p2, routing } from '../../../../test/routing.ts'
import { addressKind } from '../../../model/network/address.ts'
import { portKind } from '../../../model/network/port.ts'
import { invoke } from '../../operation.ts'
import { networkDelete, networkGet, networkList, networkUpdate } from '../network.ts'
import { portCreate, portDelete, portUpdate } from '../port.ts'
import { subnetCreate, subnetDelete, subnetUpdate } from '../subnet.ts'
import { routerAddInterface, routerRemoveInterface } from './interface.ts'
import { routerCreate, routerDelete, routerGet, routerList, routerUpdate } from './router.ts'
import { routerAddRoutes, routerRemoveRoutes } from './routes.ts'

const conflict = (field: string) => ({ code: 'conflict', field })

describe('A4: external networks', () => {
  it('are seen by everyone, and made and unmade by operators', async () => {
    const { inside, kernel, outside } = await routing()
    expect(await invoke(kernel, p2, networkGet, { id: outside.id })).toMatchObject({
      external: true,
      projectId: 'ops',
    })
    const seen = await invoke(kernel, p2, networkList, { external: true })
    expect(seen.map(({ id }) => id)).toEqual([outside.id])
    const input = { id: inside.id, external: true }
    await expect(invoke(kernel, p1, networkUpdate, input)).rejects.toMatchObject({
      code: 'forbidden',
      field: 'external',
    })
  })

  it('stay external as long as a gateway is on them', async () => {
    const { kernel, outside, router } = await routing()
    const input = { id: outside.id, external: false }
    const off = () => invoke(kernel, operator, networkUpdate, input)
    await expect(off()).rejects.toMatchObject({ ...conflict('external'), detail: { uses: 1 } })
    await expect(invoke(kernel, operator, networkDelete, { id: outside.id })).rejects.toMatchObject(
      conflict('id'),
    )
    await invoke(kernel, p1, routerUpdate, { id: router.id, externalGateway: null })
    expect(await off()).toMatchObject({ external: false })
    const gateway = { externalGateway: { networkId: outside.id } }
    await expect(
      invoke(kernel, operator, routerUpdate, { id: router.id, ...gateway }),
    ).rejects.toMatchObject({ code: 'invalid', field: 'externalGateway.networkId' })
    await configureNow(kernel)
    expect(await findings(kernel)).toEqual([])
  })
})

describe('N2: routers', () => {
  it('are told to the data plane with their interfaces, gateway and routes', async () => {
    const { inside, kernel, outside, router, subnets } = await routing()
    const seen = await invoke(kernel, p1, routerGet, { id: router.id })
    expect(seen).toMatchObject({ status: 'ACTIVE', generation: 2, observed: 2 })
    expect(dataPlane(kernel).object('router', router.id)).toMatchObject({
      revision: 2,
      config: {
        adminStateUp: true,
        interfaces: [{ networkId: inside.id, address: '10.0.0.1/24' }],
        gateway: {
          networkId: outside.id,
          addresses: ['203.0.113.2/24'],
          nexthops: ['203.0.113.1'],
          enableSnat: true,
        },
        routes: [],
      },
    })
    await invoke(kernel, p1, routerAddInterface, { id: router.id, subnetId: subnets[1].id })
    const route = { destination: '192.168.0.0/16', nexthop: '10.0.1.9' }
    await invoke(kernel, p1, routerUpdate, { id: router.id, routes: [route], adminStateUp: false })
    expect(await configureNow(kernel)).toBe(0)
    expect(dataPlane(kernel).object('router', router.id)?.config).toMatchObject({
      adminStateUp: false,
      interfaces: [{ address: '10.0.0.1/24' }, { address: '10.0.1.1/24' }],
      routes: [route],
    })
    expect(await findings(kernel)).toEqual([])
  })

  it('keep the address of an interface until the data plane has given it up', async () => {
    const { kernel, router, subnets } = await routing()
    const [subnet] = subnets
    const held = async (): Promise<number> => {
      const rows = await kernel.store.query(addressKind, { limit: 100 })
      return rows.filter(({ id, portId }) => id.startsWith(subnet.id) && portId !== null).length
    }
    dataPlane(kernel).failNext('sameHost', { id: router.id })
    const input = { id: router.id, subnetId: subnet.id }
    const after = await invoke(kernel, p1, routerRemoveInterface, input)
    expect(after).toMatchObject({ interfaces: [] })
    expect(after.leaving).toHaveLength(1)
    expect(await configureNow(kernel)).toBe(1)
    expect(await held()).toBe(1)
    await expect(invoke(kernel, p1, subnetDelete, { id: subnet.id })).rejects.toMatchObject(
      conflict('id'),
    )
    expect(await configureNow(kernel)).toBe(0)
    expect(await held()).toBe(0)
    expect(await invoke(kernel, p1, routerGet, { id: router.id })).not.toHaveProperty('leaving')
    await invoke(kernel, p1, subnetDelete, { id: subnet.id })
    expect(await findings(kernel)).toEqual([])
  })

  it('go when the data plane has confirmed, and give their quota and addresses back', async () => {
    const { kernel, outer, router, subnets } = await routing({ routers: 1 })
    await expect(invoke(kernel, p1, routerCreate, {})).rejects.toMatchObject({
      code: 'quotaExceeded',
      field: 'routers',
    })
    const remove = () => invoke(kernel, p1, routerDelete, { id: router.id })
    await expect(remove()).rejects.toMatchObject({ ...conflict('id'), detail: { interfaces: 1 } })
    await invoke(kernel, p1, routerRemoveInterface, { id: router.id, subnetId: subnets[0].id })
    dataPlane(kernel).failNext('falseAlarm', { id: router.id })
    await remove()
    expect(await remove()).toBeNull()
    expect(await invoke(kernel, p1, routerGet, { id: router.id })).toMatchObject({
      status: 'DELETING',
    })
    await expect(
      invoke(kernel, p1, routerUpdate, { id: router.id, name: 'x' }),
    ).rejects.toMatchObject(conflict('id'))
    while ((await configureNow(kernel)) > 0);
    expect(await invoke(kernel, p1, routerList, {})).toEqual([])
    expect(dataPlane(kernel).objects).toBe(0)
    expect(await kernel.store.query(portKind, { limit: 10 })).toEqual([])
    expect(await findings(kernel)).toEqual([])
    await invoke(kernel, p1, routerCreate, {})
    await invoke(kernel, operator, subnetDelete, { id: outer.id })
  })

  it('show that a change is long overdue, and come to it all the same', async () => {
    const { kernel, router } = await routing()
    dataPlane(kernel).failNext('sameHost', { id: router.id })
    await invoke(kernel, p1, routerUpdate, { id: router.id, adminStateUp: false })
    expect(await configureNow(kernel, { late: true })).toBe(1)
    const get = () => invoke(kernel, p1, routerGet, { id: router.id })
    expect(await get()).toMatchObject({ status: 'ERROR' })
    expect(await configureNow(kernel, { late: true })).toBe(0)
    expect(await get()).toMatchObject({ status: 'ACTIVE', generation: 3, observed: 3 })
    expect(await findings(kernel)).toEqual([])
  })
})

describe('N2: overlapping subnets through a router', () => {
  it('are refused, whichever way they come', async () => {
    const { kernel, router } = await routing()
    const { subnets } = await newNetwork(kernel, ['10.0.0.128/25', '203.0.113.0/28'])
    for (const { id: subnetId } of subnets) {
      const input = { id: router.id, subnetId }
      await expect(invoke(kernel, p1, routerAddInterface, input)).rejects.toMatchObject(
        conflict('subnetId'),
      )
    }
    const networkId = subnets[0]?.networkId as string
    const fixedIps = [{ subnetId: subnets[0]?.id as string }]
    const port = await invoke(kernel, p1, portCreate, { networkId, fixedIps })
    const input = { id: router.id, portId: port.id }
    await expect(invoke(kernel, p1, routerAddInterface, input)).rejects.toMatchObject(
      conflict('portId'),
    )
    expect(await findings(kernel)).toEqual([])
  })

  it('are never both added when asked for at once', async () => {
    const { kernel, router } = await routing()
    const nets = await Promise.all(
      ['172.16.0.0/16', '172.16.4.0/24', '172.16.0.0/12'].map((cidr) => newNetwork(kernel, [cidr])),
    )
    const ends = await Promise.allSettled(
      nets.map(({ subnets }) => {
        const input = { id: router.id, subnetId: subnets[0]?.id }
        return invoke(kernel, p1, routerAddInterface, input)
      }),
    )
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const end of ends) {
      if (end.status === 'rejected') expect(end.reason).toMatchObject(conflict('subnetId'))
    }
    const after = await invoke(kernel, p1, routerGet, { id: router.id })
    expect(after.interfaces).toHaveLength(2)
    await configureNow(kernel)
    expect(await findings(kernel)).toEqual([])
  })
})

describe('N2: interfaces', () => {
  it('are made by a port as well, which cannot be deleted or readdressed then', async () => {
    const world = await routing()
    const { kernel, router, subnets } = world
    const port = await newPort(world, subnets[1])
    const after = await invoke(kernel, p1, routerAddInterface, { id: router.id, portId: port.id })
    expect(after.interfaces[1]).toMatchObject({
      portId: port.id,
      address: port.fixedIps[0]?.address,
    })
    await expect(invoke(kernel, p1, portDelete, { ids: [port.id] })).rejects.toMatchObject({
      ...conflict('ids'),
      detail: { deviceId: router.id },
    })
    const input = { id: port.id, fixedIps: [] }
    await expect(invoke(kernel, p1, portUpdate, input)).rejects.toMatchObject(conflict('id'))
    const named = await invoke(kernel, p1, portUpdate, { id: port.id, name: 'inner' })
    expect(named).toMatchObject({ name: 'inner', deviceId: router.id })
    await invoke(kernel, p1, routerRemoveInterface, { id: router.id, portId: port.id })
    await configureNow(kernel)
    expect(await kernel.store.get(portKind, [port.id])).toEqual([undefined])
    expect(await findings(kernel)).toEqual([])
  })

  it('keep the gateway of their subnet as it is', async () => {
    const { kernel, subnets } = await routing()
    const input = { id: subnets[0].id, gatewayIp: null }
    await expect(invoke(kernel, p1, subnetUpdate, input)).rejects.toMatchObject(
      conflict('gatewayIp'),
    )
  })

  test.each([
    ['none', {}, 'invalid', 'subnetId'],
    ['an unknown subnet', { subnetId: 'none' }, 'notFound', 'subnetId'],
    ['an unknown port', { portId: 'none' }, 'notFound', 'portId'],
    ['an unknown field', { portId: 'none', mac: 'x' }, 'invalid', 'mac'],
  ])('%s is refused', async (_, fields, code, field) => {
    const { kernel, router } = await routing()
    const input = { id: router.id, ...fields }
    await expect(invoke(kernel, p1, routerAddInterface, input)).rejects.toMatchObject({
      code,
      field,
    })
  })

  it('are the network owner’s to make by subnet, and never another project’s', async () => {
    const { kernel, inside, router, subnets } = await routing()
    const foreign = await invoke(kernel, p2, routerCreate, {})
    const input = { id: foreign.id, subnetId: subnets[1].id }
    await expect(invoke(kernel, p2, routerAddInterface, input)).rejects.toMatchObject({
      code: 'notFound',
      field: 'subnetId',
    })
    await invoke(kernel, operator, networkUpdate, { id: inside.id, shared: true })
    await expect(invoke(kernel, p2, routerAddInterface, input)).rejects.toMatchObject({
      code: 'forbidden',
      field: 'subnetId',
    })
    await expect(invoke(kernel, p2, routerGet, { id: router.id })).rejects.toMatchObject({
      code: 'notFound',
    })
  })

  it('need a gateway address, and are on a subnet once', async () => {
    const { inside, kernel, router, subnets } = await routing()
    const bare = await invoke(kernel, p1, subnetCreate, {
      networkId: inside.id,
      cidr: '10.0.9.0/24',
      gatewayIp: null,
    })
    const add = (subnetId: string) =>
      invoke(kernel, p1, routerAddInterface, { id: router.id, subnetId })
    await expect(add(bare.id)).rejects.toMatchObject({ code: 'invalid', field: 'subnetId' })
    await expect(add(subnets[0].id)).rejects.toMatchObject(conflict('subnetId'))
  })
})

describe('N2: extra routes', () => {
  it('are added and removed at once by several, and none is lost', async () => {
    const { kernel, router } = await routing()
    const routes = Array.from({ length: 6 }, (_, i) => {
      return { destination: `192.168.${i}.0/24`, nexthop: '10.0.0.9' }
    })
    await Promise.all(
      routes.map((route) =>
        invoke(kernel, p1, routerAddRoutes, { id: router.id, routes: [route] }),
      ),
    )
    const after = await invoke(kernel, p1, routerGet, { id: router.id })
    expect(new Set(after.routes.map(({ destination }) => destination)).size).toBe(6)
    const [one, ...rest] = routes
    const left = await invoke(kernel, p1, routerRemoveRoutes, { id: router.id, routes: rest })
    expect(left.routes).toEqual([one])
    const again = await invoke(kernel, p1, routerRemoveRoutes, { id: router.id, routes: rest })
    expect(again.routes).toEqual([one])
    const second = { destination: '192.168.0.0/24', nexthop: '10.0.0.10' }
    const two = await invoke(kernel, p1, routerAddRoutes, { id: router.id, routes: [second] })
    expect(two.routes).toEqual([one, second])
  })

  test.each([
    [{ destination: '192.168.0.0/24', nexthop: '10.9.0.1' }, 'a next hop elsewhere'],
    [{ destination: '192.168.0.0/24', nexthop: '10.0.0.1' }, 'itself as next hop'],
    [{ destination: 'fd00::/64', nexthop: '10.0.0.9' }, 'another IP version'],
  ])('refuses %s: %s', async (route) => {
    const { kernel, router } = await routing()
    const input = { id: router.id, routes: [route] }
    await expect(invoke(kernel, p1, routerAddRoutes, input)).rejects.toMatchObject({
      code: 'invalid',
      field: 'routes',
    })
  })

  it('keep the interface that they need', async () => {
    const { kernel, router, subnets } = await routing()
    const route = { destination: '192.168.0.0/24', nexthop: '10.0.0.9' }
    await invoke(kernel, p1, routerAddRoutes, { id: router.id, routes: [route] })
    const input = { id: router.id, subnetId: subnets[0].id }
    await expect(invoke(kernel, p1, routerRemoveInterface, input)).rejects.toMatchObject(
      conflict('subnetId'),
    )
  })
})
