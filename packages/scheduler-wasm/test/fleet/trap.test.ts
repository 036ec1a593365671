import { afterEach, describe, expect, it, vi } from 'vitest'
import { EngineError, Fleet } from '../../src/index.ts'
import { accepted, errorOf, hosts, small } from './fixture.ts'

/** The part of WebAssembly that instances are made by. */
interface Maker {
  Instance: new (module: object) => { readonly exports: object }
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
}

const maker = (globalThis as unknown as { readonly WebAssembly: Maker }).WebAssembly

/** A fleet, and the memory that its module works in. */
function watched(tier: 'simd' | 'plain'): { fleet: Fleet; memory: () => Uint8Array } {
  const Real = maker.Instance
  const made: Exports[] = []
  class Instance {
    readonly exports: object
    constructor(module: object) {
      this.exports = new Real(module).exports
      made.push(this.exports as Exports)
    }
  }
  vi.spyOn(maker, 'Instance').mockImplementation(Instance)
  const fleet = new Fleet({ tier })
  fleet.putHosts(hosts(60))
  vi.restoreAllMocks()
  return { fleet, memory: () => new Uint8Array((made.at(-1) as Exports).memory.buffer) }
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe.each(['simd', 'plain'] as const)('a module that traps, on tier %s', (tier) => {
  it('is said at once and ever after, and a snapshot brings all back', () => {
    const { fleet, memory } = watched(tier)
    const { allocations } = accepted(fleet.place({ resources: small, count: 40 }))
    const [first = -1] = allocations
    const prepared = fleet.prepare({ resources: small })
    const bytes = fleet.snapshot()
    const before = fleet.hash()
    // Past what says how much memory there is: counts and addresses are nonsense now.
    memory().fill(0x7f, 128)
    const error = errorOf(() => fleet.place({ resources: { VCPU: 1 }, count: 3 }))
    expect(error).toBeInstanceOf(EngineError)
    expect(error).toMatchObject({ code: 'trapped', cause: { name: 'RuntimeError' } })
    const calls: (() => unknown)[] = [
      () => fleet.place({ resources: small }),
      () => fleet.placeAll([{ resources: small }]),
      () => fleet.prepare({ resources: small }),
      () => prepared.place(),
      () => prepared.placeMany(1, new Float64Array(1)),
      () => fleet.releaseOne(first),
      () => fleet.release([first]),
      () => fleet.putHosts(hosts(1)),
      () => fleet.snapshot(),
      () => fleet.hash(),
    ]
    for (const call of calls) expect(errorOf(call).code).toBe('trapped')
    const back = Fleet.restore(bytes, { tier })
    expect(back.hash()).toBe(before)
    back.release(allocations)
    expect(back.totals().usedHosts).toBe(0)
    expect(accepted(back.place({ resources: small, count: 240 })).placed).toBe(240)
  })
})
