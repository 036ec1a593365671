import { afterEach, describe, expect, it } from 'vitest'
import { addHosts, type Basics, basics, openWorld, type World } from '../support/world.ts'

let world: World

afterEach(async () => {
  expect(await world.cloud.audit()).toEqual([])
  await world.cloud.close()
})

/** Four large hosts, and one of few vCPUs and as much memory. */
async function openWeighed(hostWeights: Readonly<Record<string, number>>): Promise<Basics> {
  world = await openWorld({ work: false, settings: { policy: 'weighed', hostWeights } })
  await addHosts(world.cloud, 4)
  const inventory = { VCPU: 4, MEMORY_MB: 262_144, DISK_GB: 4_000 }
  await addHosts(world.cloud, 1, { inventory }, 'narrow')
  return basics(world.cloud)
}

/** Names of the hosts of so many servers. */
async function hostsOf({ acme, imageId, flavorId }: Basics, count: number): Promise<Set<string>> {
  const batch = await acme.servers.create({ name: 'web', imageId, flavorId, minCount: count })
  const names = new Map<string, string>()
  for await (const { id, name } of world.cloud.system.hosts.list({})) names.set(id, name)
  const used = new Set<string>()
  for await (const server of world.cloud.system.servers.list({ batchId: batch.id })) {
    used.add(names.get(server.hostId ?? '') ?? '')
  }
  return used
}

const nothing = { VCPU: 0, MEMORY_MB: 0, DISK_GB: 0 }

describe('hosts weighed as the operator says', () => {
  it('C13: over 0 spreads, and keeps off where little of that class stays free', async () => {
    const used = await hostsOf(await openWeighed({ ...nothing, VCPU: 2 }), 4)
    expect([...used].sort()).toEqual(['host-0', 'host-1', 'host-2', 'host-3'])
  })

  it('C13: below 0 packs by that class', async () => {
    expect(await hostsOf(await openWeighed({ ...nothing, VCPU: -2 }), 4)).toEqual(
      new Set(['narrow-0']),
    )
  })

  it('C13: a class that is not named counts 1', async () => {
    const used = await hostsOf(await openWeighed({}), 5)
    expect([used.size, used.has('narrow-0')]).toEqual([4, false])
  })

  it('C13: weights that are no whole numbers from −15 to 15 are refused by name', async () => {
    for (const weight of [16, -16, 0.5]) {
      await expect(openWeighed({ VCPU: weight })).rejects.toMatchObject({
        code: 'invalid',
        field: 'settings.hostWeights.VCPU',
      })
    }
    await openWeighed({})
  })
})
