import type { FloatingIp, Router } from '@nephos/core'
import type { ProjectApi } from '@nephos/sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addHosts, basics, openWorld, type World } from '../support/world.ts'

let world: World

beforeEach(async () => {
  world = await openWorld()
  await addHosts(world.cloud, 3)
})

afterEach(async () => {
  expect(await world.cloud.audit()).toEqual([])
  await world.cloud.close()
})

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

/** Looks until it is as wanted: the data plane is told in the background. */
async function until<T>(look: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await look()
    if (done(value)) return value
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function outside(): Promise<string> {
  const { system } = world.cloud
  const ops = await world.cloud.project('ops')
  const input = { name: 'internet', external: true, projectId: ops.id }
  const { id } = await system.networks.create(input)
  await system.subnets.create({ networkId: id, cidr: '203.0.112.0/22' })
  return id
}

async function routed(acme: ProjectApi, networkId: string) {
  const network = await acme.networks.create({ name: 'web' })
  const subnet = await acme.subnets.create({ networkId: network.id, cidr: '10.0.0.0/22' })
  const externalGateway = { networkId }
  const router = await acme.routers.create({ name: 'edge', externalGateway })
  await acme.routers.addInterface({ id: router.id, subnetId: subnet.id })
  return { network, subnet, router }
}

const isUp = ({ observed, generation }: Router | FloatingIp): boolean => observed === generation

describe('a project that its users reach', () => {
  it('A6: has a floating IP for each of 100 servers in one request, and leaks none', async () => {
    const { acme, imageId, flavorId } = await basics(world.cloud)
    const networkId = await outside()
    const { network, subnet, router } = await routed(acme, networkId)
    const batch = await acme.servers.create({
      ...{ name: 'web', imageId, flavorId, minCount: 100, maxCount: 100 },
      networks: [{ networkId: network.id }],
    })
    await batch.done()
    const ports = await all(acme.ports.list({ networkId: network.id }))
    const portIds = ports.filter(({ deviceOwner }) => deviceOwner === 'compute:nova')
    const made = await acme.floatingIps.createMany({
      networkId,
      floatingIps: portIds.map(({ id }) => ({ portId: id })),
    })
    expect(made).toHaveLength(100)
    const list = () => all(acme.floatingIps.list())
    const up = await until(list, (rows) => rows.every(isUp))
    expect(new Set(up.map(({ status }) => status))).toEqual(new Set(['ACTIVE']))
    for (const { address, id, target } of up) {
      expect(world.network.object('floatingIp', id)?.config).toMatchObject({
        address,
        target: { routerId: router.id, address: target?.fixedIp.address },
      })
    }
    const usage = await acme.quota({})
    expect(usage.quotas.floatingIps.used).toBe(100)
    const off = acme.routers.removeInterface({ id: router.id, subnetId: subnet.id })
    await expect(off).rejects.toMatchObject({ code: 'conflict', field: 'subnetId' })
    for await (const server of acme.servers.list()) await acme.servers.delete({ ids: [server.id] })
    const left = await until(list, (rows) => rows.every((row) => !row.target && isUp(row)))
    expect(new Set(left.map(({ status }) => status))).toEqual(new Set(['DOWN']))
    await acme.floatingIps.delete({ ids: left.map(({ id }) => id) })
    await acme.routers.removeInterface({ id: router.id, subnetId: subnet.id })
    await acme.routers.delete({ id: router.id })
    await until(
      () => all(acme.routers.list()),
      (rows) => rows.length === 0,
    )
    await acme.networks.delete({ id: network.id })
    const told = [...world.network.everyObject()].filter(
      ({ type }) => type === 'router' || type === 'floatingIp',
    )
    expect(told).toEqual([])
    await world.cloud.system.networks.delete({ id: networkId })
  })

  it('N1: loses no subnet or port that is under use', async () => {
    const { acme } = await basics(world.cloud)
    const { network, subnet, router } = await routed(acme, await outside())
    await expect(acme.subnets.delete({ id: subnet.id })).rejects.toMatchObject({ code: 'conflict' })
    await expect(acme.networks.delete({ id: network.id })).rejects.toMatchObject({
      code: 'conflict',
    })
    const ports = await all(acme.ports.list({ deviceId: router.id }))
    expect(ports.map(({ deviceOwner }) => deviceOwner)).toEqual(['network:router_interface'])
    const ids = ports.map(({ id }) => id)
    await expect(acme.ports.delete({ ids })).rejects.toMatchObject({ code: 'conflict' })
    const up = await until(() => acme.routers.get({ id: router.id }), isUp)
    expect(up.status).toBe('ACTIVE')
  })
})
