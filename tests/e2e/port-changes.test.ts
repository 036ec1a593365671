import { addressKind, type Port, portKind, serverKind, workKind } from '@nephos/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { advanceUntil } from '../support/fixed.ts'
import { LifecycleWorld } from '../support/lifecycle-world.ts'

let world: LifecycleWorld

beforeEach(async () => {
  world = await LifecycleWorld.open()
})

afterEach(async () => {
  vi.restoreAllMocks()
  await world.end()
})

async function portOf(serverId: string): Promise<Port> {
  const [port] = await world.store.lookup(portKind, 'byDevice', [[serverId]])
  return port as Port
}

const plugged = (port: Port): readonly string[] | undefined =>
  world.network.port(port.id)?.addresses

const addressOf = (port: Port): string => port.fixedIps[0]?.address as string

/** Who holds the address that a port had. */
async function holder(port: Port): Promise<string | null | undefined> {
  const bytes = addressOf(port)
    .split('.')
    .map((byte) => Number(byte).toString(16).padStart(2, '0'))
  const id = `${port.fixedIps[0]?.subnetId ?? ''}/${bytes.join('')}`
  const [row] = await world.store.get(addressKind, [id])
  return row?.portId
}

/** Gives a port this address. */
async function readdress(port: Port, address: string): Promise<Port> {
  return advanceUntil(
    world.clock,
    world.acme.ports.update({ id: port.id, fixedIps: [{ address }] }),
  )
}

describe('N4: a change of the addresses of a port', () => {
  it('reaches the network while the server runs, and frees what was given up', async () => {
    const port = await portOf(await world.create())
    expect(plugged(port)).toEqual([addressOf(port)])
    await readdress(port, '10.0.1.1')
    await world.settle()
    expect(plugged(port)).toEqual(['10.0.1.1'])
    expect(await holder(port)).toBeNull()
    const [after] = await world.store.get(portKind, [port.id])
    expect(after).not.toHaveProperty('leaving')
  })

  it('frees nothing before the network has confirmed it, whatever fails first', async () => {
    const { networkId } = world
    const port = await portOf(await world.create())
    const times = 4
    world.network.failNext('sameHost', { id: port.id, times })
    const changed = await readdress(port, '10.0.1.1')
    expect(changed.leaving).toEqual(port.fixedIps)
    await world.clock.advance(10)
    const fixedIps = [{ address: addressOf(port) }]
    await expect(world.acme.ports.create({ networkId, fixedIps })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await holder(port)).toBe(port.id)
    expect(plugged(port)).toEqual([addressOf(port)])
    await world.settle()
    expect(plugged(port)).toEqual(['10.0.1.1'])
    const second = await world.acme.ports.create({ networkId, fixedIps })
    expect(await holder(port)).toBe(second.id)
  })

  it('takes back what is still being given up', async () => {
    const port = await portOf(await world.create())
    world.network.failNext('sameHost', { id: port.id })
    await readdress(port, '10.0.1.1')
    const back = await readdress(port, addressOf(port))
    expect(back.fixedIps).toEqual(port.fixedIps)
    expect(back.leaving).toMatchObject([{ address: '10.0.1.1' }])
    await world.settle()
    expect(plugged(port)).toEqual([addressOf(port)])
    expect(await holder(port)).toBe(port.id)
  })

  it('keeps few addresses that it gives up', async () => {
    const port = await portOf(await world.create())
    world.network.crashHost(port.hostId as string)
    for (let i = 1; i <= 8; i++) await readdress(port, `10.0.1.${i}`)
    await expect(readdress(port, '10.0.1.9')).rejects.toMatchObject({ code: 'overloaded' })
    world.network.restoreHost(port.hostId as string)
    await world.settle()
    expect(plugged(port)).toEqual(['10.0.1.8'])
  })

  it('is one piece of work however often a port changes', async () => {
    const port = await portOf(await world.create())
    world.network.crashHost(port.hostId as string)
    for (let i = 1; i <= 6; i++) await readdress(port, `10.0.1.${i}`)
    expect(await world.store.count(workKind, {})).toBe(1)
    world.network.restoreHost(port.hostId as string)
    await world.settle()
    expect(plugged(port)).toEqual(['10.0.1.6'])
    expect(await world.store.count(workKind, {})).toBe(0)
  })

  it('made while an earlier one is carried out is not lost with its work', async () => {
    const port = await portOf(await world.create())
    const group = await world.acme.securityGroups.create({ name: 'late' })
    const apply = world.network.apply.bind(world.network)
    const told: (readonly string[])[] = []
    vi.spyOn(world.network, 'apply').mockImplementation(async (targets, options) => {
      const reports = await apply(targets, options)
      told.push(...targets.map((target) => target.securityGroupIds))
      if (told.length === 1) {
        await world.acme.ports.update({ id: port.id, securityGroupIds: [group.id] })
      }
      return reports
    })
    await advanceUntil(world.clock, world.acme.ports.update({ id: port.id, securityGroupIds: [] }))
    await world.settle()
    expect(told[0]).toEqual([])
    expect(told.at(-1)).toEqual([group.id])
  })

  it('reaches the network for servers that are stopped, or just stopping', async () => {
    const [first, second] = (await world.createMany(2)) as [string, string]
    await world.act(world.acme.servers.stop({ ids: [first] }), first, 'SHUTOFF')
    await world.acme.servers.stop({ ids: [second] })
    for (const [index, id] of [first, second].entries()) {
      await readdress(await portOf(id), `10.0.1.${index + 1}`)
    }
    await world.settle()
    expect(plugged(await portOf(first))).toEqual(['10.0.1.1'])
    expect(plugged(await portOf(second))).toEqual(['10.0.1.2'])
    expect(await world.statuses([first, second])).toEqual(['SHUTOFF', 'SHUTOFF'])
  })

  it('while the server is built, is what it is built with', async () => {
    const batch = await world.begin(1)
    const [server] = await world.store.lookup(serverKind, 'byBatch', [[batch.id]])
    const port = await portOf(server?.id as string)
    await world.clock.advance(10)
    await readdress(port, '10.0.1.1')
    expect(await advanceUntil(world.clock, batch.done())).toMatchObject({ active: 1 })
    await world.settle()
    expect(plugged(port)).toEqual(['10.0.1.1'])
    expect(await holder(port)).toBeNull()
  })

  it('leaves nothing held when the server goes before it is confirmed', async () => {
    const { networkId } = world
    const { id: keptId } = await world.acme.ports.create({ networkId })
    const id = await world.create({ networks: [{ portId: keptId }, { networkId }, { networkId }] })
    const all = await world.store.lookup(portKind, 'byDevice', [[id]])
    const other = all.find((port) => port.id !== keptId)
    const ports = all.filter((port) => port.id === keptId || port === other)
    const apply = world.network.apply.bind(world.network)
    let told = 0
    vi.spyOn(world.network, 'apply').mockImplementation(async (targets, options) => {
      // Some of the ports: their change. All of them: the end of the server.
      if (targets.length === all.length) return apply(targets, options)
      told++
      throw new Error('connection lost')
    })
    expect(ports).toHaveLength(2)
    for (const [index, port] of ports.entries()) await readdress(port, `10.0.1.${index + 1}`)
    await world.acme.servers.delete({ ids: [id] })
    await world.settle()
    expect(told).toBeGreaterThan(0)
    for (const port of ports) {
      expect(world.network.port(port.id)).toBeUndefined()
      expect(await holder(port)).toBeNull()
    }
    const [kept] = await world.store.get(portKind, [keptId])
    expect(kept).not.toHaveProperty('leaving')
    expect(await holder(kept as Port)).toBe(keptId)
  })

  it('is repeated past its deadline', async () => {
    const port = await portOf(await world.create())
    world.network.crashHost(port.hostId as string)
    await readdress(port, '10.0.1.1')
    await world.clock.advance(world.deadlineMs * 3)
    const [work] = await world.store.query(workKind, { limit: 10 })
    expect(work).toMatchObject({ program: 'port.plug', undoing: true })
    expect(await holder(port)).toBe(port.id)
    world.network.restoreHost(port.hostId as string)
    await world.settle()
    expect(plugged(port)).toEqual(['10.0.1.1'])
    expect(await holder(port)).toBeNull()
  })
})

describe('a port made by a user', () => {
  it('is plugged in at its next server too, however much became of the one before', async () => {
    const { id: portId } = await world.acme.ports.create({ networkId: world.networkId })
    const networks = [{ portId }]
    const first = await world.create({ networks })
    for (let i = 0; i < 3; i++) {
      await world.act(world.acme.servers.rebootHard({ ids: [first] }), first, 'ACTIVE')
    }
    await world.acme.servers.delete({ ids: [first] })
    await world.settle()
    expect(world.network.port(portId)).toBeUndefined()
    const second = await world.create({ networks })
    const { hostId } = await world.row(second)
    expect(world.network.port(portId)).toMatchObject({ hostId, state: 'active' })
  })

  it('follows its server to another host', async () => {
    const id = await world.create()
    const { hostId } = await world.row(id)
    await world.cloud.system.hosts.update({ id: hostId, enabled: false })
    await world.act(world.acme.servers.resize({ id, flavorId: world.largeId }), id, 'VERIFY_RESIZE')
    const moved = await world.row(id)
    expect(moved.hostId).not.toBe(hostId)
    expect(await portOf(id)).toMatchObject({ hostId: moved.hostId })
    expect(world.network.port((await portOf(id)).id)).toMatchObject({ hostId: moved.hostId })
  })
})

describe('a store that answers late', () => {
  it('makes no order of a server of now and ports of then', async () => {
    const id = await world.create()
    const port = await portOf(id)
    const lookup = world.store.lookup.bind(world.store)
    await readdress(port, '10.0.1.1')
    await world.settle()
    let late = 0
    vi.spyOn(world.store, 'lookup').mockImplementation(async (kind, index, keys) => {
      if (kind.name !== portKind.name || late++ > 2) return lookup(kind, index, keys)
      return [port] as never
    })
    await world.act(world.acme.servers.rebootHard({ ids: [id] }), id, 'ACTIVE')
    expect(late).toBeGreaterThan(3)
    expect(plugged(port)).toEqual(['10.0.1.1'])
  })
})
