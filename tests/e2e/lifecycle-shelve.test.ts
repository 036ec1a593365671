import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LifecycleWorld } from '../support/lifecycle-world.ts'

let world: LifecycleWorld

beforeEach(async () => {
  world = await LifecycleWorld.open()
})

afterEach(async () => {
  await world.end()
})

describe('C5: shelved servers', () => {
  it('C5: are off, keep what they have, and return', async () => {
    const id = await world.create()
    const ids = [id]
    const { servers } = world.acme
    await world.act(servers.shelve({ ids }), id, 'SHELVED')
    expect((await world.guest(id))?.power).toBe('stopped')
    const [details] = await servers.getDetails({ ids })
    expect(details?.addresses).toHaveLength(1)
    await world.act(servers.unshelve({ ids }), id, 'ACTIVE')
    expect(await world.guest(id)).toMatchObject({ power: 'running', builds: 1 })
  })

  it('C2: take their return and deletion only', async () => {
    const id = await world.create()
    const ids = [id]
    const { servers } = world.acme
    await expect(servers.unshelve({ ids })).rejects.toMatchObject({ code: 'conflict' })
    await world.act(servers.pause({ ids }), id, 'PAUSED')
    await world.act(servers.shelve({ ids }), id, 'SHELVED')
    for (const call of [
      () => servers.shelve({ ids }),
      () => servers.start({ ids }),
      () => servers.stop({ ids }),
      () => servers.rebootHard({ ids }),
      () => servers.rescue({ ids }),
      () => servers.resize({ id, flavorId: world.largeId }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'conflict' })
    }
    await servers.delete({ ids })
    await world.settle()
    expect(world.fleet.guests).toBe(0)
  })

  it('C5: are shelved still when their guest was lost and made again', async () => {
    const id = await world.create()
    await world.act(world.acme.servers.shelve({ ids: [id] }), id, 'SHELVED')
    await world.destroyBehindItsBack(id)
    await world.reconcile()
    await world.settle()
    expect(await world.status(id)).toBe('SHELVED')
    expect((await world.guest(id))?.power).toBe('stopped')
  })
})
