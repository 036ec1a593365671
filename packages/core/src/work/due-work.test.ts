import { describe, expect, it } from 'vitest'
import type { Draft } from '../model/kind.ts'
import { type Work, workKind } from '../model/work/work.ts'
import type { Store } from '../ports/store.ts'
import { memoryStore } from '../reference/memory-store.ts'
import { DueWorkFinder } from './due-work.ts'

const now = 1_000_000

const row = (id: string, flow: string, due: number): Draft<Work> => ({
  id,
  program: 'p',
  step: 's',
  completed: [],
  undoing: false,
  input: null,
  owner: null,
  due,
  attempt: 0,
  deadline: now * 2,
  requestId: 'r',
  flow,
  createdAt: 1,
})

const rows = (count: number, flow: string, from: number): Draft<Work>[] =>
  Array.from({ length: count }, (_, at) => row(`${flow}-${at}`, flow, from + at))

async function holding(...work: readonly Draft<Work>[]): Promise<Store> {
  const store = memoryStore()
  await store.open([workKind])
  await store.transact([
    { kinds: [{ kind: workKind, writes: { insert: work } }], origin: 'test', at: 0 },
  ])
  return store
}

function finderOf(store: Store, weights: Record<string, number> = {}): DueWorkFinder {
  return new DueWorkFinder({ store, clock: { now: () => now } as never }, weights)
}

const nothing = new Map<string, Work>()

describe('due work', () => {
  it('is the oldest, while there is room for all of it', async () => {
    const store = await holding(row('b', 'x', 20), row('a', 'y', 10), row('c', 'x', now + 5))
    const found = await finderOf(store).look(2, nothing)
    expect(found.due.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(found.next).toBe(now + 5)
  })

  it('of one project is not kept waiting by ever so much of another', async () => {
    const store = await holding(...rows(5_000, 'big', 1), row('small', 'small', 900_000))
    const { due } = await finderOf(store).look(16, nothing)
    expect(due).toHaveLength(16)
    expect(due.map(({ id }) => id)).toContain('small')
    expect(due[0]?.id).toBe('big-0')
  })

  it('is found for every one of many projects, some at each look', async () => {
    const flows = Array.from({ length: 40 }, (_, at) => `p${String(at).padStart(2, '0')}`)
    const store = await holding(
      ...rows(500, 'a', 1),
      ...flows.flatMap((flow) => rows(30, flow, 1_000)),
    )
    const finder = finderOf(store)
    const seen = new Set<string>()
    for (let look = 0; look < 8; look++) {
      for (const { flow } of (await finder.look(16, nothing)).due) seen.add(flow)
    }
    expect(seen.size).toBe(41)
  })

  it('is shared by weight, and by what is held already', async () => {
    const store = await holding(...rows(100, 'light', 1), ...rows(100, 'heavy', 1))
    const { due } = await finderOf(store, { heavy: 3 }).look(16, nothing)
    expect(due.filter(({ flow }) => flow === 'heavy')).toHaveLength(12)
    const held = new Map(
      rows(8, 'light', 1).map((one, at) => [`held-${at}`, { ...one, id: `held-${at}`, rev: 1 }]),
    )
    const rest = await finderOf(store).look(8, held)
    expect(rest.due.every(({ flow }) => flow === 'heavy')).toBe(true)
  })

  it('of a flow that is not due is left', async () => {
    const store = await holding(...rows(50, 'a', 1), ...rows(5, 'b', now + 1))
    const { due } = await finderOf(store).look(16, nothing)
    expect(due.every(({ flow }) => flow === 'a')).toBe(true)
  })
})
