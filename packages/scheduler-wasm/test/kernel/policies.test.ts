import { describe, expect, it } from 'vitest'
import { type Kernel, policyNames } from '../../src/kernel.ts'
import { addKind, any, ask, fleetOf, one, pairs } from './harness/fixture.ts'
import { kernels } from './harness/kernels.ts'

const whole = 2 ** 15
const weighed = policyNames.indexOf('weighed')
const bestFit = policyNames.indexOf('best-fit')

/** The score of the only host. */
function score(kernel: Kernel): number | undefined {
  return kernel.domains(0, any, new Int32Array(9), 1).best[0]
}

describe.each(kernels)('policies: %s', (_, make) => {
  it('best fit adds what stays free and twice the imbalance; an empty host costs more', () => {
    const kernel = fleetOf(make, 1, [8, 8])
    ask(kernel, 0, [2, 4], { policy: bestFit })
    const [cpu, memory] = [(6 * whole) / 8, (4 * whole) / 8]
    expect(score(kernel)).toBe(cpu + memory + 2 * (cpu - memory) + 2 ** 24)
    kernel.shift(0, Int32Array.of(2, 0), 1)
    expect(score(kernel)).toBe(whole)
  })

  it('pack is best fit as long as nothing is typical', () => {
    const kernel = fleetOf(make, 1, [8, 8])
    ask(kernel, 0, [2, 4])
    const packed = score(kernel)
    ask(kernel, 0, [2, 4], { policy: bestFit })
    expect(packed).toBe(score(kernel))
  })

  it('pack prefers where less is wasted for typical asks, not the fuller host', () => {
    const kernel = fleetOf(make, 2, [8, 8])
    kernel.shift(0, Int32Array.of(2, 2), 1)
    kernel.shift(1, Int32Array.of(4, 4), 1)
    ask(kernel, 0, [2, 2])
    ask(kernel, 1, [2, 2], { policy: bestFit })
    // Wasted of memory: ⅝ before and ⅜ after on host 0, ⅜ and ¼ on host 1.
    kernel.setTypical(Int32Array.of(ask(kernel, 2, [4, 1])), Int32Array.of(256))
    expect([0, 1].map((shape) => pairs(kernel, { shape, effect: 0 }))).toEqual([[[0, 1]], [[1, 1]]])
    kernel.setTypical(new Int32Array(0), new Int32Array(0))
    expect(pairs(kernel, { effect: 0 })).toEqual([[1, 1]])
  })

  it('pack opens an empty host only when it is clearly better', () => {
    const kernel = fleetOf(make, 2, [8, 8])
    kernel.shift(0, Int32Array.of(0, 1), 1)
    ask(kernel, 0, [2, 2])
    kernel.setTypical(Int32Array.of(0), Int32Array.of(256))
    expect(pairs(kernel, { effect: 0 })).toEqual([[0, 1]])
  })

  it('weights multiply shares; classes that are not asked for do not count', () => {
    const kernel = fleetOf(make, 1, [8, 8, 8])
    kernel.shift(0, Int32Array.of(0, 0, 4), 1)
    ask(kernel, 0, [4, 4, 0], { weights: Int8Array.of(3, 1, 7), policy: bestFit })
    const [cpu, memory] = [3 * (whole / 2), whole / 2]
    expect(score(kernel)).toBe(cpu + memory + 2 * (cpu - memory))
  })

  it('spread wants the most left', () => {
    const kernel = fleetOf(make, 1, [8, 8])
    ask(kernel, 0, [2, 4], { policy: 1 })
    expect(score(kernel)).toBe(2 ** 24 - (6 * whole) / 8 - (4 * whole) / 8)
  })

  it('balance wants classes in proportion, then the emptier host', () => {
    const kernel = fleetOf(make, 1, [8, 8])
    ask(kernel, 0, [2, 4], { policy: 2 })
    const shares = [(6 * whole) / 8, (4 * whole) / 8]
    const imbalance = Math.max(...shares) - Math.min(...shares)
    expect(score(kernel)).toBe(2 * imbalance + ((2 ** 19 - (10 * whole) / 8) >> 4))
  })

  it('C13: weighed adds what stays free, times its weight, to the good or the bad', () => {
    const kernel = fleetOf(make, 1, [8, 8, 8])
    kernel.shift(0, Int32Array.of(0, 0, 4), 1)
    const scoreOf = (...weights: number[]): number | undefined => {
      ask(kernel, 0, [2, 4, 0], { policy: weighed, weights: Int8Array.from(weights) })
      return score(kernel)
    }
    const [cpu, memory] = [(6 * whole) / 8, (4 * whole) / 8]
    expect(scoreOf(3, -2, 9)).toBe(2 ** 23 - 3 * cpu + 2 * memory)
    expect(scoreOf(0, 0, 9)).toBe(2 ** 23)
    expect(scoreOf(15, 15, 0)).toBe(2 ** 23 - 15 * (cpu + memory))
    expect(scoreOf(-15, -15, 0)).toBe(2 ** 23 + 15 * (cpu + memory))
  })

  it('C13: the extremes of sixteen classes stay apart from no score at all', () => {
    const classes = Array.from({ length: 16 }, () => 0)
    const kernel = fleetOf(
      make,
      1,
      classes.map(() => any),
    )
    for (const weight of [-15, 15]) {
      const weights = Int8Array.from(classes, () => weight)
      ask(
        kernel,
        0,
        classes.map(() => 1),
        { policy: weighed, weights },
      )
      const share = Math.floor((any - 1) / 2 ** 16)
      expect(score(kernel)).toBe(2 ** 23 - weight * 16 * share)
    }
  })

  it('rounds shares down as 32-bit integers do', () => {
    const kernel = fleetOf(make, 1, [7, 3])
    ask(kernel, 0, [2, 1], { policy: 1 })
    const share = (free: number, of: number): number => (free * Math.floor(2 ** 31 / of)) >>> 16
    expect(score(kernel)).toBe(2 ** 24 - share(5, 7) - share(2, 3))
    const huge = fleetOf(make, 1, [any, 1])
    ask(huge, 0, [1, 0], { policy: 1 })
    expect(score(huge)).toBe(2 ** 24 - share(any - 1, any))
  })

  it('prefers by policy, whatever came first', () => {
    const kernel = fleetOf(make, 2, [8, 8])
    kernel.shift(0, Int32Array.of(4, 4), 1)
    addKind(kernel, [16, 16], 2)
    kernel.addHost(2, 1)
    const best = (policy: number): number => {
      ask(kernel, policy, [2, 2], { policy })
      const [slot = -1] = kernel.decide({ ...one, shape: policy, effect: 0 }).entries
      return slot
    }
    expect([0, 1, 2].map(best)).toEqual([0, 2, 2])
  })
})
