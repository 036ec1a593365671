import type { Command, Script } from './commands.ts'
import type { Random } from './random.ts'

/** What the numbers of one script are drawn from. */
interface Scale {
  readonly resources: number
  readonly cells: number
  readonly cellClasses: number
  readonly devices: number
  readonly lifetimes: boolean
  /** What a typical host has of each class. */
  readonly base: readonly number[]
  /** Whether amounts are of a few sizes, so that many hosts come into the same state. */
  readonly coarse: boolean
  readonly shapes: number
}

/** Kinds, hosts, footprints and shapes, then decisions and everything that can lie between them. */
export function generate(random: Random): Script {
  const scale = scaleOf(random)
  const { resources, cells, cellClasses, devices, lifetimes } = scale
  // Now and then more hosts than the fast kernels have classes in one group of blocks.
  const many = random.chance(0.02)
  const hosts = random.pick(many ? [400, 400, 400, 1600] : [3, 5, 8, 12, 20, 30, 60])
  const groups = random.int(1, 4)
  const commands: Command[] = [
    ...random.list(random.int(1, 3), () => kindOf(random, scale)),
    ...random.list(groups, () => hostsOf(random, scale, Math.ceil(hosts / groups))),
    ...random.list(random.int(1, 4), () => footprintOf(random, scale)),
    ...random.list(scale.shapes, (slot) => shapeOf(random, slot)),
    ...random.list(random.int(0, 1), () => typicalOf(random)),
    ...random.list(random.int(30, 90), () => random.pick(table)(random, scale)),
    { do: 'audit' },
  ]
  return { frame: [resources, cells, cellClasses, devices, lifetimes ? 1 : 0], commands }
}

function scaleOf(random: Random): Scale {
  const resources = random.int(1, 6)
  const cells = random.chance(0.35) ? random.int(1, 3) : 0
  const style = random.pick(['small', 'flavors', 'flavors', 'large'] as const)
  const unit = { small: 4, flavors: 32, large: 2 ** random.int(10, 28) }[style]
  return {
    resources,
    cells,
    cellClasses: cells > 0 ? random.int(1, Math.min(4, resources)) : 0,
    devices: random.chance(0.35) ? random.int(1, 8) : 0,
    lifetimes: random.chance(0.3),
    base: random.list(resources, () =>
      style === 'large' ? random.int(unit, 4 * unit) : unit * random.int(1, 4),
    ),
    coarse: style !== 'large' || random.chance(0.5),
    shapes: random.int(1, 4),
  }
}

function kindOf(random: Random, { base, cells, cellClasses, devices, resources }: Scale): Command {
  const times = random.pick([1, 1, 1, 2, 0.5])
  const capacity = base.map((amount) => (random.chance(0.05) ? 0 : Math.floor(amount * times)))
  const some = random.chance(0.8) ? cells : random.int(0, cells)
  return {
    do: 'addKind',
    capacity,
    cells: some,
    cell: random.list(some * cellClasses, (index) =>
      random.chance(0.1)
        ? random.int(0, 8)
        : Math.floor((capacity[index % resources] ?? 0) / Math.max(1, some)),
    ),
    devices: random.chance(0.8) ? devices : random.int(0, devices),
    hash: random.bits(),
  }
}

function hostsOf(random: Random, { base }: Scale, count: number): Command {
  return {
    do: 'addHosts',
    count,
    kind: random.int(0, 3),
    gap: random.chance(0.1) ? random.int(1, 100) : 0,
    use: random.chance(count > 50 ? 0.7 : 0.2) ? base.map((amount) => random.int(0, amount)) : [],
  }
}

function amountOf(random: Random, most: number, coarse: boolean): number {
  if (random.chance(0.15)) return 0
  if (!coarse) return random.int(0, Math.floor(most / 2))
  return Math.floor(most / random.pick([1, 2, 3, 4, 8, 8, 16, 32]))
}

function footprintOf(random: Random, scale: Scale): Command {
  const { base, cells, cellClasses, coarse, devices } = scale
  const empty = random.chance(0.03)
  const amounts = base.map((amount) => (empty ? 0 : amountOf(random, amount, coarse)))
  return {
    do: 'addFootprint',
    amounts,
    cells: random.chance(0.6) ? random.int(0, cells) : 0,
    cellAmounts: random.list(cellClasses, (index) =>
      Math.floor((amounts[index] ?? 0) / random.pick([1, 1, 2])),
    ),
    devices: random.chance(0.6) ? random.int(0, Math.min(devices, 3)) : 0,
    units: random.pick([1000, 1000, 500, 333, 250, 100, random.int(1, 1000)]),
    twins: random.chance(0.3) ? random.int(1, 2) : 0,
  }
}

function shapeOf(random: Random, slot: number): Command {
  const even = random.chance(0.6)
  return {
    do: 'setShape',
    slot,
    footprint: random.int(0, 7),
    policy: random.int(0, 6),
    weights: random.list(6, () => (even ? 1 : random.int(0, 15))),
    filter: random.list(6, () => (random.chance(0.15) ? random.int(1, 255) : 0)),
  }
}

function markOf(random: Random): Command {
  return {
    do: 'mark',
    host: random.int(0, 99),
    members: random.pick([0, 0, 1, 2, 3, random.int(0, 1000)]),
    limit: random.pick([0, 1, 1, 2, 5, anyLimit]),
  }
}

const anyLimit = 2 ** 31 - 1

function limitOf(random: Random): number {
  return random.pick([anyLimit, anyLimit, anyLimit, 1, 1, 2, 3, random.int(0, 9)])
}

function binOf(random: Random, { lifetimes }: Scale): number {
  if (!lifetimes) return 0
  return random.chance(0.9) ? random.int(0, 12) : random.int(0, 65_535)
}

function decisionOf(random: Random, scale: Scale): Command {
  const max = random.pick([1, 2, random.int(1, 8), random.int(1, 40), 500])
  return {
    do: 'decide',
    shape: random.int(0, 7),
    min: random.chance(0.5) ? random.int(0, max) : 1,
    max,
    limit: limitOf(random),
    sharing: random.int(0, 2),
    ranking: random.int(0, 2),
    markedOnly: random.chance(0.12) ? 1 : 0,
    oldestFirst: random.chance(0.3) ? 1 : 0,
    seed: random.pick([0, 0, random.int(0, 9), random.bits()]),
    until: binOf(random, scale),
    now: binOf(random, scale),
    effect: random.pick([0, 1, 2, 2, 2]),
    footprint: random.chance(0.2) ? random.int(1, 3) : 0,
  }
}

function shiftOf(random: Random, { base, coarse }: Scale): Command {
  return {
    do: 'shift',
    host: random.int(0, 99),
    amounts: base.map((amount) => amountOf(random, amount, coarse)),
    times: random.pick([0, 1, 1, 2, 3]),
    back: random.int(0, 1),
  }
}

function releaseOf(random: Random): Command {
  const any = random.chance(0.15) ? 1 : 0
  return { do: 'release', picks: random.list(random.int(1, 12), () => random.bits()), any }
}

function typicalOf(random: Random): Command {
  const picks = random.list(random.int(0, 6), () => random.bits())
  return {
    do: 'setTypical',
    picks,
    weights: random.list(6, () => random.int(1, 100)),
    counts: random.list(6, () => (random.chance(0.1) ? 0 : random.int(1, 1000))),
    filter: random.chance(0.5)
      ? []
      : random.list(17, () => (random.chance(0.3) ? random.int(1, 255) : 0)),
  }
}

type Make = (random: Random, scale: Scale) => Command

const weighted: readonly (readonly [number, Make])[] = [
  [50, decisionOf],
  [
    12,
    (random, scale) => ({
      do: 'placeOne',
      shape: random.int(0, 7),
      until: binOf(random, scale),
      now: binOf(random, scale),
      times: random.int(1, 4),
    }),
  ],
  [18, releaseOf],
  [8, markOf],
  [3, () => ({ do: 'clearMarks' })],
  [4, shiftOf],
  [
    3,
    (random) => ({
      do: 'move',
      pick: random.bits(),
      host: random.int(0, 99),
      any: random.chance(0.1) ? 1 : 0,
    }),
  ],
  [
    3,
    (random) => ({
      do: 'room',
      shape: random.int(0, 7),
      limit: limitOf(random),
      markedOnly: random.int(0, 1),
      cap: random.pick([anyLimit, 1000, random.int(0, 50)]),
    }),
  ],
  [
    2,
    (random) => {
      const count = random.int(1, 4)
      const domainOf = random.list(6, () => random.int(0, count))
      return { do: 'domains', shape: random.int(0, 7), limit: limitOf(random), domainOf, count }
    },
  ],
  [2, (random) => ({ do: 'explain', shape: random.int(0, 7), markedOnly: random.int(0, 1) })],
  [3, (random) => shapeOf(random, random.int(0, 5))],
  [2, footprintOf],
  [1, (random) => ({ do: 'dropFootprint', pick: random.bits() })],
  [2, (random, scale) => hostsOf(random, scale, random.int(1, 4))],
  [2, (random) => ({ do: 'dropHost', host: random.int(0, 99) })],
  [1, kindOf],
  [2, (random) => ({ do: 'changeKind', host: random.int(0, 99), kind: random.int(0, 9) })],
  [1, () => ({ do: 'save' })],
  [1, (random) => ({ do: 'restore', fresh: random.int(0, 1) })],
  [1, (random) => ({ do: 'reserve', hosts: random.int(0, 300), allocations: random.int(0, 3000) })],
  [1, (random) => ({ do: 'rebuild', wider: random.list(4, () => random.int(0, 1)) })],
  [2, typicalOf],
  [1, () => ({ do: 'audit' })],
]

/** Every maker as often as its weight says. */
const table: readonly Make[] = weighted.flatMap(([weight, make]) =>
  Array.from({ length: weight }, () => make),
)
