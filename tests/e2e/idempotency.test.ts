import {
  type Actor,
  type Kind,
  kinds,
  networkCreate,
  projectCreate,
  projectEnsure,
  projectUpdate,
  serverBatchKind,
  serverCreate,
} from '@nephos/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dumpResources } from '../support/dump.ts'
import { addHosts, type Basics, basics, openWorld, type World, withDisk } from '../support/world.ts'

type Request = Parameters<Basics['acme']['servers']['create']>[0]

let world: World
let base: Basics
let request: Request

beforeEach(async () => {
  world = await openWorld({ work: false })
  await addHosts(world.cloud, 4)
  base = await basics(world.cloud)
  request = { name: 'vm', imageId: base.imageId, flavorId: base.flavorId, minCount: 40 }
})

afterEach(async () => {
  expect(await world.cloud.audit()).toEqual([])
  await world.cloud.close()
})

function kindNamed(name: string): Kind {
  return kinds.find((kind) => kind.name === name) as Kind
}

async function batches(): Promise<number> {
  return world.store.count(serverBatchKind, {})
}

describe('C21: one idempotency key', () => {
  it('used twice, one after the other, has one effect and one answer', async () => {
    const first = await base.acme.servers.create({ ...request, idempotencyKey: 'k' })
    const before = await dumpResources(world.store)
    const second = await base.acme.servers.create({ ...request, idempotencyKey: 'k' })
    expect({ ...second }).toEqual({ ...first })
    expect(await dumpResources(world.store)).toEqual(before)
    // Defaults and the order of fields make no other body.
    const { minCount, ...rest } = request
    const third = await base.acme.servers.create({
      minCount: minCount ?? 1,
      metadata: {},
      ...rest,
      idempotencyKey: 'k',
    })
    expect(third.id).toBe(first.id)
    expect(await batches()).toBe(1)
  })

  it('of a call that found nothing to do is answered the same, whatever has changed', async () => {
    const operator = {
      userId: 'op',
      projectId: null,
      domainId: null,
      roles: ['admin'],
      system: true,
    }
    const ensure = () =>
      world.cloud.invoke(operator, projectEnsure, { name: 'acme' }, { idempotencyKey: 'k' })
    const found = await ensure()
    expect(found.id).toBe(base.acme.id)
    await world.cloud.invoke(operator, projectUpdate, { id: found.id, name: 'other' })
    expect(await ensure()).toEqual(found)
  })

  it('used by twenty callers at once has one effect and one answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        base.acme.servers.create({ ...request, minCount: 3, idempotencyKey: 'k' }),
      ),
    )
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
    expect(await batches()).toBe(1)
  })

  it('used by twenty callers at once for all that is left is refused to none of them', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        base.acme.servers.create({ ...request, minCount: 256, idempotencyKey: 'k' }),
      ),
    )
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
    expect(await base.acme.servers.count({})).toEqual({ count: 256 })
  })

  it('used by two processes at once has one effect and one answer', async () => {
    const store = new Proxy(world.store, {
      get(target, name) {
        if (name === 'open' || name === 'close') return async () => undefined
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const other = await openWorld({ store, seed: 2, work: false, beside: world })
    const acme = await other.cloud.project('acme')
    const full = { ...request, minCount: 256, idempotencyKey: 'k' }
    const answers = await Promise.all([
      base.acme.servers.create(full),
      acme.servers.create(full),
      base.acme.servers.create(full),
      acme.servers.create(full),
    ])
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
    expect(await batches()).toBe(1)
  })

  it('with another body, or for another operation, is a mismatch', async () => {
    await base.acme.servers.create({ ...request, idempotencyKey: 'k' })
    const before = await dumpResources(world.store)
    const mismatch = { code: 'idempotencyMismatch', field: 'idempotencyKey', retry: 'never' }
    await expect(
      base.acme.servers.create({ ...request, minCount: 41, idempotencyKey: 'k' }),
    ).rejects.toMatchObject(mismatch)
    await expect(
      base.acme.networks.create({ name: 'n' }, { idempotencyKey: 'k' }),
    ).rejects.toMatchObject(mismatch)
    const racing = await Promise.allSettled(
      [1, 2, 3, 4].map((minCount) =>
        base.acme.servers.create({ ...request, minCount, idempotencyKey: 'race' }),
      ),
    )
    const reasons = racing.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(reasons).toHaveLength(3)
    for (const reason of reasons) expect(reason).toMatchObject(mismatch)
    expect(await batches()).toBe(2)
    expect(Object.keys(before)).toContain('serverBatch')
  })

  it('belongs to its project', async () => {
    const other = await basics(world.cloud, 'other')
    const first = await base.acme.networks.create({ name: 'n' }, { idempotencyKey: 'k' })
    const second = await other.acme.networks.create({ name: 'n' }, { idempotencyKey: 'k' })
    expect(second.id).not.toBe(first.id)
    expect(second.projectId).toBe(other.acme.id)
  })

  it('belongs to its domain, and is not the operator’s', async () => {
    const { id: domainId } = await world.cloud.system.domains.create({ name: 'domain' })
    const input = { name: 'p', domainId }
    const operator: Actor = {
      userId: 'o',
      projectId: null,
      domainId: null,
      roles: ['admin'],
      system: true,
    }
    const actor: Actor = { ...operator, domainId, system: false }
    const options = { idempotencyKey: 'k' }
    await world.cloud.invoke(operator, projectCreate, input, options)
    await expect(world.cloud.invoke(actor, projectCreate, input, options)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('of a refused request may be used again, also for something else', async () => {
    await expect(
      base.acme.servers.create({ ...request, minCount: 9_999, idempotencyKey: 'k' }),
    ).rejects.toMatchObject({ code: 'noValidHost' })
    await expect(
      base.acme.servers.create({ ...request, minCount: 0, idempotencyKey: 'k' }),
    ).rejects.toMatchObject({ code: 'invalid' })
    expect(await world.store.count(kindNamed('idempotency'), {})).toBe(0)
    const batch = await base.acme.servers.create({ ...request, idempotencyKey: 'k' })
    expect(batch.count).toBe(40)
  })

  it('must be one: printable, without spaces, at most 64 characters', async () => {
    for (const key of ['', ' ', 'a b', 'ä', 'a\n', 'x'.repeat(65), 7 as never, {} as never]) {
      await expect(
        base.acme.servers.create({ ...request, idempotencyKey: key }),
      ).rejects.toMatchObject({ code: 'invalid', field: 'idempotencyKey', limit: 64 })
    }
    await base.acme.servers.create({ ...request, minCount: 1, idempotencyKey: 'x'.repeat(64) })
  })

  it('does not outrank the policy: who may not create may not replay either', async () => {
    await base.acme.servers.create({ ...request, idempotencyKey: 'k' })
    const reader: Actor = {
      userId: 'r',
      projectId: base.acme.id,
      domainId: 'default',
      roles: ['reader'],
      system: false,
    }
    await expect(
      world.cloud.invoke(reader, serverCreate, request, { idempotencyKey: 'k' }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    await expect(
      world.cloud.invoke(reader, networkCreate, { name: 'n' }, { idempotencyKey: 'other' }),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('is written with the decision: one record, however often it is repeated', async () => {
    const made = (): Promise<number> => world.store.count(kindNamed('audit'), {})
    const before = await made()
    for (let i = 0; i < 3; i++) {
      await base.acme.servers.create({ ...request, minCount: 1, idempotencyKey: 'k' })
    }
    expect(await made()).toBe(before + 1)
  })

  it('survives closing and opening again', async () => {
    await withDisk(async (disk) => {
      const first = await openWorld({ ...(await disk()), work: false })
      await addHosts(first.cloud, 4)
      const { acme, ...rest } = await basics(first.cloud)
      const input = { name: 'vm', ...rest, minCount: 20, idempotencyKey: 'k' }
      const batch = await acme.servers.create(input)
      await first.cloud.close()
      const second = await openWorld({ ...(await disk()), work: false })
      const again = await (await second.cloud.project('acme')).servers.create(input)
      expect({ ...again }).toEqual({ ...batch })
      expect(await second.store.count(serverBatchKind, {})).toBe(1)
      expect(await second.cloud.audit()).toEqual([])
      await second.cloud.close()
    })
  })
})
