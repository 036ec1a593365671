import { isCloudError, type CloudError } from '@nephos/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dumpResources } from '../support/dump.ts'
import { addHosts, type Basics, basics, openWorld, type World } from '../support/world.ts'

type Request = Parameters<Basics['acme']['servers']['create']>[0]

let world: World
let base: Basics
let request: Omit<Request, 'minCount'>

const hosts = 4
/** Flavor of 1 VCPU on hosts of 64. */
const room = hosts * 64

beforeEach(async () => {
  world = await openWorld({ work: false })
  await addHosts(world.cloud, hosts, { traits: ['HW_CPU_X86_AVX2'] })
  base = await basics(world.cloud)
  request = { name: 'vm', imageId: base.imageId, flavorId: base.flavorId }
})

afterEach(async () => {
  expect(await world.cloud.audit()).toEqual([])
  await world.cloud.close()
})

/** The request is refused with this code, and not one row or counter is different. */
async function expectRefused(code: string, input: Request): Promise<CloudError> {
  const before = await dumpResources(world.store)
  const error = await base.acme.servers.create(input).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isCloudError(error)) throw new Error(`not refused: ${String(error)}`)
  expect(error.code).toBe(code)
  expect(await dumpResources(world.store)).toEqual(before)
  expect(await world.cloud.audit()).toEqual([])
  return error
}

async function used(name: string): Promise<number> {
  const counters = await world.store.counters([`quota:${base.acme.id}`])
  return counters.find((counter) => counter.name === name)?.value ?? 0
}

function setQuota(limits: Record<string, number>): Promise<unknown> {
  return world.cloud.system.quotas.set({ projectId: base.acme.id, limits })
}

async function networkOf(cidr: string): Promise<string> {
  const { id } = await base.acme.networks.create({ name: 'net' })
  await base.acme.subnets.create({ networkId: id, cidr })
  return id
}

describe('C20, C22: a request that does not fit leaves nothing, and says what would fit', () => {
  for (const [name, limit] of [
    ['instances', 9],
    ['cores', 9],
    ['ram', 9 * 1_024],
  ] as const) {
    it(`quota of ${name}`, async () => {
      await setQuota({ [name]: limit })
      const error = await expectRefused('quotaExceeded', { ...request, minCount: 10 })
      expect(error).toMatchObject({ field: name, limit, retry: 'later' })
      expect(error.detail).toMatchObject({ used: 0, nearestFeasible: 9 })
      const batch = await base.acme.servers.create({ ...request, minCount: 1, maxCount: 10 })
      expect(batch.count).toBe(9)
    })
  }

  it('quota of ports', async () => {
    const networkId = await networkOf('10.0.0.0/24')
    await setQuota({ ports: 4 })
    const networks = [{ networkId }]
    await expectRefused('quotaExceeded', { ...request, networks, minCount: 5 })
    const batch = await base.acme.servers.create({ ...request, networks, minCount: 2, maxCount: 5 })
    expect(batch.count).toBe(4)
    expect(await used('ports')).toBe(4)
  })

  it('capacity', async () => {
    const error = await expectRefused('noValidHost', { ...request, minCount: room + 1 })
    expect(error.limit).toBe(room)
    expect(error.detail).toMatchObject({ hosts, nearestFeasible: room })
    const { nearestFeasible } = error.detail as { nearestFeasible: number }
    expect((await base.acme.servers.create({ ...request, minCount: nearestFeasible })).count).toBe(
      room,
    )
    const full = await expectRefused('noValidHost', { ...request, minCount: 1 })
    const ruledOut = { resources: hosts }
    expect(full.detail).toMatchObject({ nearestFeasible: 0, ruledOut, scarcest: 'VCPU' })
  })

  it('addresses', async () => {
    // 16 addresses: without network, broadcast and gateway.
    const networks = [{ networkId: await networkOf('10.0.0.0/28') }]
    const error = await expectRefused('addressesExhausted', { ...request, networks, minCount: 14 })
    const batch = await base.acme.servers.create({
      ...request,
      networks,
      minCount: Number(error.limit),
    })
    expect(batch.count).toBe(13)
    await expectRefused('addressesExhausted', { ...request, networks, minCount: 1 })
  })

  it('nothing that was set aside for it is missing afterwards', async () => {
    const networks = [{ networkId: await networkOf('10.0.0.0/28') }]
    const nowhere = { ...request, networks, availabilityZones: ['nowhere'], minCount: 13 }
    for (let i = 0; i < 3; i++) await expectRefused('noValidHost', nowhere)
    const tooMany = { ...request, networks, minCount: 14 }
    for (let i = 0; i < 3; i++) await expectRefused('addressesExhausted', tooMany)
    expect((await base.acme.servers.create({ ...request, networks, minCount: 13 })).count).toBe(13)
    const rest = await base.acme.servers.create({ ...request, minCount: room - 13 })
    expect(rest.count).toBe(room - 13)
  })

  it('the rule of a group', async () => {
    const apart = await base.acme.serverGroups.create({ name: 'apart', policy: 'anti-affinity' })
    const error = await expectRefused('noValidHost', {
      ...request,
      groupId: apart.id,
      minCount: hosts + 1,
    })
    expect(error.detail).toMatchObject({ nearestFeasible: hosts })
    const created = await base.acme.servers.create({
      ...request,
      groupId: apart.id,
      minCount: hosts,
    })
    expect(created.count).toBe(hosts)
    const more = await expectRefused('noValidHost', { ...request, groupId: apart.id, minCount: 1 })
    expect(more.detail).toMatchObject({ ruledOut: { group: hosts } })
    const together = await base.acme.serverGroups.create({ name: 'together', policy: 'affinity' })
    const one = await expectRefused('noValidHost', {
      ...request,
      groupId: together.id,
      minCount: 65,
    })
    expect(one.detail).toMatchObject({ nearestFeasible: 63 })
    await base.acme.servers.create({ ...request, groupId: together.id, minCount: 63 })
  })

  it('zones', async () => {
    const error = await expectRefused('noValidHost', {
      ...request,
      availabilityZones: ['z2'],
      minCount: 65,
    })
    expect(error.detail).toMatchObject({ nearestFeasible: 64, ruledOut: { zone: hosts - 1 } })
    await expectRefused('noValidHost', { ...request, availabilityZones: ['nowhere'], minCount: 1 })
    await base.acme.servers.create({ ...request, availabilityZones: ['z2'], minCount: 64 })
  })

  it('traits', async () => {
    const flavor = (extraSpecs: Record<string, string>, name: string): Promise<{ id: string }> =>
      world.cloud.system.flavors.create({ name, vcpus: 1, ramMb: 512, diskGb: 10, extraSpecs })
    const { id: absent } = await flavor({ 'trait:HW_GPU': 'required' }, 'gpu')
    const error = await expectRefused('noValidHost', { ...request, flavorId: absent, minCount: 1 })
    expect(error.detail).toMatchObject({ ruledOut: { requiredTrait: hosts } })
    const { id: forbidden } = await flavor({ 'trait:HW_CPU_X86_AVX2': 'forbidden' }, 'old')
    const refused = await expectRefused('noValidHost', {
      ...request,
      flavorId: forbidden,
      minCount: 1,
    })
    expect(refused.detail).toMatchObject({ ruledOut: { forbiddenTrait: hosts } })
  })

  it('what the request names', async () => {
    const missing = '01890000-0000-7000-8000-000000000000'
    const wrong: [string, Request][] = [
      ['flavorId', { ...request, flavorId: missing, minCount: 2 }],
      ['imageId', { ...request, imageId: missing, minCount: 2 }],
      ['groupId', { ...request, groupId: missing, minCount: 2 }],
      ['keyName', { ...request, keyName: 'missing', minCount: 2 }],
      ['networks[0].networkId', { ...request, networks: [{ networkId: missing }], minCount: 2 }],
    ]
    for (const [field, input] of wrong) {
      expect((await expectRefused('notFound', input)).field).toBe(field)
    }
  })
})

describe('C3: between min and max', () => {
  it('as many as the quota allows', async () => {
    await setQuota({ cores: 7 })
    const batch = await base.acme.servers.create({ ...request, minCount: 5, maxCount: 20 })
    expect(batch.count).toBe(7)
  })

  it('as many as there are addresses', async () => {
    const networks = [{ networkId: await networkOf('10.0.0.0/28') }]
    const batch = await base.acme.servers.create({
      ...request,
      networks,
      minCount: 5,
      maxCount: 100,
    })
    expect(batch.count).toBe(13)
    expect(await used('ports')).toBe(13)
  })

  it('as many as fit on the hosts; the addresses of the others are free again', async () => {
    const networks = [{ networkId: await networkOf('10.0.0.0/22') }]
    const batch = await base.acme.servers.create({
      ...request,
      networks,
      minCount: 5,
      maxCount: 999,
    })
    expect(batch.count).toBe(room)
    expect(await used('ports')).toBe(room)
    const ports = await base.acme.ports.create({ networkId: networks[0]?.networkId as string })
    expect(ports.fixedIps).toHaveLength(1)
  })
})

it('a request that the store failed sets no room aside', async () => {
  const ask = { ...request, minCount: room }
  const transact = world.store.transact.bind(world.store)
  world.store.transact = () => Promise.reject(new Error('store'))
  await expect(base.acme.servers.create(ask)).rejects.toMatchObject({ code: 'internal' })
  world.store.transact = transact
  expect((await base.acme.servers.create(ask)).count).toBe(room)
})
