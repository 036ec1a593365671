import type { Footprint, Frame, Kernel, Shape } from '../../../src/kernel.ts'
import { any, type Asked, one } from './fixture.ts'
import { capacityRow, type KindModel } from './model.ts'
import type { MakeKernel } from './duel.ts'
import type { Random } from './random.ts'

/** A host as it is before any decision: what is in use on it came from elsewhere. */
export interface HostSetup {
  readonly slot: number
  readonly kind: number
  readonly use: Int32Array
}

/** A fleet of few kinds and the footprints asked for there, for tests that compare whole fleets. */
export interface FleetSetup {
  readonly frame: Frame
  readonly kinds: readonly KindModel[]
  readonly hosts: readonly HostSetup[]
  readonly shapes: readonly (Footprint & Required<Omit<Asked, keyof Footprint>>)[]
}

export function randomFleet(random: Random): FleetSetup {
  const resources = random.int(1, 4)
  const cells = random.int(0, 2)
  const frame: Frame = {
    resources,
    cells,
    cellClasses: cells > 0 ? 1 : 0,
    devices: random.pick([0, 0, 2, 4]),
    lifetimes: random.chance(0.3),
  }
  const kinds = random.list(random.int(1, 3), (): KindModel => {
    const capacity = random.list(resources, () => 8 * random.int(1, 3))
    const cell = random.list(cells, () => (capacity[0] ?? 0) / 2)
    return { capacity, cells, cell, devices: frame.devices, hash: random.bits() | 0 }
  })
  const hosts = random.list(random.int(2, 30), (slot): HostSetup => {
    const kind = random.int(0, kinds.length - 1)
    const used = random.chance(0.6) ? 0 : random.int(1, 6)
    return { slot, kind, use: new Int32Array(resources).fill(used) }
  })
  const shapes = random.list(3, (policy) => ({
    amounts: Int32Array.from(random.list(resources, () => random.int(0, 4))),
    cells: random.int(0, cells),
    cellAmounts: new Int32Array(frame.cellClasses).fill(random.int(1, 3)),
    devices: frame.devices > 0 ? random.int(0, 2) : 0,
    units: random.pick([1000, 500, 300]),
    policy,
    weights: new Int8Array(resources).fill(random.int(1, 3)),
    filter: Uint8Array.from(random.list(3, () => (random.chance(0.15) ? 4 : 0))),
  }))
  return { frame, kinds, hosts, shapes }
}

/** A kernel with the fleet's hosts, in the order given. */
export function build(
  make: MakeKernel,
  { frame, kinds, shapes, hosts }: FleetSetup,
  order: readonly HostSetup[] = hosts,
): Kernel {
  const kernel = make(frame)
  for (const kind of kinds) kernel.addKind(capacityRow(frame, kernel.width, kind), kind.hash)
  for (const { slot, kind, use } of order) {
    kernel.addHost(slot, kind)
    kernel.shift(slot, use, 1)
  }
  for (const [slot, { policy, weights, filter, ...footprint }] of shapes.entries()) {
    const shape: Shape = { footprint: kernel.addFootprint(footprint), policy, weights, filter }
    kernel.setShape(slot, shape)
  }
  return kernel
}

/** Every host's kind and state as text, by slot. */
export function statesOf(kernel: Kernel, hosts: readonly HostSetup[]): string[] {
  return hosts.map(({ slot }) => `${kernel.kindOf(slot)}: ${kernel.state(slot).join(' ')}`)
}

/** A decision that may do anything. */
export function randomDecision(random: Random): typeof one {
  const max = random.pick([1, 2, 5, random.int(1, 40)])
  return {
    ...one,
    shape: random.int(0, 2),
    min: random.int(0, max),
    max,
    limit: random.pick([any, any, 1, 3]),
    sharing: random.pick([0, 1, 2] as const),
    ranking: random.pick([0, 1, 2] as const),
    oldestFirst: random.chance(0.5),
    seed: random.int(0, 9),
  }
}
