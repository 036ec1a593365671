import { beforeEach, describe, expect, it } from 'vitest'
import {
  actorOf,
  type IdentityKernel,
  identityKernel,
  newProject,
} from '../../../test/identity-kernel.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { eventHorizonKind, eventKind } from '../../model/event/event.ts'
import type { Project } from '../../model/identity/project.ts'
import { type SecurityGroup, securityGroupKind } from '../../model/network/security-group.ts'
import { Fleet } from '../../placement/fleet.ts'
import { RecordingScheduler } from '../../../test/compute-kernel.ts'
import type { Actor } from '../call.ts'
import { invoke } from '../operation.ts'
import { followEvents } from './follow.ts'
import { forgetChanges } from './forget.ts'
import { eventList } from './list.ts'
import type { EventView } from './read.ts'

let world: IdentityKernel
let kernel: Kernel
let project: Project
let actor: Actor
/** Where the stream was when the project was ready. */
let start: string

beforeEach(async () => {
  world = await identityKernel()
  const fleet = new Fleet(new RecordingScheduler(), world.kernel.store, 'test')
  kernel = { ...world.kernel, fleet }
  project = await newProject(world, 'acme')
  actor = actorOf(project, 'reader')
  start = (await invoke(kernel, actor, eventList, { after: 'latest' })).cursor
})

/** Commits groups of a project: one change, one event each. */
async function make(ids: readonly string[], projectId = project.id): Promise<void> {
  const rows = ids.map((id): Omit<SecurityGroup, 'rev'> => {
    return {
      id,
      projectId,
      name: id,
      description: '',
      isDefault: false,
      stateful: true,
      tags: [],
      ...times,
    }
  })
  await kernel.committer.commit(new Writes().insert(securityGroupKind, ...rows))
}

const times = { createdAt: 0, updatedAt: 0 }
const list = (input: object = {}, as = actor) => invoke(kernel, as, eventList, input)
const ids = (events: readonly EventView[]): string[] => events.map(({ id }) => id)
const many = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${at}`)

describe('events', () => {
  it('X6: are listed in the order of the commits, the project’s own', async () => {
    const other = await newProject(world, 'other')
    await make(['a', 'b'])
    await make(['x'], other.id)
    await make(['c'])
    const { events } = await list({ after: start })
    expect(ids(events)).toEqual(['a', 'b', 'c'])
    expect(events[0]).toEqual({
      cursor: expect.any(String),
      type: 'securityGroup.created',
      id: 'a',
      projectId: project.id,
      at: 1_000,
      operation: null,
      requestId: null,
      userId: null,
    })
    const all = await list({ after: start }, world.root)
    const theirs = all.events.filter(({ operation }) => operation === null)
    expect(ids(theirs)).toEqual(['a', 'b', 'x', 'c'])
    expect(all.events[0]).toMatchObject({
      id: other.id,
      projectId: null,
      operation: 'identity.project.create',
    })
  })

  it.each([1, 2, 3, 7])('X6: go on after every cursor, by pages of %i', async (limit) => {
    const other = await newProject(world, 'other')
    const expected: string[] = []
    for (let at = 0; at < 8; at++) {
      const own = many(at % 4, `o${at}-`)
      await make(own)
      await make(many(2, `x${at}-`), other.id)
      expected.push(...own)
    }
    const seen: EventView[] = []
    for (let after = start; ;) {
      const page = await list({ after, limit })
      expect(page.events.length).toBeLessThanOrEqual(limit)
      seen.push(...page.events)
      if (page.events.length === 0 && !page.more) break
      after = page.cursor
    }
    expect(ids(seen)).toEqual(expected)
    for (const [index, { cursor }] of seen.entries()) {
      expect(ids((await list({ after: cursor })).events)).toEqual(expected.slice(index + 1))
    }
  })

  it('X6: of a commit that has several records have one order', async () => {
    await Promise.all([make(many(1_500, 'a')), make(['b']), make(['c'])])
    const first = await list({ after: start })
    expect(first).toMatchObject({ more: true })
    const { cursor } = first.events.at(-2) as EventView
    const rest = await list({ after: cursor })
    expect(ids(rest.events)).toEqual(['a999', ...many(1_500, 'a').slice(1_000), 'b', 'c'])
  })

  it('X6: foreign changes are passed over once', async () => {
    const other = await newProject(world, 'other')
    for (const id of many(300, 'x')) await make([id], other.id)
    const { events, cursor } = await list({ after: start })
    expect(events).toEqual([])
    await make(['a'])
    const before = kernel.store.stats.statements
    expect(ids((await list({ after: cursor })).events)).toEqual(['a'])
    expect(kernel.store.stats.statements - before).toBe(3)
  })

  it('X6: a record that cannot be read yet holds back what follows', async () => {
    await make(['a'])
    await make(['b'])
    await make(['c'])
    const { store } = kernel
    const get = store.get.bind(store)
    store.get = async (kind, wanted) => {
      const rows = await get(kind, wanted)
      return kind.name === eventKind.name ? rows.with(1, undefined) : rows
    }
    const page = await list({ after: start })
    expect(ids(page.events)).toEqual(['a'])
    store.get = get
    expect(ids((await list({ after: page.cursor })).events)).toEqual(['b', 'c'])
  })

  it.each([
    [{ after: '' }, 'after'],
    [{ after: 'x' }, 'after'],
    [{ after: '-1' }, 'after'],
    [{ after: '1.0' }, 'after'],
    [{ after: '1.1.1' }, 'after'],
    [{ after: '1'.repeat(16) }, 'after'],
    [{ after: 1 }, 'after'],
    [{ limit: 0 }, 'limit'],
    [{ limit: 1_001 }, 'limit'],
    [{ more: 1 }, 'more'],
  ])('X6: refuse %o', async (input, field) => {
    await expect(list(input)).rejects.toMatchObject({ code: 'invalid', field })
  })
})

describe('forgetting', () => {
  const feedEnd = async (): Promise<number> => Number((await list({ after: 'latest' })).cursor)

  it('X6: tells who comes too late, and takes the records along', async () => {
    await make(['a', 'b'])
    const [a] = (await list({ after: start })).events
    await make(['c'])
    const middle = await feedEnd()
    await make(['d'])
    expect(await forgetChanges(kernel, middle)).toBe(middle)
    for (const after of [start, a?.cursor]) {
      const late = list({ after })
      const error = { code: 'notFound', field: 'after', limit: String(middle) }
      await expect(late).rejects.toMatchObject(error)
    }
    expect(ids((await list({ after: String(middle) })).events)).toEqual(['d'])
    expect(ids((await list({})).events)).toEqual(['d'])
    expect(await kernel.store.count(eventKind, {})).toBe(1)
  })

  it('X6: goes on where a crash ended it, and of two at once one does it', async () => {
    await make(['a'])
    const end = await feedEnd()
    const trim = kernel.store.trim.bind(kernel.store)
    kernel.store.trim = () => Promise.reject(new Error('crash'))
    await expect(forgetChanges(kernel, end)).rejects.toThrow('crash')
    await expect(list({ after: start })).rejects.toMatchObject({ code: 'notFound' })
    kernel.store.trim = trim
    expect(await forgetChanges(kernel, end)).toBe(end)
    await make(['b'])
    const last = await feedEnd()
    const both = await Promise.all([forgetChanges(kernel, last), forgetChanges(kernel, last)])
    expect(both.toSorted((x, y) => x - y)).toEqual([0, last])
    expect(await kernel.store.query(eventHorizonKind, { limit: 9 })).toMatchObject([{ seq: last }])
  })

  it('X6: during a read is noticed', async () => {
    await make(['a'])
    await make(['b'])
    const end = await feedEnd()
    const { store } = kernel
    const changes = store.changes.bind(store)
    store.changes = async (after, limit) => {
      const page = await changes(after, limit)
      store.changes = changes
      await forgetChanges(kernel, end)
      return page
    }
    await expect(list({ after: start })).rejects.toMatchObject({ code: 'notFound', field: 'after' })
  })
})

describe('following', () => {
  it('X6: is woken by doorbells, and by itself when they are lost', async () => {
    const { clock } = world
    const signal = new AbortController()
    const seen: string[] = []
    const done = (async () => {
      for await (const { id } of followEvents(kernel, actor, {
        after: start,
        signal: signal.signal,
      })) {
        seen.push(id)
      }
    })()
    await clock.advance(10)
    await make(['a'])
    await clock.advance(1)
    expect(seen).toEqual(['a'])
    kernel.bus.publish = () => Promise.reject(new Error('lost'))
    await make(['b'])
    await clock.advance(1)
    expect(seen).toEqual(['a'])
    await clock.advance(kernel.settings.pollMs)
    expect(seen).toEqual(['a', 'b'])
    signal.abort()
    await expect(done).rejects.toMatchObject({ code: 'aborted' })
  })

  it('X6: goes on after the cursor of any event', async () => {
    await make(['a', 'b'])
    const first = followEvents(kernel, actor, { after: start })
    const { value } = await first.next()
    await first.return()
    const rest = followEvents(kernel, actor, { after: (value as EventView).cursor })
    expect((await rest.next()).value).toMatchObject({ id: 'b' })
    await rest.return()
  })
})
