import { beforeEach, describe, expect, it } from 'vitest'
import { auditKind } from '../model/audit/audit.ts'
import { type EventRecord, eventKind } from '../model/event/event.ts'
import { defineKind, type Stored } from '../model/kind.ts'
import { type UsagePeriod, usagePeriodKind } from '../model/meter/usage.ts'
import { MemoryBus } from '../reference/memory-bus.ts'
import { memoryStore } from '../reference/memory-store.ts'
import { silentTelemetry } from '../reference/silent-telemetry.ts'
import { VirtualClock } from '../reference/virtual-clock.ts'
import { Committer } from './committer.ts'
import { Writes } from './writes.ts'

interface Thing extends Stored {
  readonly projectId: string
  readonly size: number
  readonly state: string
}

const thingKind = defineKind<Thing>(
  'thing',
  { byProject: { fields: ['projectId'] } },
  {
    meter: {
      classes: ['things', 'size'],
      index: 'byProject',
      amounts: ({ size }) => [size > 0 ? 1 : 0, size],
    },
    events: { state: ({ state }) => state },
  },
)

const clock = new VirtualClock(1_000)
let store = memoryStore()
let bus = new MemoryBus()
let committer: Committer

beforeEach(async () => {
  store = memoryStore()
  bus = new MemoryBus()
  await store.open([thingKind, usagePeriodKind, eventKind, auditKind])
  committer = new Committer({ store, bus, clock, telemetry: silentTelemetry }, 'one')
})

const thing = (id: string, fields: Partial<Thing> = {}): Omit<Thing, 'rev'> => {
  return { id, projectId: 'p', size: 3, state: 'new', ...fields }
}
const commit = (edit: (writes: Writes) => void): Promise<number> => {
  const writes = new Writes()
  edit(writes)
  return committer.commit(writes)
}
const read = async (id: string): Promise<Thing> => (await store.get(thingKind, [id]))[0] as Thing
const change = async (id: string, fields: Partial<Thing>): Promise<void> => {
  const row = await read(id)
  await commit((writes) => writes.update(thingKind, { ...row, ...fields }))
}
const remove = async (id: string): Promise<void> => {
  const row = await read(id)
  await commit((writes) => writes.remove(thingKind, row))
}
const closed = (): Promise<UsagePeriod[]> =>
  store.query(usagePeriodKind, { index: 'byEnd', limit: 100 })
const events = async (): Promise<EventRecord[]> => {
  const ids = (await store.changes(0, 100)).flatMap(({ put }) => put[eventKind.name] ?? [])
  return (await store.get(eventKind, ids)).filter((row) => row !== undefined)
}

describe('usage follows from rows', () => {
  it('X5: begins in the row itself, and is a record when it ends', async () => {
    const from = clock.now()
    await commit((writes) => writes.insert(thingKind, thing('a')))
    expect((await read('a')).metered).toEqual([from, 1, 3])
    await clock.advance(500)
    await change('a', { state: 'other' })
    expect(await closed()).toEqual([])
    await remove('a')
    expect(await closed()).toMatchObject([
      {
        id: `thing:a:${from}`,
        projectId: 'p',
        kind: 'thing',
        resourceId: 'a',
        since: from,
        to: from + 500,
        amounts: { things: 1, size: 3 },
      },
    ])
  })

  it('X5: a change of amounts ends one period and begins the next', async () => {
    const from = clock.now()
    await commit((writes) => writes.insert(thingKind, thing('a', { size: 0 })))
    expect(await read('a')).not.toHaveProperty('metered')
    await clock.advance(100)
    await change('a', { size: 5 })
    await clock.advance(10)
    await change('a', { size: 7 })
    await clock.advance(20)
    await change('a', { size: 0 })
    expect(await read('a')).not.toHaveProperty('metered')
    await remove('a')
    const periods = (await closed()).map(({ since, to, amounts }) => [since, to, amounts])
    expect(periods).toEqual([
      [from + 100, from + 110, { things: 1, size: 5 }],
      [from + 110, from + 130, { things: 1, size: 7 }],
    ])
  })

  it('X5: what begins and ends at once takes no time, nor does a clock set back', async () => {
    await commit((writes) => writes.insert(thingKind, thing('a')))
    const from = clock.now()
    await change('a', { size: 4 })
    const behind = new VirtualClock(from - 900)
    const late = new Committer({ store, bus, clock: behind, telemetry: silentTelemetry }, 'two')
    await late.commit(new Writes().update(thingKind, { ...(await read('a')), size: 5 }))
    expect((await read('a')).metered).toEqual([from, 1, 5])
    await late.commit(new Writes().remove(thingKind, await read('a')))
    expect(await closed()).toEqual([])
  })

  it('X5: a row that its writer kept is not counted twice', async () => {
    await commit((writes) => writes.insert(thingKind, thing('a')))
    await clock.advance(10)
    const ended = { ...(await read('a')), size: 0 }
    await commit((writes) => writes.update(thingKind, ended))
    await clock.advance(10)
    await commit((writes) => writes.remove(thingKind, { ...ended, rev: ended.rev + 1 }))
    expect(await closed()).toHaveLength(1)
  })

  it('X5: 500 of them cost one statement more, the others none', async () => {
    const many = Array.from({ length: 500 }, (_, i) => thing(`t${i}`))
    const cost = async (run: () => Promise<unknown>): Promise<number> => {
      const before = store.stats.statements
      await run()
      return store.stats.statements - before
    }
    const plain = defineKind<Thing>('plain', thingKind.indexes)
    store = memoryStore()
    await store.open([thingKind, plain, usagePeriodKind, eventKind, auditKind])
    committer = new Committer({ store, bus, clock, telemetry: silentTelemetry }, 'one')
    const bare = await cost(() => commit((writes) => writes.insert(plain, ...many)))
    // The record of its events.
    expect(await cost(() => commit((writes) => writes.insert(thingKind, ...many)))).toBe(bare + 1)
    await clock.advance(10)
    const ids = many.map(({ id }) => id)
    const rows = (await store.get(plain, ids)) as Thing[]
    const metered = (await store.get(thingKind, ids)) as Thing[]
    const bareEnd = await cost(() => commit((writes) => writes.remove(plain, ...rows)))
    const end = await cost(() => commit((writes) => writes.remove(thingKind, ...metered)))
    expect(end).toBe(bareEnd + 2)
    expect(await closed()).toHaveLength(100)
  })
})

describe('events follow from rows', () => {
  const record = { at: 1, userId: 'u', projectId: 'p', targets: [], targetCount: 0 }

  it('X6: made, every new state, removed; with who asked, if anybody did', async () => {
    await commit((writes) => {
      writes.insert(thingKind, thing('a'), thing('b', { projectId: 'q' }))
      writes.insert(auditKind, { ...record, id: 'r1', requestId: 'req', operation: 'op' })
    })
    await change('a', { state: 'ready' })
    await change('a', { size: 4 })
    await remove('a')
    const cause = { operation: 'op', requestId: 'req', userId: 'u' }
    expect(await events()).toMatchObject([
      { projectId: 'p', cause, events: [{ type: 'thing.created', ids: ['a'] }] },
      { projectId: 'q', cause, events: [{ type: 'thing.created', ids: ['b'] }] },
      { projectId: 'p', cause: null, events: [{ type: 'thing.ready', ids: ['a'] }] },
      { projectId: 'p', cause: null, events: [{ type: 'thing.deleted', ids: ['a'] }] },
    ])
  })

  it('X6: a change without a new state is one only if it was asked for', async () => {
    await commit((writes) => writes.insert(thingKind, thing('a')))
    const row = await read('a')
    await commit((writes) => {
      writes.update(thingKind, { ...row, size: 9 })
      writes.insert(auditKind, { ...record, id: 'r1', requestId: 'req', operation: 'op' })
    })
    expect((await events()).map((one) => one.events[0]?.type)).toEqual([
      'thing.created',
      'thing.updated',
    ])
  })

  it('X6: a commit of many has several records, and no two commits share a name', async () => {
    const many = Array.from({ length: 2_500 }, (_, i) => thing(`t${i}`))
    await Promise.all([
      commit((writes) => writes.insert(thingKind, ...many)),
      commit((writes) => writes.insert(thingKind, thing('z'))),
    ])
    const sizes = (await events()).map((one) => one.events.flatMap(({ ids }) => ids).length)
    expect(sizes).toEqual([1_000, 1_000, 500, 1])
  })

  it('X6: rings for those concerned', async () => {
    const rung: string[] = []
    for (const topic of ['events:p', 'events:q']) bus.subscribe(topic, () => rung.push(topic))
    await commit((writes) => writes.insert(thingKind, thing('a')))
    await Promise.resolve()
    expect(rung).toEqual(['events:p'])
  })
})
