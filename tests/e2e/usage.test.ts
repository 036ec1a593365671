import type { ProjectApi } from '@nephos/sdk'
import { afterEach, describe, expect, it } from 'vitest'
import { LifecycleWorld } from '../support/lifecycle-world.ts'
import { collect } from '../support/world.ts'

const hour = 3_600_000

let world: LifecycleWorld

afterEach(async () => {
  await world.end()
})

async function hours(project: ProjectApi, from: number, to: number) {
  const { usage } = await project.usage.get({ from, to })
  return Object.fromEntries(usage.map(({ resource, unitHours }) => [resource, unitHours]))
}

async function deleted(ids: readonly string[]): Promise<void> {
  await world.acme.servers.delete({ ids: [...ids] })
  await world.settle()
}

describe('X5: usage', () => {
  it('of a server follows its flavor, and outlives the server and what it had', async () => {
    world = await LifecycleWorld.open()
    const { acme, clock, cloud } = world
    const id = await world.create()
    const from = clock.now()
    await clock.advance(hour)
    const one = { servers: 1, vcpus: 1, ramMb: 1_024, diskGb: 10, ports: 1, addresses: 1 }
    expect(await hours(acme, from, from + hour)).toMatchObject(one)
    await world.act(acme.servers.resize({ id, flavorId: world.largeId }), id, 'VERIFY_RESIZE')
    await world.act(acme.servers.confirmResize({ id }), id, 'ACTIVE')
    const resized = clock.now()
    await clock.advance(hour)
    const four = { servers: 1, vcpus: 4, ramMb: 8_192, diskGb: 40, ports: 1, addresses: 1 }
    expect(await hours(acme, resized, resized + hour)).toMatchObject(four)
    await deleted([id])
    expect(await hours(acme, from, from + hour)).toMatchObject(one)
    expect(await hours(acme, resized, resized + hour)).toMatchObject(four)
    const gone = clock.now()
    await clock.advance(hour)
    const nothing = { servers: 0, vcpus: 0, ports: 0, addresses: 0 }
    expect(await hours(acme, gone, gone + hour)).toMatchObject(nothing)
    const periods = await collect(acme.usage.list({ from, to: gone + 1, kind: 'server' }))
    expect(periods).toMatchObject([
      { resourceId: id, name: 'vm', amounts: { vcpus: 1 } },
      { resourceId: id, name: 'vm', amounts: { vcpus: 4 } },
    ])
    expect(periods[1]?.since).toBe(periods[0]?.to)
    expect(await cloud.audit()).toEqual([])
  })

  it('of a project is seen by operators, when it is gone too, and by no other', async () => {
    world = await LifecycleWorld.open()
    const { acme, clock, cloud } = world
    const other = await cloud.project('other')
    const group = await world.image('more')
    const from = clock.now()
    await clock.advance(hour)
    const own = await acme.usage.get({ from, to: clock.now() })
    expect(own.usage.find(({ resource }) => resource === 'imageBytes')?.unitHours).toBe(6)
    const theirs = await cloud.system.usage.get({ from, to: clock.now(), projectId: acme.id })
    expect(theirs).toEqual(own)
    await acme.images.delete({ id: group })
    expect(await cloud.system.usage.get({ from, to: own.to, projectId: acme.id })).toEqual(own)
    const foreign = other.usage.get({ from, to: own.to, projectId: acme.id })
    await expect(foreign).rejects.toMatchObject({ code: 'notFound', field: 'projectId' })
  })
})

describe('X5: the hosts', () => {
  it('grow full by a trend that operators can read', async () => {
    world = await LifecycleWorld.open()
    const { clock, cloud } = world
    for (let day = 0; day < 4; day++) {
      if (day > 0) await clock.advance(24 * hour)
      await world.createMany(10)
      await cloud.reconcile()
    }
    const { days, resources } = await cloud.system.capacityTrend({ ahead: 30 })
    expect(days).toBe(4)
    const vcpus = resources.find(({ resource }) => resource === 'VCPU')
    expect(vcpus).toMatchObject({ total: 12 * 64, used: 40 })
    expect(vcpus?.perDay).toBeCloseTo(10, 6)
    expect(vcpus?.forecast).toBeCloseTo(340, 6)
  })
})
