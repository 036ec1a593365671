import { random, type Random, runningSums } from '../harness/random.ts'
import { hostTypes } from './host-types.ts'
import { hostId, named, type World } from './worlds.ts'

const classes = ['CPU', 'MEMORY', 'DISK', 'NET', 'IOPS', 'GPU', 'BANDWIDTH', 'CACHE'] as const
const shapes = 151
/** Sizes of memory that firmware leaves of the same modules. */
const reserves = 64

/**
 * Hosts that are all different from each other: container-like shapes, 151 as in Alibaba's openb
 * list, whose amounts are no multiples of anything, in eight classes. Units are chosen so that
 * every amount is below 32,768: hundredths of a vCPU, 64 MiB, GB, 4 Mbit/s, 16 IOPS, thousandths
 * of a GPU, MB/s, KiB.
 */
export function incompressibleWorld(hosts: number, seed: number): World {
  const draw = random(seed)
  const types = runningSums(hostTypes.map(({ nodes }) => nodes))
  const capacities = hostTypes.map(({ vcpus, gpus, gib, diskGb, mbps }) =>
    Array.from({ length: reserves }, (_, reserve) =>
      named(classes, [
        100 * vcpus,
        (gib * 1_024) / 64 - 1 - reserve,
        diskGb,
        mbps / 4,
        25_000,
        1_000 * gpus,
        20_000,
        16_000,
      ]),
    ),
  )
  const asks = Array.from({ length: shapes }, () => shapeOf(draw))
  return {
    name: 'incompressible',
    classes,
    hosts: Array.from({ length: hosts }, (_, index) => ({
      id: hostId(index),
      capacity: capacities[draw.weighted(types)]?.[draw.below(reserves)] ?? {},
    })),
    labels: new Int32Array(hosts),
    asks: asks.map((amounts) => ({
      ask: { resources: named(classes, amounts) },
      amounts,
      need: 0,
    })),
    sums: runningSums(asks.map((_, index) => 1 / (index + 12))),
    groups: [],
    fillAtOnce: 4,
  }
}

/** Half of the shapes want part of a GPU, as in that list; all others follow the vCPU roughly. */
function shapeOf(draw: Random): readonly number[] {
  const cpu = Math.round(100 * 2 ** (0.5 + 4.5 * draw.next()))
  const near = (per: number): number => Math.max(1, Math.round(cpu * per * (0.5 + draw.next())))
  const gpu = draw.next() < 0.5 ? draw.between(10, 80) : 0
  return [cpu, near(0.5), near(0.3), near(0.3), near(1), gpu, near(0.7), near(0.6)]
}
