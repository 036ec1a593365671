import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LifecycleWorld } from '../support/lifecycle-world.ts'

let world: LifecycleWorld

beforeEach(async () => {
  world = await LifecycleWorld.open()
})

afterEach(async () => {
  await world.end()
})

describe('C5: suspended servers', () => {
  it('C5: keep their room and go on where they were', async () => {
    const ids = await world.createMany(3)
    const used = await world.used()
    const { servers } = world.acme
    await servers.suspend({ ids })
    await world.settle()
    expect(await world.statuses(ids)).toEqual(['SUSPENDED', 'SUSPENDED', 'SUSPENDED'])
    const id = ids[0] as string
    expect((await world.guest(id))?.power).toBe('suspended')
    expect(await world.used()).toEqual(used)
    await world.act(servers.resume({ ids: [id] }), id, 'ACTIVE')
    expect(await world.guest(id)).toMatchObject({ power: 'running', boots: 0, builds: 1 })
    expect((await servers.actions({ id })).map((one) => one.action)).toEqual([
      'create',
      'suspend',
      'resume',
    ])
  })

  it('C5: outlive the power of their host', async () => {
    const id = await world.create()
    const { servers } = world.acme
    await world.act(servers.suspend({ ids: [id] }), id, 'SUSPENDED')
    const { hostId } = await world.row(id)
    world.fleet.crashHost(hostId)
    world.fleet.restoreHost(hostId)
    expect((await world.guest(id))?.power).toBe('suspended')
    await world.act(servers.resume({ ids: [id] }), id, 'ACTIVE')
  })

  it('C2: take resumption, a hard reboot and deletion only', async () => {
    const id = await world.create()
    const ids = [id]
    const { servers } = world.acme
    await expect(servers.resume({ ids })).rejects.toMatchObject({ code: 'conflict' })
    await world.act(servers.suspend({ ids }), id, 'SUSPENDED')
    const refused = [
      () => servers.suspend({ ids }),
      () => servers.pause({ ids }),
      () => servers.unpause({ ids }),
      () => servers.start({ ids }),
      () => servers.stop({ ids }),
      () => servers.reboot({ ids }),
      () => servers.resize({ id, flavorId: world.largeId }),
    ]
    for (const call of refused) {
      await expect(call()).rejects.toMatchObject({ code: 'conflict', field: 'ids' })
    }
    await world.act(servers.rebootHard({ ids }), id, 'ACTIVE')
    await world.act(servers.suspend({ ids }), id, 'SUSPENDED')
    await servers.delete({ ids })
    await world.settle()
    expect(world.fleet.guests).toBe(0)
  })
})
