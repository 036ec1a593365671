import { random, runningSums } from '../harness/random.ts'
import { flavours, hostTypes } from './host-types.ts'
import { hostId, named, type World } from './worlds.ts'

const classes = ['VCPU', 'MEMORY_MB', 'DISK_GB'] as const
const mibPerGib = 1_024

/** Compressible: ten types of host, sixteen flavours, nothing asked but resources. */
export function simpleWorld(hosts: number, seed: number): World {
  const draw = random(seed)
  const capacities = hostTypes.map(({ vcpus, gib, diskGb }) =>
    named(classes, [vcpus, gib * mibPerGib, diskGb]),
  )
  const types = runningSums(hostTypes.map(({ nodes }) => nodes))
  return {
    name: 'simple',
    classes,
    hosts: Array.from({ length: hosts }, (_, index) => ({
      id: hostId(index),
      capacity: capacities[draw.weighted(types)] ?? {},
    })),
    labels: new Int32Array(hosts),
    asks: flavours.map(([vcpus, gib]) => {
      const amounts = [vcpus, gib * mibPerGib, 10 * vcpus]
      return { ask: { resources: named(classes, amounts) }, amounts, need: 0 }
    }),
    sums: runningSums(flavours.map(([, , weight]) => weight)),
    groups: [],
    fillAtOnce: 512,
  }
}
