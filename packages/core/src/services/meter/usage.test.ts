import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  actorOf,
  type IdentityKernel,
  identityKernel,
  newProject,
} from '../../../test/identity-kernel.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import type { Project } from '../../model/identity/project.ts'
import { type Image, imageKind } from '../../model/image/image.ts'
import type { Kind } from '../../model/kind.ts'
import { dayMs, usageDayKind, usagePeriodKind } from '../../model/meter/usage.ts'
import { type Port, portKind } from '../../model/network/port.ts'
import { kinds } from '../index.ts'
import { invoke } from '../operation.ts'
import { sumUp } from './days.ts'
import { meteredKinds } from './kinds.ts'
import { dayOf } from './sums.ts'
import { usageGet, type UsageReport, usageList } from './usage.ts'

const start = Date.UTC(2030, 0, 1)
const hour = 3_600_000

async function setUp() {
  const world = await identityKernel()
  await world.clock.advance(start - world.clock.now())
  const project = await newProject(world, 'acme')
  return { ...world, project, actor: actorOf(project, 'reader') }
}

/** A port as a row: what is counted is 1 port and its addresses. */
function port(id: string, projectId: string, addresses: number): Omit<Port, 'rev'> {
  const fixedIps = Array.from({ length: addresses }, (_, at) => {
    return { subnetId: 's', address: `10.0.0.${at}` }
  })
  return {
    id,
    projectId,
    networkId: 'n',
    name: id,
    description: '',
    mac: id,
    fixedIps,
    securityGroupIds: [],
    deviceId: null,
    deviceOwner: '',
    hostId: null,
    status: 'DOWN',
    adminStateUp: true,
    portSecurity: true,
    allowedAddressPairs: [],
    deleteWithDevice: false,
    tags: [],
    createdAt: 0,
    updatedAt: 0,
  }
}

const digests = { checksum: '', sha256: '', osHashAlgo: 'sha512', osHashValue: '' } as const

function image(projectId: string): Omit<Image, 'rev' | 'digests'> {
  return {
    id: 'i',
    projectId,
    name: 'i',
    status: 'active',
    visibility: 'private',
    diskFormat: 'raw',
    containerFormat: 'bare',
    minDiskGb: 0,
    minRamMb: 0,
    virtualSize: null,
    protected: false,
    hidden: false,
    tags: [],
    properties: {},
    attempt: 1,
    upload: null,
    createdAt: 0,
    updatedAt: 0,
  }
}

async function make(kernel: Kernel, { id }: Project, name: string, addresses = 1): Promise<void> {
  await kernel.committer.commit(new Writes().insert(portKind, port(name, id, addresses)))
}

async function change(kernel: Kernel, id: string, addresses: number): Promise<void> {
  const [row] = await kernel.store.get(portKind, [id])
  const { fixedIps } = port(id, '', addresses)
  await kernel.committer.commit(new Writes().update(portKind, { ...(row as Port), fixedIps }))
}

async function end(kernel: Kernel, id: string): Promise<void> {
  const [row] = await kernel.store.get(portKind, [id])
  await kernel.committer.commit(new Writes().remove(portKind, row as Port))
}

async function sumUpAll(kernel: Kernel, before: number): Promise<void> {
  while ((await sumUp(kernel, before)) > 0);
}

const used = ({ usage }: UsageReport, name: string): string | undefined =>
  usage.find(({ resource }) => resource === name)?.unitMs

async function addressMs(
  { kernel, actor }: Pick<Awaited<ReturnType<typeof setUp>>, 'kernel' | 'actor'>,
  from: number,
  to: number,
): Promise<bigint> {
  return BigInt(used(await invoke(kernel, actor, usageGet, { from, to }), 'addresses') ?? '-1')
}

describe('usage', () => {
  it('X5: every kind with a meter is read', () => {
    const names = (some: readonly Kind[]) => some.map(({ name }) => name).sort()
    expect(names(meteredKinds)).toEqual(names(kinds.filter(({ meter }) => meter)))
    for (const { indexes, meter } of meteredKinds) {
      expect(indexes[meter?.index ?? '']?.fields[0]).toBe('projectId')
    }
  })

  it('X5: is clipped to the span, half open, while it lasts and after it ended', async () => {
    const world = await setUp()
    const { kernel, clock, project } = world
    await make(kernel, project, 'a', 2)
    await clock.advance(hour)
    const at = start + hour
    expect(await addressMs(world, start, at)).toBe(BigInt(2 * hour))
    expect(await addressMs(world, start - hour, start)).toBe(0n)
    expect(await addressMs(world, start + 1, start + 2)).toBe(2n)
    // Nothing is used in the future.
    expect(await addressMs(world, start, at + hour)).toBe(BigInt(2 * hour))
    await end(kernel, 'a')
    await clock.advance(hour)
    expect(await addressMs(world, start, at + hour)).toBe(BigInt(2 * hour))
    expect(await addressMs(world, at - 1, at)).toBe(2n)
    expect(await addressMs(world, at, at + 1)).toBe(0n)
  })

  it('X5: is the project’s own; operators name one, also one that is gone', async () => {
    const world = await setUp()
    const { kernel, clock, project, actor, root } = world
    const other = await newProject(world, 'other')
    await make(kernel, project, 'a')
    await clock.advance(10)
    const span = { from: start, to: start + 10 }
    const report = await invoke(kernel, root, usageGet, { ...span, projectId: project.id })
    expect(used(report, 'ports')).toBe('10')
    const foreign = invoke(kernel, actor, usageGet, { ...span, projectId: other.id })
    await expect(foreign).rejects.toMatchObject({ code: 'notFound', field: 'projectId' })
    const absent = invoke(kernel, actor, usageGet, { ...span, projectId: 'absent' })
    await expect(absent).rejects.toMatchObject({ code: 'notFound', field: 'projectId' })
    const none = invoke(kernel, root, usageGet, span)
    await expect(none).rejects.toMatchObject({ code: 'invalid', field: 'projectId' })
    const gone = await invoke(kernel, root, usageGet, { ...span, projectId: 'gone' })
    expect(used(gone, 'ports')).toBe('0')
  })

  it.each([
    [{ from: 2, to: 2 }, 'to'],
    [{ from: 3, to: 2 }, 'to'],
    [{ from: -1, to: 2 }, 'from'],
    [{ from: 0.5, to: 2 }, 'from'],
    [{ from: 0, to: 9e15 }, 'to'],
    [{ from: 0 }, 'to'],
    [{ from: 0, to: 1, projectId: '' }, 'projectId'],
    [{ from: 0, to: 1, more: 1 }, 'more'],
  ])('X5: refuses %o', async (input, field) => {
    const { kernel, actor } = await setUp()
    const refused = invoke(kernel, actor, usageGet, input)
    await expect(refused).rejects.toMatchObject({ code: 'invalid', field })
  })

  it('X5: sums beyond what a number holds are exact', async () => {
    const world = await setUp()
    const { kernel, clock, project } = world
    const bytes = 2 ** 53 - 1
    const sizes = { ...image(project.id), digests: { ...digests, size: bytes } }
    await kernel.committer.commit(new Writes().insert(imageKind, sizes))
    await clock.advance(40 * dayMs + 1)
    const [row] = await kernel.store.get(imageKind, ['i'])
    await kernel.committer.commit(new Writes().remove(imageKind, row as Image))
    const exact = BigInt(bytes) * BigInt(40 * dayMs + 1)
    const usedBytes = async (to: number): Promise<bigint> => {
      const report = await invoke(kernel, world.actor, usageGet, { from: start, to })
      return BigInt(used(report, 'imageBytes') ?? '-1')
    }
    expect(await usedBytes(clock.now())).toBe(exact)
    await clock.advance(dayMs)
    const to = dayOf(clock.now())
    await sumUpAll(kernel, to)
    expect(await usedBytes(to)).toBe(exact)
  })
})

describe('usage by day', () => {
  it('X5: answers the same, and refuses what it can no longer tell', async () => {
    const world = await setUp()
    const { kernel, clock, project, actor } = world
    await make(kernel, project, 'long', 1)
    await make(kernel, project, 'short', 3)
    await clock.advance(5 * hour)
    await end(kernel, 'short')
    await clock.advance(100 * dayMs)
    await change(kernel, 'long', 2)
    await clock.advance(2 * dayMs)
    const spans = [0, 1, 17, 99, 100, 101].flatMap((from) =>
      [1, 3, 100, 102].map(
        (days) => [start + from * dayMs, start + (from + days) * dayMs] as const,
      ),
    )
    const before = await Promise.all(spans.map(([from, to]) => addressMs(world, from, to)))
    const summedTo = start + 101 * dayMs
    await sumUpAll(kernel, summedTo)
    expect(await kernel.store.count(usagePeriodKind, {})).toBe(0)
    expect(await kernel.store.count(usageDayKind, {})).toBe(101)
    const after = await Promise.all(spans.map(([from, to]) => addressMs(world, from, to)))
    expect(after).toEqual(before)
    const within = invoke(kernel, actor, usageGet, { from: start + 1, to: summedTo })
    await expect(within).rejects.toMatchObject({ code: 'invalid', field: 'from', limit: summedTo })
    expect(await addressMs(world, summedTo + 1, summedTo + 2)).toBe(2n)
  })

  it('X5: is what a plain sum over all periods says, whatever happens in between', async () => {
    const step = fc.record({
      act: fc.constantFrom('make', 'change', 'end', 'sum'),
      which: fc.nat({ max: 3 }),
      size: fc.nat({ max: 3 }),
      pause: fc.oneof(fc.nat({ max: 3 * hour }), fc.nat({ max: 12 * dayMs })),
    })
    const property = fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const world = await setUp()
      const { kernel, clock, project } = world
      const live = new Map<string, { name: string; size: number; since: number }>()
      const ended: { size: number; since: number; to: number }[] = []
      let made = 0
      const close = (slot: string): void => {
        const one = live.get(slot)
        if (one) ended.push({ ...one, to: clock.now() })
        live.delete(slot)
      }
      for (const { act, which, size, pause } of steps) {
        await clock.advance(pause)
        const slot = String(which)
        const one = live.get(slot)
        if (act === 'sum') await sumUpAll(kernel, dayOf(clock.now()))
        else if (act === 'make' && !one) {
          const name = `p${made++}`
          await make(kernel, project, name, size)
          live.set(slot, { name, size, since: clock.now() })
        } else if (act === 'change' && one) {
          await change(kernel, one.name, size)
          close(slot)
          live.set(slot, { name: one.name, size, since: clock.now() })
        } else if (act === 'end' && one) {
          await end(kernel, one.name)
          close(slot)
        }
      }
      await clock.advance(hour)
      const now = clock.now()
      const all = [...ended, ...[...live.values()].map((one) => ({ ...one, to: now }))]
      for (let from = start; from < now; from += 5 * dayMs) {
        const to = Math.min(now, from + 3 * dayMs)
        if (to % dayMs !== 0 && to < dayOf(now)) continue
        const expected = all.reduce((sum, { size, since, to: until }) => {
          const time = Math.max(0, Math.min(until, to) - Math.max(since, from))
          return sum + BigInt(size) * BigInt(time)
        }, 0n)
        expect(await addressMs(world, from, to)).toBe(expected)
      }
    })
    await fc.assert(property, { numRuns: 40 })
  })

  it('X5: a reader during whose reads days are summed up reads again', async () => {
    let between: (() => Promise<void>) | undefined
    const world: IdentityKernel = await identityKernel({
      overStore: (store) =>
        new Proxy(store, {
          get: (target, name) => {
            const member: unknown = Reflect.get(target, name)
            if (typeof member !== 'function') return member
            if (name !== 'query') return member.bind(target)
            return async (kind: { name: string }, query: object) => {
              const rows: unknown = await member.call(target, kind, query)
              const act = kind.name === 'usagePeriod' && 'equals' in query ? between : undefined
              if (act) between = undefined
              await act?.()
              return rows
            }
          },
        }),
    })
    const { kernel, clock } = world
    await clock.advance(start - clock.now())
    const project = await newProject(world, 'acme')
    await make(kernel, project, 'a')
    await clock.advance(2 * dayMs)
    await end(kernel, 'a')
    await clock.advance(dayMs)
    between = () => sumUpAll(kernel, start + 3 * dayMs)
    const reader = { kernel, actor: actorOf(project, 'reader') }
    expect(await addressMs(reader, start, start + 3 * dayMs)).toBe(BigInt(2 * dayMs))
    expect(await kernel.store.count(usagePeriodKind, {})).toBe(0)
  })

  it('X5: moves a bounded part at once', async () => {
    const { kernel, clock, project } = await setUp()
    const many = Array.from({ length: 450 }, (_, at) => port(`p${at}`, project.id, 1))
    await kernel.committer.commit(new Writes().insert(portKind, ...many))
    await clock.advance(hour)
    const rows = (await kernel.store.get(
      portKind,
      many.map(({ id }) => id),
    )) as Port[]
    await kernel.committer.commit(new Writes().remove(portKind, ...rows))
    const moved = [1, 2, 3, 4].map(() => sumUp(kernel, start + dayMs))
    expect(await Promise.allSettled(moved)).toMatchObject([{ value: 200 }, {}, {}, {}])
    const counts: number[] = []
    for (let at = 0; at < 3; at++) counts.push(await sumUp(kernel, start + dayMs))
    expect(counts).toEqual([200, 50, 0])
  })
})

describe('periods', () => {
  it('X5: are listed by their end, page by page, the project’s own', async () => {
    const world = await setUp()
    const { kernel, clock, project, actor } = world
    const other = await newProject(world, 'other')
    await make(kernel, other, 'foreign')
    for (const name of ['a', 'b', 'c']) await make(kernel, project, name, 2)
    await clock.advance(hour)
    for (const name of ['b', 'a', 'c', 'foreign']) {
      await clock.advance(1)
      await end(kernel, name)
    }
    const span = { from: start, to: clock.now() }
    const list = (input: object) => invoke(kernel, actor, usageList, { ...span, ...input })
    const all = await list({})
    expect(all.map(({ resourceId }) => resourceId)).toEqual(['b', 'a', 'c'])
    expect(all[0]).toEqual({
      id: `port:b:${start}`,
      projectId: project.id,
      kind: 'port',
      resourceId: 'b',
      name: 'b',
      since: start,
      to: start + hour + 1,
      amounts: { ports: 1, addresses: 2 },
    })
    const [first] = await list({ limit: 1 })
    expect(await list({ marker: first?.id })).toEqual(all.slice(1))
    expect(await list({ kind: 'server' })).toEqual([])
    const foreign = `port:foreign:${start}`
    for (const marker of [foreign, 'absent']) {
      await expect(list({ marker })).rejects.toMatchObject({ code: 'invalid', field: 'marker' })
    }
  })
})
