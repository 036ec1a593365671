import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { random } from '../harness/random.ts'
import {
  loadHosts,
  loadRequests,
  type Strategy,
  type TopologyHosts,
  type TopologyRequests,
} from '../load/huawei.ts'
import { huawei } from '../suites/huawei.ts'
import { copiesOnHost, copiesWithin } from './copies.ts'
import { generateHosts, generateRequests } from './generate.ts'
import { placedOneByOne } from './one-by-one.ts'
import { planInOrder } from './plan.ts'
import { upperBound } from './upper-bound.ts'
import { violations } from './verify.ts'

function count(hostOf: Int32Array): number {
  return hostOf.filter((host) => host >= 0).length
}

/** Two racks of two hosts. */
const four: TopologyHosts = {
  vcpus: Int32Array.from([16, 16, 8, 8, 32, 32, 4, 28]),
  memory: Int32Array.from([32, 32, 16, 16, 64, 64, 8, 56]),
  rackOf: Int32Array.from([0, 0, 1, 1]),
  racks: 2,
}
const small = { vcpus: 8, memory: 16, cells: 1 } as const
const wide = { vcpus: 32, memory: 64, cells: 2 } as const

function asked(strategy: Strategy, shapes: readonly number[], domains: readonly number[] = []) {
  const group = strategy === '' ? -1 : 0
  return {
    shapes: [small, wide],
    requests: shapes.map((shape, index) => {
      return { shape, strategy, group, domain: domains[index] ?? 0 }
    }),
  }
}

describe('copies', () => {
  it('are counted cell by cell', () => {
    expect([0, 1, 2, 3].map((host) => copiesOnHost(four, host, small))).toEqual([4, 2, 8, 3])
    expect([0, 1, 2, 3].map((host) => copiesOnHost(four, host, wide))).toEqual([1, 0, 2, 0])
    expect(copiesWithin(wide, small)).toBe(4)
    expect(copiesWithin(small, wide)).toBe(0)
    expect(copiesWithin({ vcpus: 64, memory: 128, cells: 2 }, wide)).toBe(2)
  })
})

describe('planInOrder', () => {
  it('puts a group into the rack that holds all of it', () => {
    const request = asked('affinity', [0, 0, 0, 0, 1])
    const plan = planInOrder(four, request)
    expect(new Set([...plan].map((host) => four.rackOf[host]))).toEqual(new Set([1]))
    expect(violations(four, request, plan)).toBe(0)
  })

  it('gives every fault domain a rack of its own, the demanding one first', () => {
    const request = asked('fault_domain', [0, 1, 1], [0, 1, 1])
    const plan = planInOrder(four, request)
    expect([...plan].map((host) => four.rackOf[host])).toEqual([0, 1, 1])
  })

  it('puts members of an anti-affinity group on different hosts, as far as there are any', () => {
    const request = asked('anti-affinity', [0, 0, 0, 0, 0])
    const plan = planInOrder(four, request)
    expect(count(plan)).toBe(4)
    expect(violations(four, request, plan)).toBe(0)
  })

  it('places a group in part, or not at all when groups are atomic', () => {
    const request = asked('affinity', [1, 1, 1])
    expect(count(planInOrder(four, request))).toBe(2)
    expect(count(planInOrder(four, request, { atomic: true }))).toBe(0)
  })

  it('keeps room for what is scarce', () => {
    // A wide one needs half of itself in both cells: only the first and the third host have it.
    const request = asked('', [1, 0, 0, 0, 0, 1, 1])
    expect(count(planInOrder(four, request))).toBe(7)
  })

  it('breaks no rule, stays below the bound, and answers the same again', () => {
    for (const seed of [1, 2, 3]) {
      const hosts = generateHosts(120, seed)
      const requests = generateRequests(420, seed)
      const plan = planInOrder(hosts, requests)
      expect(violations(hosts, requests, plan)).toBe(0)
      expect(count(plan)).toBeLessThanOrEqual(upperBound(hosts, requests).placed)
      expect(count(plan)).toBeGreaterThan(placedOneByOne(hosts, requests, 'first-fit'))
      expect(planInOrder(hosts, requests)).toEqual(plan)
    }
  })
})

/** The most requests that can be placed, by trying everything. */
function optimum(hosts: TopologyHosts, wanted: TopologyRequests): number {
  const plan = new Int32Array(wanted.requests.length).fill(-1)
  let best = 0
  const from = (index: number, placed: number): void => {
    best = Math.max(best, placed)
    if (index === plan.length || placed + plan.length - index <= best) return
    for (let host = 0; host < hosts.rackOf.length; host++) {
      plan[index] = host
      if (violations(hosts, wanted, plan) === 0) from(index + 1, placed + 1)
    }
    plan[index] = -1
    from(index + 1, placed)
  }
  from(0, 0)
  return best
}

describe('upperBound', () => {
  it('is never below the best plan, and the plan made is never above that', () => {
    const draw = random(7)
    for (let round = 0; round < 40; round++) {
      const strategies: readonly Strategy[] = ['', 'affinity', 'anti-affinity', 'fault_domain']
      const rule = strategies[draw.below(4)] ?? ''
      const wanted = asked(
        rule,
        Array.from({ length: 6 }, () => draw.below(2)),
        rule === 'fault_domain' ? Array.from({ length: 6 }, () => draw.below(2)) : [],
      )
      const best = optimum(four, wanted)
      expect(upperBound(four, wanted).placed).toBeGreaterThanOrEqual(best)
      expect(count(planInOrder(four, wanted))).toBeLessThanOrEqual(best)
    }
  })

  it('says where it comes from', () => {
    expect(upperBound(four, asked('affinity', [1, 1, 1]))).toEqual({
      placed: 2,
      byRacks: 2,
      scarcest: 'racks',
    })
    expect(upperBound(four, asked('', [1, 1, 1, 1, 0]))).toEqual({
      placed: 4,
      byRacks: 5,
      scarcest: '32x64 over 2 cells',
    })
  })
})

describe('violations', () => {
  it('are counted', () => {
    const at = (...hosts: number[]): Int32Array => Int32Array.from(hosts)
    expect(violations(four, asked('affinity', [0, 0]), at(0, 2))).toBe(1)
    expect(violations(four, asked('anti-affinity', [0, 0]), at(0, 0))).toBe(1)
    expect(violations(four, asked('fault_domain', [0, 0], [0, 1]), at(0, 1))).toBe(1)
    expect(violations(four, asked('', [1, 0]), at(0, 0))).toBe(1)
    expect(violations(four, asked('', [1, 0]), at(0, -1))).toBe(0)
  })
})

describe('files', () => {
  let folder = ''
  const write = async (name: string, lines: readonly string[]): Promise<string> => {
    const path = join(folder, name)
    await writeFile(path, `${lines.join('\n')}\n`)
    return path
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huawei-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const header = 'flavor_vcpus,flavor_ram,numa,strategy,group,domain'

  it('are read', async () => {
    const nodes = await write('nodes.csv', ['CPU1,RAM1,CPU2,RAM2', '16,32,32,64', '8,8,0,0'])
    const racks = await write('racks.csv', ['host_id,rack_id', 'a,7', 'b,9', 'c,7'])
    const file = await write('requests.csv', [
      header,
      '8,16,1,fault_domain,3,2',
      '8,16,1,,,',
      '32,64,2,affinity,3,',
    ])
    expect(await loadHosts(nodes, racks)).toEqual({
      vcpus: Int32Array.from([16, 32, 8, 0]),
      memory: Int32Array.from([32, 64, 8, 0]),
      rackOf: Int32Array.from([0, 1]),
      racks: 2,
    })
    expect(await loadRequests(file)).toEqual({
      shapes: [small, wide],
      requests: [
        { shape: 0, strategy: 'fault_domain', group: 0, domain: 2 },
        { shape: 0, strategy: '', group: -1, domain: 0 },
        { shape: 1, strategy: 'affinity', group: 1, domain: 0 },
      ],
    })
    const figures = await huawei({ nodes, racks, file, seed: 1 })
    expect(figures).toMatchObject({ hosts: 2, racks: 2, placed: 2, of: 3, violations: 0 })
    expect(figures.upperBound).toBe(3)
    expect(figures.refused).toEqual({ affinity: 1 })
  })

  it('are told by line and column when they are bad', async () => {
    const nodes = await write('few.csv', ['CPU1,RAM1,CPU2,RAM2', '1,2,3,4', '1,2,3,-4'])
    const racks = await write('one.csv', ['host_id,rack_id', 'a,7'])
    await expect(loadHosts(nodes, racks)).rejects.toThrow(/few\.csv:3: column RAM2/)
    await expect(
      loadHosts(await write('two.csv', ['CPU1,RAM1,CPU2,RAM2', '1,2,3,4', '1,2,3,4']), racks),
    ).rejects.toThrow(/1 hosts, fewer than the 2/)
    const bad = await write('bad.csv', [header, '8,16,3,,,'])
    await expect(loadRequests(bad)).rejects.toThrow(/bad\.csv:2: column numa/)
    const odd = await write('odd.csv', [header, '8,16,1,together,1,'])
    await expect(loadRequests(odd)).rejects.toThrow(/odd\.csv:2: column strategy/)
    await expect(huawei({ nodes, seed: 1 })).rejects.toThrow(/given together/)
  })
})
