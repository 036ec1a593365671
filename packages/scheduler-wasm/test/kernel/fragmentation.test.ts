import { describe, expect, it } from 'vitest'
import type { Footprint, Kernel } from '../../src/kernel.ts'
import { addKind, ask, fleetOf, pairs, stateOf } from './harness/fixture.ts'
import { kernels } from './harness/kernels.ts'

const policy = 3

/** Sets shapes in slots from 0 on; each is asked for as often as its count says. */
function workload(
  kernel: Kernel,
  asks: readonly (readonly [cpu: number, count: number, devices: Partial<Footprint>])[],
  filters: readonly number[] = [],
): void {
  const footprints = asks.map(([cpu, , devices], slot) => {
    return ask(kernel, slot, [cpu], { policy, ...devices })
  })
  const counts = asks.map(([, count]) => count)
  const kinds = asks.flatMap((_, index) => [0, filters[index] ?? 0])
  kernel.setTypical(
    Int32Array.from(footprints),
    new Int32Array(asks.length),
    Int32Array.from(counts),
    Uint8Array.from(kinds),
  )
}

const whole = { devices: 1, units: 1000 }
const half = { devices: 1, units: 500 }

/** Host 0 with four devices, host 1 without, of equal capacity otherwise. */
function mixed(make: (typeof kernels)[number][1]): Kernel {
  const kernel = fleetOf(make, 1, [16], { devices: 4 })
  kernel.addKind(
    Int32Array.from({ length: kernel.width }, (_, at) => (at === 0 ? 16 : 0)),
    2,
  )
  kernel.addHost(1, 1)
  return kernel
}

describe.each(kernels)('fragmentation: %s', (_, make) => {
  it('leaves hosts with devices to those who ask for devices', () => {
    const kernel = mixed(make)
    workload(kernel, [
      [4, 10, whole],
      [1, 10, {}],
    ])
    expect(pairs(kernel, { shape: 1, max: 16 })).toEqual([[1, 16]])
    expect(pairs(kernel, { shape: 1 })).toEqual([[0, 1]])
  })

  it('shares a device that is begun rather than another', () => {
    const kernel = fleetOf(make, 2, [16], { devices: 2 })
    workload(kernel, [
      [4, 10, whole],
      [2, 10, half],
    ])
    const [[host = -1] = []] = pairs(kernel, { shape: 1 })
    expect(pairs(kernel, { shape: 1 })).toEqual([[host, 1]])
    expect(stateOf(kernel, host)).toEqual([12, 1000, 0])
    expect(stateOf(kernel, 1 - host)).toEqual([16, 1000, 1000])
  })

  it('keeps what some can do without for those who cannot', () => {
    const kernel = fleetOf(make, 1, [16], { devices: 2 })
    addKind(kernel, [16], 2)
    kernel.addHost(1, 1)
    // Only the second may go nowhere but to host 0.
    workload(
      kernel,
      [
        [4, 10, whole],
        [4, 10, whole],
      ],
      [0, 1],
    )
    expect(pairs(kernel, { shape: 0, max: 2 })).toEqual([[1, 2]])
  })

  it('packs where nothing typical asks for devices', () => {
    const kernel = mixed(make)
    kernel.shift(0, Int32Array.of(8), 1)
    workload(kernel, [[2, 10, {}]])
    expect(pairs(kernel, { shape: 0 })).toEqual([[0, 1]])
  })

  it('decides the same after a copy was restored', () => {
    const kernel = mixed(make)
    workload(kernel, [
      [4, 10, whole],
      [2, 30, half],
    ])
    const other = make(kernel.frame)
    other.restore(kernel.save())
    const decisions = Array.from({ length: 8 }, (__, at) => ({ shape: at % 2 }))
    const found = decisions.map((each) => pairs(kernel, each))
    expect(decisions.map((each) => pairs(other, each))).toEqual(found)
  })
})
