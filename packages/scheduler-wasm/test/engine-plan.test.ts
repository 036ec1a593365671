import { describe, expect, it } from 'vitest'
import {
  createEngine,
  type GroupRule,
  type HostToEmpty,
  type HostView,
  type MovableClaim,
  placementPolicies,
  type PlanAnswer,
  type PlanAsk,
  type Tier,
  tiers,
} from '../src/index.ts'

/** xorshift32. */
function randomOf(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

interface Scene {
  readonly hosts: readonly HostView[]
  readonly loads: readonly HostToEmpty[]
  readonly groups: Readonly<Record<string, GroupRule>>
}

const policies = ['affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity'] as const

/** A fleet of two sizes in three zones, filled within its capacity and the rules of groups. */
function sceneOf(seed: number): Scene {
  const random = randomOf(seed)
  const hosts = Array.from({ length: 4 + random(20) }, (_, index): HostView => {
    const scale = 1 + random(2)
    return {
      id: `h${index}`,
      zone: `z${index % 3}`,
      capacity: { VCPU: 16 * scale, MEMORY_MB: 65_536 * scale },
      traits: random(3) === 0 ? ['SSD'] : [],
      aggregates: [`a${index % 2}`],
      enabled: random(8) > 0,
    }
  })
  const rules = Array.from({ length: 4 }, (_, index): [string, GroupRule] => {
    const policy = policies[random(4)] as GroupRule['policy']
    const limit = policy === 'anti-affinity' ? { maxPerHost: 1 + random(2) } : {}
    return [`g${index}`, { policy, ...limit, members: [] }]
  })
  const members = new Map(rules.map(([name]) => [name, new Map<string, number>()]))
  const loads = hosts.map((host) => {
    const claims: MovableClaim[] = []
    const used = { VCPU: 0, MEMORY_MB: 0 }
    for (let count = random(7); count > 0; count--) {
      const resources = { VCPU: 1 + random(4), MEMORY_MB: 1_024 * (1 + random(16)) }
      if (used.VCPU + resources.VCPU > (host.capacity['VCPU'] as number)) continue
      if (used.MEMORY_MB + resources.MEMORY_MB > (host.capacity['MEMORY_MB'] as number)) continue
      const [group, rule] = rules[random(4)] as [string, GroupRule]
      const counts = members.get(group) as Map<string, number>
      const here = counts.get(host.id) ?? 0
      const torn = rule.policy === 'affinity' && counts.size > 0 && here === 0
      const grouped = random(3) === 0 && !torn && here < (rule.maxPerHost ?? 99)
      if (grouped) counts.set(host.id, here + 1)
      used.VCPU += resources.VCPU
      used.MEMORY_MB += resources.MEMORY_MB
      const ask = {
        resources,
        ...(random(4) === 0 ? { zones: [host.zone, 'z1'] } : {}),
        ...(random(4) === 0 ? { memberOf: [host.aggregates] } : {}),
        ...(host.traits.length > 0 && random(2) === 0 ? { requiredTraits: ['SSD'] } : {}),
        policy: placementPolicies[random(5)] as MovableClaim['ask']['policy'],
        seed: random(4),
      }
      const key = `${host.id}/${claims.length}`
      claims.push({ key, ask, ...(grouped ? { group } : {}) })
    }
    return { hostId: host.id, claims }
  })
  const groups = Object.fromEntries(
    rules.map(([name, rule]) => {
      const counts = [...(members.get(name) as Map<string, number>)]
      return [name, { ...rule, members: counts.map(([hostId, count]) => ({ hostId, count })) }]
    }),
  )
  return { hosts, loads, groups }
}

function planOn(tier: Tier, { hosts, loads }: Scene, plan: PlanAsk): PlanAnswer {
  const engine = createEngine({ tier })
  engine.putHosts(hosts)
  for (const { hostId, claims } of loads) {
    engine.adjust(
      claims.map(({ ask }) => ({ hostId, count: 1, resources: ask.resources })),
      1,
    )
  }
  return engine.plan(plan)
}

/** Carries a plan out by hand; throws at the first step that breaks a rule. */
function carryOut({ hosts, loads, groups }: Scene, { moves, freed }: PlanAnswer): void {
  const byId = new Map(hosts.map((host) => [host.id, host]))
  const claims = new Map(loads.flatMap((load) => load.claims).map((each) => [each.key, each]))
  const where = new Map(loads.flatMap((load) => load.claims.map(({ key }) => [key, load.hostId])))
  const on = (hostId: string): MovableClaim[] =>
    [...where].filter(([, at]) => at === hostId).map(([key]) => claims.get(key) as MovableClaim)
  for (const { key, from, to } of moves) {
    const host = byId.get(to) as HostView
    const { ask } = claims.get(key) as MovableClaim
    expect([where.get(key), host.enabled, to !== from]).toEqual([from, true, true])
    expect(ask.zones ?? [host.zone]).toContain(host.zone)
    expect(host.traits).toEqual(expect.arrayContaining([...(ask.requiredTraits ?? [])]))
    for (const set of ask.memberOf ?? []) expect(set).toContain(host.aggregates[0])
    where.set(key, to)
    for (const name of ['VCPU', 'MEMORY_MB']) {
      const used = on(to).reduce((sum, each) => sum + (each.ask.resources[name] ?? 0), 0)
      expect(used).toBeLessThanOrEqual(host.capacity[name] as number)
    }
  }
  for (const hostId of freed) expect(on(hostId)).toEqual([])
  const moved = new Set(moves.map(({ key }) => claims.get(key)?.group))
  for (const [name, { policy, maxPerHost = 1 }] of Object.entries(groups)) {
    if (!moved.has(name)) continue
    const homes = [...claims.values()].filter(({ group }) => group === name)
    const counts = new Map<string, number>()
    for (const { key } of homes) {
      const at = where.get(key) as string
      counts.set(at, (counts.get(at) ?? 0) + 1)
    }
    if (policy === 'affinity') expect(counts.size).toBe(1)
    if (policy === 'anti-affinity')
      expect(Math.max(...counts.values())).toBeLessThanOrEqual(maxPerHost)
  }
}

describe('plans', () => {
  it('can be carried out, and are the same on all tiers', () => {
    const totals = { moves: 0, stuck: 0, freed: 0 }
    for (let seed = 1; seed <= 100; seed++) {
      const scene = sceneOf(seed)
      const { loads, groups } = scene
      const some = loads.slice(seed % 3, 1 + (seed % 3) + (seed % 2))
      const plans: PlanAsk[] = [
        { mode: 'drain', hosts: some, groups },
        { mode: 'defragment', hosts: loads, groups, moves: 1 + (seed % 30) },
      ]
      for (const plan of plans) {
        const answers = tiers.map((tier) => planOn(tier, scene, plan))
        const [answer] = answers as [PlanAnswer]
        for (const other of answers) expect(JSON.stringify(other)).toBe(JSON.stringify(answer))
        carryOut(scene, answer)
        expect(answer.moves.length).toBeLessThanOrEqual(plan.moves ?? Infinity)
        totals.moves += answer.moves.length
        totals.stuck += answer.stuck.length
        totals.freed += answer.freed.length
        if (plan.mode !== 'drain') continue
        const keys = [...answer.moves, ...answer.stuck].map(({ key }) => key)
        const all = some.flatMap(({ claims }) => claims.map(({ key }) => key))
        expect(keys.sort()).toEqual(all.sort())
      }
    }
    for (const total of Object.values(totals)) expect(total).toBeGreaterThan(20)
  })

  it('of more than a host can have together move nothing', () => {
    const engine = createEngine()
    const most = 2 ** 31 - 1
    const capacity = { VCPU: most }
    const host = { zone: 'z', capacity, traits: [], aggregates: [], enabled: true }
    engine.putHosts(['a', 'b'].map((id) => ({ ...host, id })))
    const ask = { resources: { VCPU: most }, policy: 'pack', seed: 0 } as const
    const claims = ['x', 'y'].map((key) => ({ key, ask, group: 'g' }))
    const members = [{ hostId: 'a', count: 2 }]
    const groups = { g: { policy: 'affinity', members } } as const
    const plan = engine.plan({ mode: 'drain', hosts: [{ hostId: 'a', claims }], groups })
    expect(plan.moves).toEqual([])
    expect(plan.stuck.map(({ key }) => key)).toEqual(['x', 'y'])
  })
})
