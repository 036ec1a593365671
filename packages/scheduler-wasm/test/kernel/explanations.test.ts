import { describe, expect, it } from 'vitest'
import { addKind, any, ask, fleetOf } from './harness/fixture.ts'
import { kernels } from './harness/kernels.ts'

describe.each(kernels)('explanations: %s', (_, make) => {
  it('counts hosts by the first constraint that they fail and by each alone', () => {
    const kernel = fleetOf(make, 3, [4, 4])
    const small = addKind(kernel, [1, 4], 2)
    const labeled = addKind(kernel, [4, 1], 3)
    kernel.addHost(3, small)
    kernel.addHost(4, labeled)
    kernel.addHost(5, labeled)
    ask(kernel, 0, [2, 2], { filter: Uint8Array.of(0, 0, 0b10_0100) })
    kernel.mark(0, 0, 0)
    kernel.mark(4, 0, 0)
    const tally = kernel.explain(0, false)
    expect([tally.hosts, tally.feasible]).toEqual([6, 2])
    expect([...tally.inOrder]).toEqual([0, 0, 2, 0, 0, 0, 0, 0, 1, 1])
    expect([...tally.alone]).toEqual([0, 0, 2, 0, 0, 2, 0, 0, 2, 3])
    expect([...tally.short]).toEqual([1, 0, 0, 0])
    const marked = kernel.explain(0, true)
    expect(marked.feasible).toBe(0)
    expect([...marked.inOrder]).toEqual([0, 0, 2, 0, 0, 0, 0, 0, 4, 0])
    expect([...marked.alone]).toEqual([0, 0, 2, 0, 0, 2, 0, 0, 6, 3])
    expect([...marked.short]).toEqual([0, 0, 0, 0])
  })

  it('counts every class that a host is short of', () => {
    const kernel = fleetOf(make, 2, [4, 4])
    kernel.shift(0, Int32Array.of(3, 3), 1)
    kernel.shift(1, Int32Array.of(0, 3), 1)
    ask(kernel, 0, [2, 2])
    expect([...kernel.explain(0, false).short]).toEqual([1, 2, 0, 0])
  })

  it('counts room within limits and marks, at most the cap', () => {
    const kernel = fleetOf(make, 3, [8, 8])
    ask(kernel, 0, [2, 2])
    kernel.mark(1, 5, 3)
    kernel.mark(2, 0, 0)
    expect(kernel.room(0, any, false, any)).toBe(7)
    expect(kernel.room(0, 1, false, any)).toBe(4)
    expect(kernel.room(0, any, true, any)).toBe(3)
    expect(kernel.room(0, any, false, 5)).toBe(5)
    expect(kernel.room(0, 0, true, any)).toBe(3)
  })

  it('counts room by domain of the kind', () => {
    const kernel = fleetOf(make, 2, [8, 8])
    for (const slot of [2, 3]) kernel.addHost(slot, slot === 2 ? addKind(kernel, [4, 4], 2) : 1)
    kernel.addHost(4, addKind(kernel, [8, 8], 3))
    kernel.shift(3, Int32Array.of(3, 3), 1)
    ask(kernel, 0, [2, 2], { policy: 1 })
    const { room, hosts, best } = kernel.domains(0, 3, Int32Array.of(2, 0, -1), 3)
    expect([[...room], [...hosts]]).toEqual([
      [2, 0, 6],
      [1, 0, 2],
    ])
    expect([...best]).toEqual([2 ** 24 - 2 ** 15, 2 ** 26 - 1, 2 ** 24 - 1.5 * 2 ** 15])
  })

  it('saturates', () => {
    const kernel = fleetOf(make, 3, [any, any])
    ask(kernel, 0, [1, 1])
    expect(kernel.room(0, any, false, any)).toBe(any)
    expect([...kernel.domains(0, any, Int32Array.of(0), 1).room]).toEqual([any])
  })
})
