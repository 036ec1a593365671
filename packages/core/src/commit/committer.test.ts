import { describe, expect, it } from 'vitest'
import { defineKind, type Stored } from '../model/kind.ts'
import { MemoryBus } from '../reference/memory-bus.ts'
import { memoryStore } from '../reference/memory-store.ts'
import { silentTelemetry } from '../reference/silent-telemetry.ts'
import { VirtualClock } from '../reference/virtual-clock.ts'
import { CommitConflict, Committer } from './committer.ts'
import { Writes } from './writes.ts'

interface Thing extends Stored {
  readonly name: string
}
const thingKind = defineKind<Thing>('thing', { byName: { fields: ['name'], unique: true } })

async function setUp() {
  const store = memoryStore()
  await store.open([thingKind])
  const bus = new MemoryBus()
  const committer = new Committer(
    { store, bus, clock: new VirtualClock(), telemetry: silentTelemetry },
    'test',
  )
  return { store, bus, committer }
}

const thing = (id: string, name = id): Writes => new Writes().insert(thingKind, { id, name })

describe('Committer', () => {
  it('puts what is handed in together into one transaction', async () => {
    const { store, committer } = await setUp()
    const before = store.stats.transactions
    await Promise.all(Array.from({ length: 64 }, (_, i) => committer.commit(thing(`t${i}`))))
    expect(store.stats.transactions - before).toBe(1)
    expect(await store.count(thingKind, {})).toBe(64)
  })

  it('lets each batch of a group succeed or fail by itself', async () => {
    const { store, committer } = await setUp()
    const results = await Promise.allSettled([
      committer.commit(thing('a', 'same')),
      committer.commit(thing('b', 'same')),
      committer.commit(thing('c')),
    ])
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((results[1] as PromiseRejectedResult).reason).toBeInstanceOf(CommitConflict)
    expect(await store.get(thingKind, ['a', 'b', 'c'])).toMatchObject([
      { id: 'a' },
      undefined,
      { id: 'c' },
    ])
  })

  it('rings each topic of committed batches once, in one message', async () => {
    const { bus, committer } = await setUp()
    const rings: string[] = []
    for (const topic of ['x', 'y', 'z']) bus.subscribe(topic, () => rings.push(topic))
    await Promise.allSettled([
      committer.commit(thing('a', 'same').ring('x', 'y')),
      committer.commit(thing('b').ring('x')),
      committer.commit(thing('c', 'same').ring('z')),
    ])
    await Promise.resolve()
    expect(rings.sort()).toEqual(['x', 'y'])
    expect(bus.messages).toBe(1)
  })

  it('does not need the bus', async () => {
    const { store, bus, committer } = await setUp()
    bus.publish = () => Promise.reject(new Error('bus'))
    await committer.commit(thing('a').ring('x'))
    await committer.idle()
    await committer.commit(thing('b').ring('x'))
    expect(await store.count(thingKind, {})).toBe(2)
  })

  it('refuses when too many wait, and says the limit', async () => {
    const { committer } = await setUp()
    const waiting = Array.from({ length: 10_000 }, (_, i) => committer.commit(thing(`t${i}`)))
    await expect(committer.commit(thing('one too many'))).rejects.toMatchObject({
      code: 'overloaded',
      limit: 10_000,
    })
    await Promise.all(waiting)
  })

  it('fails every waiter when the store fails, and works again afterwards', async () => {
    const { store, committer } = await setUp()
    const transact = store.transact.bind(store)
    store.transact = () => Promise.reject(new Error('disk gone'))
    const results = await Promise.allSettled([
      committer.commit(thing('a')),
      committer.commit(thing('b')),
    ])
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected'])
    store.transact = transact
    await committer.commit(thing('a'))
    expect(await store.count(thingKind, {})).toBe(1)
  })
})

describe('Writes', () => {
  it('adds several adds to one counter together', () => {
    const batch = new Writes()
      .add({ scope: 's', name: 'n', add: 2, limit: 5 })
      .add({ scope: 's', name: 'n', add: -1 })
      .batch('test', 0)
    expect(batch.add).toEqual([{ scope: 's', name: 'n', add: 1, limit: 5 }])
  })
})
