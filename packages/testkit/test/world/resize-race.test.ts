import {
  flavorCreate,
  hostCreate,
  imageCreate,
  type Ports,
  projectEnsure,
  serverCreate,
  serverDelete,
  serverKind,
  serverList,
  serverResize,
  serverRevertResize,
  type Store,
  uploadImage,
} from '@nephos/core'
import { describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../src/world/world.ts'

const operator = { userId: 'o', projectId: null, domainId: null, roles: ['admin'], system: true }

async function* noBytes(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(1)
}

/** Calls a rival once, before the store is asked for allocations. */
function beforeAllocations(store: Store, rival: () => (() => Promise<void>) | undefined): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      if (name !== 'get') return value.bind(target) as unknown
      return async (...args: Parameters<Store['get']>) => {
        if (args[0].name === 'allocation') await rival()?.()
        return target.get(...args)
      }
    },
  })
}

/** A world whose `api-1` has a rival, a project in it with one server, and flavors `a` and `b`. */
async function stage() {
  let armed: (() => Promise<void>) | undefined
  const rival = (): (() => Promise<void>) | undefined => {
    const strike = armed
    armed = undefined
    return strike
  }
  const world = await openWorld({
    seed: 1,
    processes: { 'api-1': 'api', 'api-2': 'api', worker: 'worker' },
    ports: (ports: Ports, process) =>
      process === 'api-1' ? { ...ports, store: beforeAllocations(ports.store, rival) } : ports,
  })
  const api = world.process('api-2')
  const member = await world.run(async () => {
    const inventory = { VCPU: 64, MEMORY_MB: 262_144, DISK_GB: 4_000 }
    await api.invoke(operator, hostCreate, { hosts: [{ name: 'h', zone: 'z', inventory }] })
    for (const id of ['a', 'b']) {
      await api.invoke(operator, flavorCreate, { id, name: id, vcpus: 1, ramMb: 512 })
    }
    const { id } = await api.invoke(operator, projectEnsure, { name: 'p' })
    return { ...operator, projectId: id, system: false }
  })
  const serverId = await world.run(async () => {
    const image = await api.invoke(member, imageCreate, { name: 'i' })
    await uploadImage(api.kernel, member, { id: image.id }, noBytes())
    await api.invoke(member, serverCreate, { name: 's', flavorId: 'a', imageId: image.id })
    const [server] = await api.invoke(member, serverList, {})
    return server?.id ?? ''
  })
  await world.advance('5m')
  /** Deletes the server, to the end, when `api-1` is about to read allocations. */
  const arm = (): void => {
    armed = async () => {
      await api.invoke(member, serverDelete, { ids: [serverId] })
      await gone(world, serverId)
    }
  }
  return { world, member, serverId, arm }
}

async function gone(world: World, id: string): Promise<void> {
  const { clock } = world.process('api-2').kernel
  for (;;) {
    const [server] = await world.store.truth.get(serverKind, [id])
    if (!server) return
    await clock.sleep(1_000)
  }
}

describe('a server that is deleted while its resize is decided', () => {
  it('is not found, and has no defect', async () => {
    const { world, member, serverId, arm } = await stage()
    arm()
    const input = { id: serverId, flavorId: 'b' }
    const resized = world.run(() => world.process('api-1').invoke(member, serverResize, input))
    await expect(resized).rejects.toMatchObject({ code: 'notFound' })
    expect(await world.audit()).toEqual([])
  })

  it('is not found when the resize is reverted', async () => {
    const { world, member, serverId, arm } = await stage()
    const api = world.process('api-1')
    await world.run(() => api.invoke(member, serverResize, { id: serverId, flavorId: 'b' }))
    await world.advance('5m')
    arm()
    const reverted = world.run(() => api.invoke(member, serverRevertResize, { id: serverId }))
    await expect(reverted).rejects.toMatchObject({ code: 'notFound' })
    expect(await world.audit()).toEqual([])
  })
})
