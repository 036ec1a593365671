import type { Ask } from '@nephos/scheduler-wasm'
import { random, runningSums } from '../harness/random.ts'
import { flavours, type HostType, hostTypes } from './host-types.ts'
import { hostId, named, type World, type WorldAsk } from './worlds.ts'

const classes = [
  'VCPU',
  'MEMORY_MB',
  'DISK_GB',
  'NET_MBPS',
  'IOPS',
  'GPU',
  'HUGE_PAGES_MB',
  'PUBLIC_IPS',
] as const
const mibPerGib = 1_024
const zones = ['zone-a', 'zone-b', 'zone-c'] as const
const groupCount = 1_000

/** What hosts are labelled with; each set lies in one aggregate. */
const labelSets: readonly {
  readonly traits: readonly string[]
  readonly aggregates: readonly string[]
}[] = [
  { traits: ['AVX512', 'NVME'], aggregates: ['general'] },
  { traits: ['AVX512', 'NVME', 'SEV'], aggregates: ['general', 'confidential'] },
  { traits: ['NVME'], aggregates: ['general', 'old'] },
  { traits: ['AVX512', 'LICENSED'], aggregates: ['licensed'] },
]

/** A label, as the bit that baselines test. Forbidden is what a host must have the lack of. */
const bits: Readonly<Record<string, number>> = {
  'zone-a': 1,
  'zone-b': 2,
  'zone-c': 4,
  AVX512: 8,
  NVME: 16,
  SEV: 32,
  'not LICENSED': 64,
  general: 128,
  'not old': 256,
}

/** What is asked besides resources, how often, and what baselines test of it. */
const rules: readonly { readonly rule: Omit<Ask, 'resources'>; readonly weight: number }[] = [
  { rule: {}, weight: 4 },
  { rule: { zones: ['zone-a'] }, weight: 1 },
  { rule: { zones: ['zone-b'], requiredTraits: ['AVX512'] }, weight: 1 },
  { rule: { zones: ['zone-c'], memberOf: [['general']] }, weight: 1 },
  { rule: { requiredTraits: ['NVME'], notMemberOf: ['old'] }, weight: 1.5 },
  { rule: { forbiddenTraits: ['LICENSED'], requiredTraits: ['AVX512'] }, weight: 1.5 },
]

/**
 * Compressible with every constraint: eight resource classes with vCPU overcommitted, traits, three
 * zones, aggregates, and groups of servers that keep apart.
 */
export function mixedWorld(hosts: number, seed: number): World {
  const draw = random(seed)
  const capacities = hostTypes.map((type) => named(classes, capacityOf(type)))
  const types = runningSums(hostTypes.map(({ nodes }) => nodes))
  const sets = runningSums([6, 1, 2, 1])
  const labels = new Int32Array(hosts)
  return {
    name: 'mixed',
    classes,
    hosts: Array.from({ length: hosts }, (_, index) => {
      const zone = zones[index % zones.length] as string
      const { traits, aggregates } = labelSets[draw.weighted(sets)] as (typeof labelSets)[number]
      labels[index] = bitsOf([zone, ...traits, ...aggregates])
      const capacity = capacities[draw.weighted(types)] ?? {}
      return { id: hostId(index), capacity, zone, traits, aggregates }
    }),
    labels,
    fillAtOnce: 512,
    asks: rules.flatMap(({ rule }) => flavours.map((_, flavour) => askOf(flavour, rule))),
    sums: runningSums(
      rules.flatMap(({ weight: often }) => flavours.map(([, , weight]) => weight * often)),
    ),
    groups: Array.from({ length: groupCount }, (_, index) => {
      const policy = index % 3 === 0 ? 'soft-anti-affinity' : 'anti-affinity'
      return askOf(index % 7, { group: { policy, id: `group-${index}` } })
    }),
  }
}

function capacityOf({ vcpus, gib, diskGb, mbps, gpus }: HostType): readonly number[] {
  const overcommit = gpus > 1 ? 1 : 1.5
  const huge = gib * (mibPerGib / 4)
  return [vcpus * overcommit, gib * mibPerGib, diskGb, mbps, 400_000, gpus, huge, 254]
}

function askOf(flavour: number, rule: Omit<Ask, 'resources'>): WorldAsk {
  const [vcpus, gib] = flavours[flavour] as (typeof flavours)[number]
  const memory = gib * mibPerGib
  const huge = flavour % 5 === 4 ? memory / 4 : 0
  const addresses = flavour % 3 === 0 ? 1 : 0
  const amounts = [vcpus, memory, 10 * vcpus, 50 * vcpus, 500 * vcpus, 0, huge, addresses]
  const { zones: among = [], requiredTraits = [], memberOf = [] } = rule
  const lacks = [
    ...(rule.forbiddenTraits ?? []).map((name) => `not ${name}`),
    ...(rule.notMemberOf ?? []).map((name) => `not ${name}`),
  ]
  const need = [...among, ...requiredTraits, ...memberOf.flat(), ...lacks]
  return {
    ask: { resources: named(classes, amounts), ...rule },
    amounts,
    need: need.reduce((all, name) => all | (bits[name] ?? 0), 0),
  }
}

function bitsOf(names: readonly string[]): number {
  return Object.entries(bits).reduce((all, [name, bit]) => {
    const has = name.startsWith('not ') ? !names.includes(name.slice(4)) : names.includes(name)
    return has ? all | bit : all
  }, 0)
}
