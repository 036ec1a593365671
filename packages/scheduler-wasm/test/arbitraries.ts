import fc from 'fast-check'
import type { Claim, GroupRule, HostView, PlacementAsk, Resources } from '../src/index.ts'

/* Small worlds in which collisions are likely: few hosts, few labels, amounts of every size. */

const hostIds = Array.from({ length: 90 }, (_, index) => `host-${index}`)
const zones = ['north', 'east', 'south']
const traits = ['SSD', 'AVX', 'GPU']
const aggregates = ['rack-1', 'rack-2', 'gold']
const classes = ['VCPU', 'MEMORY_MB', 'DISK_GB', 'CUSTOM_GPU']

export const hostId = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...hostIds) },
  { weight: 1, arbitrary: fc.constantFrom('unknown', '__proto__', '') },
)

const amount = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 100_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 2 ** 30, 2 ** 31 - 1) },
)

/** Amounts of one to three classes; few distinct values, so that hosts are often alike. */
export const resources: fc.Arbitrary<Resources> = fc
  .tuple(
    fc.subarray(classes, { minLength: 1, maxLength: 3 }),
    fc.array(amount, { minLength: 3, maxLength: 3 }),
  )
  .map(([names, amounts]) =>
    Object.fromEntries(names.map((name, i) => [name, amounts[i] as number])),
  )

const capacity: fc.Arbitrary<Resources> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      { VCPU: 8, MEMORY_MB: 64 },
      { VCPU: 16, MEMORY_MB: 64, DISK_GB: 10 },
    ),
  },
  { weight: 1, arbitrary: resources },
)

const host: fc.Arbitrary<HostView> = fc.record({
  id: fc.constantFrom(...hostIds),
  zone: fc.constantFrom(...zones),
  capacity,
  traits: fc.subarray(traits),
  aggregates: fc.subarray(aggregates),
  enabled: fc.constant(true),
})

const disabledHost = host.map((view) => ({ ...view, enabled: false }))

/** Hosts of one kind, enough to fill blocks. */
const alikeHosts = fc
  .tuple(fc.constantFrom(...zones), capacity, fc.integer({ min: 1, max: 90 }))
  .map(([zone, amounts, count]) =>
    hostIds.slice(0, count).map((id): HostView => ({
      id,
      zone,
      capacity: amounts,
      traits: [],
      aggregates: [],
      enabled: true,
    })),
  )

const hosts = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(
      fc.oneof({ weight: 6, arbitrary: host }, { weight: 1, arbitrary: disabledHost }),
      { maxLength: 40 },
    ),
  },
  { weight: 1, arbitrary: alikeHosts },
)

const members = fc.array(
  fc.record({ hostId, count: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(1_000_000)) }),
  { maxLength: 12 },
)

const group: fc.Arbitrary<GroupRule> = fc.record(
  {
    policy: fc.constantFrom(
      'affinity' as const,
      'anti-affinity' as const,
      'soft-affinity' as const,
      'soft-anti-affinity' as const,
    ),
    maxPerHost: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(1_000_000)),
    members,
  },
  { requiredKeys: ['policy', 'members'] },
)

const counts = fc
  .tuple(fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 400 })), fc.nat())
  .map(([max, low]) => ({ max, min: 1 + (low % max) }))

export const ask: fc.Arbitrary<PlacementAsk> = fc
  .tuple(
    counts,
    fc.record(
      {
        resources,
        requiredTraits: fc.subarray(traits),
        forbiddenTraits: fc.subarray(traits, { maxLength: 1 }),
        zones: fc.subarray(zones, { minLength: 1 }),
        memberOf: fc.array(fc.subarray(aggregates, { minLength: 1 }), { maxLength: 2 }),
        notMemberOf: fc.subarray(aggregates, { maxLength: 1 }),
        hostIds: fc.array(hostId, { maxLength: 40 }),
        excludedHostIds: fc.array(hostId, { maxLength: 10 }),
        group,
        policy: fc.constantFrom('pack' as const, 'spread' as const),
        seed: fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true })),
      },
      { requiredKeys: ['resources', 'policy', 'seed'] },
    ),
  )
  .map(([count, rest]) => ({ ...rest, ...count }))

/** Asks that most hosts can take, so that sharing out is exercised, not only refusing. */
export const mildAsk: fc.Arbitrary<PlacementAsk> = fc
  .tuple(
    counts,
    fc.record({ policy: fc.constantFrom('pack' as const, 'spread' as const), seed: fc.nat(5) }),
    fc.option(group),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([count, rest, rule, vcpu]) => ({
    ...rest,
    max: count.max,
    min: 1,
    resources: { VCPU: vcpu, MEMORY_MB: 4 * vcpu },
    ...(rule ? { group: rule } : {}),
  }))

const claim: fc.Arbitrary<Claim> = fc.record({
  hostId,
  resources,
  count: fc.integer({ min: 0, max: 3 }),
})

export type Step =
  | { readonly do: 'put'; readonly hosts: readonly HostView[] }
  | { readonly do: 'remove'; readonly ids: readonly string[] }
  | { readonly do: 'use'; readonly usages: readonly { hostId: string; used: Resources }[] }
  | { readonly do: 'adjust'; readonly claims: readonly Claim[]; readonly sign: 1 | -1 }
  | { readonly do: 'place' | 'preview'; readonly ask: PlacementAsk }
  /** Gives back what the place before took. */
  | { readonly do: 'undo' }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: hosts.map((drawn): Step => ({ do: 'put', hosts: drawn })) },
  {
    weight: 1,
    arbitrary: fc.array(hostId, { maxLength: 20 }).map((ids): Step => ({ do: 'remove', ids })),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.record({ hostId, used: resources }), { maxLength: 20 })
      .map((usages): Step => ({ do: 'use', usages })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.array(claim, { maxLength: 5 }), fc.constantFrom(1 as const, -1 as const))
      .map(([claims, sign]): Step => ({ do: 'adjust', claims, sign })),
  },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom('place' as const, 'preview' as const), fc.oneof(ask, mildAsk))
      .map(([verb, drawn]): Step => ({ do: verb, ask: drawn })),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'undo' }) },
)

export const steps = fc
  .tuple(hosts, fc.array(step, { maxLength: 30 }))
  .map(([first, rest]): Step[] => [{ do: 'put', hosts: first }, ...rest])

/** Hosts of a few kinds, each kind often enough for whole blocks, and asks for many. */
export const largeFleet = fc
  .array(
    fc.record({
      zone: fc.constantFrom(...zones),
      capacity: fc.constantFrom({ VCPU: 8, MEMORY_MB: 64 }, { VCPU: 16, MEMORY_MB: 64 }),
      trait: fc.subarray(traits, { maxLength: 1 }),
      used: fc.integer({ min: 0, max: 9 }),
      enabled: fc.integer({ min: 0, max: 5 }).map((drawn) => drawn > 0),
      count: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.constantFrom(64, 70, 128, 200)),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((kinds) =>
    kinds.flatMap(({ zone, capacity: amounts, trait, used, enabled, count }, kind) =>
      Array.from({ length: count }, (_, index) => {
        const id = `${kind}-${index}`
        const view: HostView = {
          id,
          zone,
          capacity: amounts,
          traits: trait,
          aggregates: [],
          enabled,
        }
        return { view, usage: { hostId: id, used: { VCPU: used, MEMORY_MB: 2 * used } } }
      }),
    ),
  )

export const largeAsks = fc.array(
  fc
    .tuple(mildAsk, fc.integer({ min: 1, max: 2_000 }), fc.option(fc.subarray(zones)), fc.boolean())
    .map(([mild, max, only, exact]): PlacementAsk => {
      const held = [
        { hostId: '0-0', count: 1 },
        { hostId: '0-3', count: 2 },
        { hostId: '1-1', count: 1 },
      ]
      return {
        ...mild,
        max,
        min: exact ? max : 1,
        ...(mild.group ? { group: { ...mild.group, members: held } } : {}),
        ...(only ? { zones: only } : {}),
      }
    }),
  { minLength: 1, maxLength: 6 },
)
