import { describe, expect, it } from 'vitest'
import { GroupExpansion, type GroupedPort, type MemberChange } from './group-expansion.ts'
import { SeededRandom } from './seeded-random.ts'

/** What hosts know, from what they were told. */
class Hosts {
  readonly known = new Map<string, Set<string>>()
  told = 0

  tell(changes: readonly MemberChange[]): void {
    for (const { added, forgotten, groupId, hostId, removed } of changes) {
      const key = `${hostId} ${groupId}`
      this.told += 1 + added.length + removed.length
      if (forgotten) {
        this.known.delete(key)
        continue
      }
      const set = this.known.get(key) ?? new Set<string>()
      for (const address of removed)
        if (!set.delete(address)) throw new Error(`${key} never had ${address}`)
      for (const address of added) {
        if (set.has(address)) throw new Error(`${key} has ${address}`)
        set.add(address)
      }
      this.known.set(key, set)
    }
  }
}

/** The same from scratch: every host, every port, every rule, every member. */
function bruteForce(
  ports: ReadonlyMap<string, GroupedPort>,
  rules: ReadonlyMap<string, readonly string[]>,
): Map<string, string[]> {
  const known = new Map<string, string[]>()
  for (const { groupIds, hostId } of ports.values()) {
    for (const remote of groupIds.flatMap((id) => rules.get(id) ?? [])) {
      const members = [...ports.values()].filter((port) => port.groupIds.includes(remote))
      const addresses = new Set(members.flatMap((port) => port.addresses))
      known.set(`${hostId} ${remote}`, [...addresses].sort())
    }
  }
  return known
}

describe('F8: members of groups that rules refer to', () => {
  it('are told to hosts so that each knows what a look at everything would show', () => {
    const random = new SeededRandom(8)
    const draw = (count: number): number => random.uint32() % count
    const some = (count: number): string[] =>
      ['g0', 'g1', 'g2', 'g3'].filter(() => draw(count) === 0)
    for (let turn = 0; turn < 60; turn++) {
      const expansion = new GroupExpansion()
      const hosts = new Hosts()
      const ports = new Map<string, GroupedPort>()
      const rules = new Map<string, readonly string[]>()
      for (let step = 0; step < 60; step++) {
        const id = `p${draw(8)}`
        const kind = draw(4)
        if (kind === 0) {
          const groupId = `g${draw(4)}`
          rules.set(groupId, some(3))
          hosts.tell(expansion.setRules(groupId, rules.get(groupId) ?? []))
        } else if (kind === 1) {
          ports.delete(id)
          hosts.tell(expansion.setPort(id, undefined))
        } else {
          // Few addresses: several ports have the same.
          const addresses = [`10.0.0.${draw(4)}`]
          const port = { hostId: `h${draw(3)}`, groupIds: some(2), addresses }
          ports.set(id, port)
          hosts.tell(expansion.setPort(id, port))
        }
        const wanted = bruteForce(ports, rules)
        for (const [key, addresses] of wanted)
          expect([key, [...(hosts.known.get(key) ?? [])].sort()]).toEqual([key, addresses])
        for (const [key, addresses] of hosts.known)
          if (!wanted.has(key)) expect([key, addresses.size]).toEqual([key, 0])
      }
    }
  })

  it('cost as much as changes, whatever their number', () => {
    const expansion = new GroupExpansion()
    const hosts = new Hosts()
    const hostCount = 50
    expansion.setRules('g', ['g'])
    const port = (number: number): GroupedPort => {
      const addresses = [`10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`]
      return { hostId: `h${number % hostCount}`, groupIds: ['g'], addresses }
    }
    const cost = (run: () => readonly MemberChange[]): number => {
      const before = hosts.told
      hosts.tell(run())
      return hosts.told - before
    }
    const costs: number[] = []
    for (let number = 0; number < 10_000; number++) {
      const told = cost(() => expansion.setPort(`p${number}`, port(number)))
      if (number === 100 || number === 9_999) costs.push(told)
    }
    // One address, at each of the hosts.
    expect(costs).toEqual([2 * hostCount, 2 * hostCount])
    expect(cost(() => expansion.setPort('p7', undefined))).toBe(2 * hostCount)
    expect(cost(() => expansion.setPort('p8', port(8)))).toBe(0)
  })
})
