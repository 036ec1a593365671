import { createHash } from 'node:crypto'
import { isCloudError } from '@nephos/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dumpResources, rowCounts } from '../support/dump.ts'
import { addHosts, type Basics, basics, bytesOf, openWorld, type World } from '../support/world.ts'

let world: World
let base: Basics

beforeEach(async () => {
  world = await openWorld({ work: false })
  await addHosts(world.cloud, 3)
  base = await basics(world.cloud)
})

afterEach(async () => {
  expect(await world.cloud.audit()).toEqual([])
  await world.cloud.close()
})

/** Sends what no type would let through. */
function create(changes: Record<string, unknown>): Promise<unknown> {
  const { imageId, flavorId } = base
  return base.acme.servers.create({ name: 'vm', imageId, flavorId, ...changes })
}

async function expectInvalid(
  send: () => Promise<unknown>,
  field: string | RegExp,
  limit?: number | string,
): Promise<void> {
  const before = await rowCounts(world.store)
  const error: unknown = await send().then(
    () => 'accepted',
    (reason: unknown) => reason,
  )
  if (!isCloudError(error)) throw new Error(`expected ${field.toString()}: ${String(error)}`)
  expect(error.code).toBe('invalid')
  expect(error.retry).toBe('never')
  if (typeof field === 'string') expect(error.field).toBe(field)
  else expect(error.field).toMatch(field)
  if (limit !== undefined) expect(error.limit).toBe(limit)
  expect(await rowCounts(world.store)).toEqual(before)
}

describe('a request for servers with', () => {
  it('a count that is none', async () => {
    for (const minCount of [0, -1, 1.5, 1e9, Number.NaN, Infinity, '5', null, [5], 2n, {}]) {
      await expectInvalid(() => create({ minCount }), 'minCount')
    }
    await expectInvalid(() => create({ minCount: 10_001 }), 'minCount', 10_000)
    await expectInvalid(() => create({ minCount: 0 }), 'minCount', 1)
    await expectInvalid(() => create({ maxCount: 10_001 }), 'maxCount', 10_000)
    await expectInvalid(() => create({ minCount: 5, maxCount: 4 }), 'maxCount')
  })

  it('names, tags and metadata that are too long, too many, or no text', async () => {
    for (const name of ['', ' ', 'a ', ' a', 'a\nb', 'a\u0000', 'x'.repeat(256), 7, null]) {
      await expectInvalid(() => create({ name }), 'name')
    }
    await expectInvalid(() => create({ name: 'x'.repeat(256) }), 'name', 255)
    const tags = (count: number): string[] => Array.from({ length: count }, (_, i) => `t${i}`)
    await expectInvalid(() => create({ tags: tags(51) }), 'tags', 50)
    await expectInvalid(() => create({ tags: ['x'.repeat(61)] }), 'tags[0]', 60)
    await expectInvalid(() => create({ tags: ['a,b'] }), 'tags[0]')
    await expectInvalid(() => create({ tags: ['a', 'a'] }), 'tags')
    const items = (count: number): object =>
      Object.fromEntries(tags(count).map((tag) => [tag, 'v']))
    await expectInvalid(() => create({ metadata: items(129) }), 'metadata')
    await expectInvalid(() => create({ metadata: { k: 'x'.repeat(256) } }), 'metadata.k', 255)
    await expectInvalid(() => create({ metadata: { ['x'.repeat(256)]: 'v' } }), /^metadata/)
    await expectInvalid(() => create({ metadata: { k: 5 } }), 'metadata.k')
    await create({ tags: tags(50), metadata: items(128), name: 'x'.repeat(255) })
  })

  it('keys that belong to objects themselves', async () => {
    const parsed = (text: string): Record<string, unknown> => JSON.parse(text) as never
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const metadata = parsed(`{"${key}":"x"}`)
      await expectInvalid(() => create({ metadata }), /^metadata/)
    }
    await expectInvalid(() => create(parsed('{"__proto__":{"minCount":9}}')), '__proto__')
    await expectInvalid(() => create({ constructor: 1 }), 'constructor')
    expect(({} as Record<string, unknown>)['minCount']).toBeUndefined()
  })

  it('user data that is too long, or not base64', async () => {
    await expectInvalid(() => create({ userData: 'A'.repeat(65_536) }), 'userData', 65_535)
    for (const userData of ['#cloud-config', 'AAA', 'AAA=A', '====', 'ÄÄÄÄ', 5]) {
      await expectInvalid(() => create({ userData }), 'userData')
    }
    await create({ userData: 'A'.repeat(65_532) })
  })

  it('networks that are none, too many, or for one server only', async () => {
    await expectInvalid(() => create({ networks: [{}] }), 'networks[0]')
    const networkId = (await base.acme.networks.create({ name: 'n' })).id
    const port = await base.acme.ports.create({ networkId })
    const both = { networkId, portId: port.id }
    await expectInvalid(() => create({ networks: [both] }), 'networks[0]')
    await expectInvalid(
      () => create({ networks: Array.from({ length: 17 }, () => ({ networkId })) }),
      'networks',
      16,
    )
    const single = { minCount: 2, networks: [{ portId: port.id }] }
    await expectInvalid(() => create(single), /^networks/)
    const fixed = { minCount: 2, networks: [{ networkId, address: '10.0.0.9' }] }
    await expectInvalid(() => create(fixed), /^networks/)
    for (const address of ['10.0.0', '10.0.0.256', '::g', 'localhost', '10.0.0.1/24']) {
      await expectInvalid(() => create({ networks: [{ networkId, address }] }), /^networks\[0\]/)
    }
  })
})

describe('subnets', () => {
  it('that do not parse, or overlap, are refused', async () => {
    const networkId = (await base.acme.networks.create({ name: 'n' })).id
    const subnet = (changes: Record<string, unknown>): Promise<unknown> =>
      base.acme.subnets.create({ networkId, ...changes })
    const bad = ['10.0.0.0', '10.0.0.0/33', '10.0.0.256/24', '010.0.0.0/8', '10.0.0.0/-1', '::/129']
    for (const cidr of [
      ...bad,
      '10.0.0.0/24/24',
      '',
      'x',
      'fe80::%1/64',
      ' 10.0.0.0/24',
      5,
      null,
    ]) {
      await expectInvalid(() => subnet({ cidr }), 'cidr')
    }
    await subnet({ cidr: '10.0.0.0/24' })
    for (const cidr of ['10.0.0.0/24', '10.0.0.0/8', '10.0.0.128/25']) {
      await expect(subnet({ cidr })).rejects.toMatchObject({ field: 'cidr' })
    }
    await expectInvalid(() => subnet({ cidr: '10.1.0.0/24', gatewayIp: '10.2.0.1' }), 'gatewayIp')
    const pools = { allocationPools: [{ start: '10.1.0.9', end: '10.1.0.5' }] }
    await expectInvalid(() => subnet({ cidr: '10.1.0.0/24', ...pools }), /^allocationPools/)
  })
})

describe('image bytes', () => {
  const bytes = new Uint8Array(1_000).fill(7)
  const sha256 = createHash('sha256').update(bytes).digest('hex')

  async function queued(): Promise<string> {
    const { images } = base.acme
    return (await images.create({ name: 'i', diskFormat: 'raw', containerFormat: 'bare' })).id
  }

  /** Refused, with the image as it was before, and no byte kept; then the right bytes are taken. */
  async function expectRejected(
    code: string,
    more: { size?: number; checksum?: { algorithm: 'sha256'; value: string } },
    ...chunks: Uint8Array[]
  ): Promise<void> {
    const id = await queued()
    const upload = base.acme.images.upload({ id, ...more }, bytesOf(...chunks))
    await expect(upload).rejects.toMatchObject({ code })
    expect((await base.acme.images.get({ id })).status).toBe('queued')
    expect(await world.cloud.audit()).toEqual([])
    const right = { id, size: 1_000, checksum: { algorithm: 'sha256', value: sha256 } as const }
    expect((await base.acme.images.upload(right, bytesOf(bytes))).status).toBe('active')
  }

  it('fewer than declared are refused', () => expectRejected('invalid', { size: 1_001 }, bytes))

  it('more than declared are refused', () => expectRejected('tooLarge', { size: 999 }, bytes))

  it('of another checksum are refused', () =>
    expectRejected(
      'checksumMismatch',
      { checksum: { algorithm: 'sha256', value: '0'.repeat(64) } },
      bytes,
    ))

  it('beyond the quota are refused', async () => {
    const limits = { imageBytes: 500 }
    await world.cloud.system.quotas.set({ projectId: base.acme.id, limits })
    const id = await queued()
    await expect(base.acme.images.upload({ id }, bytesOf(bytes))).rejects.toMatchObject({
      code: 'quotaExceeded',
    })
  })

  it('that fail on the way leave the image queued', async () => {
    const id = await queued()
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield bytes
      throw new Error('the client went away')
    }
    await expect(base.acme.images.upload({ id, size: 5_000 }, failing())).rejects.toSatisfy(
      isCloudError,
    )
    expect((await base.acme.images.get({ id })).status).toBe('queued')
    await base.acme.images.upload({ id, size: 1_000 }, bytesOf(bytes))
  })
})

describe('a signal', () => {
  it('that fired before the call keeps it from having any effect', async () => {
    const before = await dumpResources(world.store)
    const signal = AbortSignal.abort()
    await expect(create({ signal })).rejects.toMatchObject({ code: 'aborted' })
    await expect(base.acme.networks.create({ name: 'n' }, { signal })).rejects.toMatchObject({
      code: 'aborted',
    })
    expect(await dumpResources(world.store)).toEqual(before)
  })

  it('that fires during the call leaves all or nothing', async () => {
    for (let turns = 0; turns < 12; turns++) {
      const controller = new AbortController()
      const call = create({ minCount: 3, signal: controller.signal }).then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject({ code: 'aborted' })
          return false
        },
      )
      const { count: before } = await base.acme.servers.count({})
      for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve))
      controller.abort()
      const isMade = await call
      const { count } = await base.acme.servers.count({})
      expect([0, 3]).toContain(count - Math.floor(before / 3) * 3)
      if (isMade) expect(count % 3).toBe(0)
      expect(await world.cloud.audit()).toEqual([])
    }
  })

  it('that fires after the call changes nothing', async () => {
    const controller = new AbortController()
    const batch = (await create({ signal: controller.signal })) as { count: number }
    controller.abort()
    expect(batch.count).toBe(1)
    expect(await base.acme.servers.count({})).toEqual({ count: 1 })
  })
})
