import { describe, expect, it, test } from 'vitest'
import { findings, operator, statementsOf } from '../../../../test/network-kernel.ts'
import { configureNow, dataPlane } from '../../../../test/network-work.ts'
import { newPort, p1, p2, type Routing, routing } from '../../../../test/routing.ts'
import type { FloatingIp } from '../../../model/network/floating-ip.ts'
import { invoke } from '../../operation.ts'
import { portCreateMany, portDelete, portGet, portUpdate } from '../port.ts'
import { routerRemoveInterface } from '../router/interface.ts'
import { routerUpdate } from '../router/router.ts'
import {
  floatingIpCreate,
  floatingIpCreateMany,
  floatingIpDelete,
  floatingIpGet,
  floatingIpList,
  floatingIpUpdate,
} from './floating-ip.ts'

const conflict = (field: string) => ({ code: 'conflict', field })

/** A floating IP of `p1`, for a port or for none. */
function take({ kernel, outside }: Routing, portId?: string): Promise<FloatingIp> {
  const input = { networkId: outside.id, ...(portId === undefined ? {} : { portId }) }
  return invoke(kernel, p1, floatingIpCreate, input)
}

/** What the data plane sends to a floating IP's address now. */
function answers({ kernel }: Routing, id: string): string | undefined {
  const object = dataPlane(kernel).object('floatingIp', id)
  return object?.type === 'floatingIp' ? object.config?.target?.address : undefined
}

describe('A1: floating IPs', () => {
  it('are taken, associated, moved, taken off and given back', async () => {
    const world = await routing()
    const { kernel, outside, router } = world
    const [a, b] = [await newPort(world), await newPort(world)]
    const row = await take(world)
    expect(row).toMatchObject({ address: '203.0.113.3', status: 'DOWN', target: null })
    const move = (portId: string | null) =>
      invoke(kernel, p1, floatingIpUpdate, { id: row.id, portId })
    expect((await move(a.id)).target).toMatchObject({ portId: a.id, routerId: router.id })
    await configureNow(kernel)
    const get = () => invoke(kernel, p1, floatingIpGet, { id: row.id })
    expect(await get()).toMatchObject({ status: 'ACTIVE', generation: 1, observed: 1 })
    expect(answers(world, row.id)).toBe(a.fixedIps[0]?.address)
    await move(b.id)
    expect(await invoke(kernel, p1, portGet, { id: a.id })).not.toHaveProperty('floatingIpIds')
    await configureNow(kernel)
    expect(answers(world, row.id)).toBe(b.fixedIps[0]?.address)
    await move(null)
    await configureNow(kernel)
    expect(await get()).toMatchObject({ status: 'DOWN', target: null })
    expect(answers(world, row.id)).toBeUndefined()
    await invoke(kernel, p1, floatingIpDelete, { ids: [row.id] })
    expect(await invoke(kernel, p1, floatingIpList, { networkId: outside.id })).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })

  it('keep their address until nothing answers to it any more', async () => {
    const world = await routing()
    const { kernel, outside } = world
    const port = await newPort(world)
    const { address, id } = await take(world, port.id)
    await configureNow(kernel)
    await invoke(kernel, p1, floatingIpDelete, { ids: [id] })
    expect(await invoke(kernel, p1, floatingIpGet, { id })).toMatchObject({ status: 'DELETING' })
    const again = { networkId: outside.id, address, projectId: 'p1' }
    const claim = () => invoke(kernel, operator, floatingIpCreate, again)
    await expect(claim()).rejects.toMatchObject(conflict('address'))
    dataPlane(kernel).failNext('sameHost', { id })
    await configureNow(kernel)
    expect(answers(world, id)).toBeDefined()
    await expect(claim()).rejects.toMatchObject(conflict('address'))
    await configureNow(kernel)
    expect(answers(world, id)).toBeUndefined()
    await expect(invoke(kernel, p1, floatingIpGet, { id })).rejects.toMatchObject({
      code: 'notFound',
    })
    expect(await claim()).toMatchObject({ address })
    expect(await findings(kernel)).toEqual([])
  })

  it('count against the quota, and come from what the network has', async () => {
    const world = await routing({ floatingIps: 3 }, '203.0.113.0/29')
    const { kernel, outside } = world
    for (let i = 0; i < 3; i++) await take(world)
    await expect(take(world)).rejects.toMatchObject({ code: 'quotaExceeded', field: 'floatingIps' })
    const floatingIps = [{}, {}]
    const input = { networkId: outside.id, floatingIps }
    await expect(invoke(kernel, p2, floatingIpCreateMany, input)).rejects.toMatchObject({
      code: 'addressesExhausted',
      limit: 1,
      detail: { available: 1, asked: 2 },
    })
    expect(await invoke(kernel, p2, floatingIpList, {})).toEqual([])
    expect(await invoke(kernel, p2, floatingIpCreate, { networkId: outside.id })).toBeTruthy()
  })

  it('leave a port that is deleted', async () => {
    const world = await routing()
    const { kernel } = world
    const port = await newPort(world)
    const { id } = await take(world, port.id)
    await configureNow(kernel)
    await invoke(kernel, p1, portDelete, { ids: [port.id] })
    expect(await invoke(kernel, p1, floatingIpGet, { id })).toMatchObject({ target: null })
    await configureNow(kernel)
    expect(await invoke(kernel, p1, floatingIpGet, { id })).toMatchObject({ status: 'DOWN' })
    expect(answers(world, id)).toBeUndefined()
    expect(await findings(kernel)).toEqual([])
  })

  it('keep the router, the interface and the address that they need', async () => {
    const world = await routing()
    const { kernel, router, subnets } = world
    const port = await newPort(world)
    await take(world, port.id)
    const gone = { id: router.id, externalGateway: null }
    await expect(invoke(kernel, p1, routerUpdate, gone)).rejects.toMatchObject({
      ...conflict('externalGateway'),
      detail: { floatingIps: 1 },
    })
    const off = { id: router.id, subnetId: subnets[0].id }
    await expect(invoke(kernel, p1, routerRemoveInterface, off)).rejects.toMatchObject(
      conflict('subnetId'),
    )
    const bare = { id: port.id, fixedIps: [] }
    await expect(invoke(kernel, p1, portUpdate, bare)).rejects.toMatchObject(conflict('fixedIps'))
    expect(await findings(kernel)).toEqual([])
  })

  test.each([
    [{ networkId: 'none' }, 'notFound', 'networkId'],
    [{ subnetId: 'none' }, 'notFound', 'subnetId'],
    [{ portId: 'none' }, 'notFound', 'portId'],
    [{ fixedAddress: '10.0.0.9' }, 'invalid', 'fixedAddress'],
    [{ address: '203.0.113.9' }, 'forbidden', 'address'],
    [{ projectId: 'p2' }, 'forbidden', 'projectId'],
    [{ description: 'x'.repeat(256) }, 'invalid', 'description'],
    [{ tags: ['a', 'a'] }, 'invalid', 'tags'],
    [{ status: 'ACTIVE' }, 'invalid', 'status'],
  ])('%o is refused', async (fields, code, field) => {
    const { kernel, outside } = await routing()
    const input = { networkId: outside.id, ...fields }
    await expect(invoke(kernel, p1, floatingIpCreate, input)).rejects.toMatchObject({ code, field })
  })

  it('go to ports of their own project that a router leads to, with one address each', async () => {
    const world = await routing()
    const { inside, kernel, outside, subnets } = world
    const elsewhere = await newPort(world, subnets[1])
    await expect(take(world, elsewhere.id)).rejects.toMatchObject(conflict('portId'))
    const inner = { networkId: inside.id }
    await expect(invoke(kernel, p1, floatingIpCreate, inner)).rejects.toMatchObject({
      code: 'invalid',
      field: 'networkId',
    })
    const port = await newPort(world)
    const foreign = { networkId: outside.id, portId: port.id }
    await expect(invoke(kernel, p2, floatingIpCreate, foreign)).rejects.toMatchObject({
      code: 'notFound',
      field: 'portId',
    })
    const { id } = await take(world, port.id)
    const { floatingIpIds } = await invoke(kernel, p1, portGet, { id: port.id })
    expect(floatingIpIds).toEqual([id])
  })
})

describe('A1: a floating IP held twice', () => {
  it('does not happen: of two ports that want it at once, one has it', async () => {
    const world = await routing()
    const { kernel } = world
    const ports = await Promise.all([newPort(world), newPort(world), newPort(world)])
    const { id, rev } = await take(world)
    const ends = await Promise.allSettled(
      ports.map((port) => {
        return invoke(kernel, p1, floatingIpUpdate, { id, portId: port.id, expectedRev: rev })
      }),
    )
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const rows = await Promise.all(
      ports.map((port) => invoke(kernel, p1, portGet, { id: port.id })),
    )
    expect(rows.filter(({ floatingIpIds }) => floatingIpIds?.includes(id))).toHaveLength(1)
    expect(await findings(kernel)).toEqual([])
  })

  it('nor has a port’s address two: of two that it is given at once, it has one', async () => {
    const world = await routing()
    const { kernel } = world
    const port = await newPort(world)
    const both = await Promise.all([take(world), take(world)])
    const ends = await Promise.allSettled(
      both.map(({ id }) => invoke(kernel, p1, floatingIpUpdate, { id, portId: port.id })),
    )
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const lost = ends.find((end) => end.status === 'rejected')
    expect(lost?.reason).toMatchObject(conflict('portId'))
    await configureNow(kernel)
    expect(await findings(kernel)).toEqual([])
  })

  it('nor does a port that is deleted at that moment keep it', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const world = await routing()
      const { kernel } = world
      const port = await newPort(world)
      const { id } = await take(world)
      await Promise.allSettled([
        invoke(kernel, p1, floatingIpUpdate, { id, portId: port.id }),
        Promise.resolve().then(() => invoke(kernel, p1, portDelete, { ids: [port.id] })),
      ])
      await configureNow(kernel)
      expect(await findings(kernel)).toEqual([])
    }
  })
})

describe('A6: many floating IPs at once', () => {
  async function withPorts(count: number): Promise<{ world: Routing; portIds: string[] }> {
    const world = await routing({}, '203.0.112.0/22')
    const { inside, kernel, subnets } = world
    const one = { networkId: inside.id, fixedIps: [{ subnetId: subnets[0].id }] }
    const ports = Array.from({ length: count }, () => one)
    const made = await invoke(kernel, p1, portCreateMany, { ports })
    return { world, portIds: made.map(({ id }) => id) }
  }

  it('are taken and associated in one commit, at a cost that does not grow with them', async () => {
    const costs: number[] = []
    for (const count of [1, 200]) {
      const { world, portIds } = await withPorts(count)
      const { kernel, outside } = world
      const floatingIps = portIds.map((portId) => ({ portId }))
      const input = { networkId: outside.id, floatingIps }
      let made: readonly FloatingIp[] = []
      costs.push(
        await statementsOf(kernel, async () => {
          made = await invoke(kernel, p1, floatingIpCreateMany, input)
        }),
      )
      expect(made.map(({ target }) => target?.portId)).toEqual(portIds)
      expect(new Set(made.map(({ address }) => address)).size).toBe(count)
      costs.push(await statementsOf(kernel, () => configureNow(kernel)))
      const ids = made.map(({ id }) => id)
      costs.push(
        await statementsOf(kernel, () => invoke(kernel, p1, floatingIpDelete, { ids })),
        await statementsOf(kernel, () => configureNow(kernel)),
      )
      expect(await invoke(kernel, p1, floatingIpList, {})).toEqual([])
      expect(await findings(kernel)).toEqual([])
    }
    expect(costs.slice(4)).toEqual(costs.slice(0, 4))
  })

  it('are all refused when one is, and leak nothing', async () => {
    const { world, portIds } = await withPorts(3)
    const { kernel, outside, subnets } = world
    const elsewhere = await newPort(world, subnets[1])
    for (const portId of [elsewhere.id, 'none', portIds[0]]) {
      const floatingIps = [...portIds, portId].map((one) => ({ portId: one as string }))
      const input = { networkId: outside.id, floatingIps }
      await expect(invoke(kernel, p1, floatingIpCreateMany, input)).rejects.toMatchObject({
        field: 'floatingIps[3].portId',
      })
    }
    expect(await invoke(kernel, p1, floatingIpList, {})).toEqual([])
    expect(await findings(kernel)).toEqual([])
    const { address } = await take(world)
    expect(address).toBe('203.0.112.3')
  })
})
