import { readdirSync, readFileSync } from 'node:fs'
import * as core from '@nephos/core'
import { hostCreate, operations, projectEnsure } from '@nephos/core'
import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../../src/simulate/check.ts'
import { type Market, operatorActor, StoryTenant } from '../../src/simulate/tenant.ts'
import { Known } from '../../src/simulate/workload.ts'
import { workloads } from '../../src/simulate/workloads/index.ts'
import { Chance } from '../../src/world/chance.ts'
import { openWorld } from '../../src/world/world.ts'

const rounds = 12
const mostServers = 4

interface Played {
  readonly hash: string
  /** What ended well, by operation. */
  readonly done: ReadonlySet<string>
  /** Actions of which a call ended well. */
  readonly worked: ReadonlySet<string>
  /** Actions of which one run met no refusal at all. */
  readonly smooth: ReadonlySet<string>
  readonly probes: ReadonlyMap<string, number>
  readonly reports: readonly string[]
  readonly findings: readonly unknown[]
  readonly secrets: ReadonlySet<string>
}

/** Every action, in turns, by two tenants of a cloud in which nothing goes wrong. */
async function play(seed: number, turns: number): Promise<Played> {
  const world = await openWorld({ seed, processes: { api: 'all' } })
  const common = new Known()
  const done = new Set<string>()
  const worked = new Set<string>()
  const smooth = new Set<string>()
  const reports: string[] = []
  const secrets = new Set<string>()
  let ends: string[] = []
  const market: Market = {
    world,
    common,
    batch: mostServers,
    apis: world.members,
    onAnswer: ({ operation, end }: Omit<HistoryEntry, 'index'>) => {
      ends.push(end)
      if (end === 'ok') done.add(operation)
    },
    onSecret: (secret) => secrets.add(secret),
    report: (invariant, subject, message) => reports.push(`${invariant} ${subject} ${message}`),
  }
  const nobody = { name: 'op', projectId: '', member: operatorActor, known: common }
  const operator = new StoryTenant(market, nobody, new Chance(seed, 'operator'), 'operator')
  const people = await world.run(async () => {
    const hosts = Array.from({ length: 8 }, (_, i) => ({
      name: `host-${i}`,
      zone: `zone-${i % 3}`,
      inventory: { VCPU: 64, MEMORY_MB: 262_144, DISK_GB: 4_000 },
    }))
    const made = await operator.call(hostCreate, { hosts })
    if (made.end === 'ok') common.add('host', ...made.answer.hosts.map(({ id }) => id))
    for (const { prepare } of workloads) await prepare?.(operator)
    return Promise.all(['anna', 'bert'].map((name) => person(operator, name)))
  })
  for (let turn = 0; turn < turns; turn++) {
    for (const [index, action] of workloads.flatMap(({ actions }) => actions).entries()) {
      const one = people[turn % people.length]
      if (!one) continue
      const chance = new Chance(seed, `${action.name} ${turn}`)
      const tenant = new StoryTenant(market, one, chance, `${one.name}.${turn}.${index}`)
      ends = []
      await world.run(() => action.run(tenant))
      if (ends.includes('ok')) worked.add(action.name)
      if (ends.length > 0 && ends.every((end) => end === 'ok')) smooth.add(action.name)
    }
  }
  await world.advance('1h')
  const { probes } = world.ground
  return {
    hash: world.hash,
    done,
    worked,
    smooth,
    probes,
    reports,
    findings: await world.audit(),
    secrets,
  }
}

async function person(operator: StoryTenant, name: string) {
  const made = await operator.call(projectEnsure, { name })
  const projectId = made.end === 'ok' ? made.answer.id : ''
  operator.common.add('project', projectId)
  const member = {
    userId: `user-of-${name}`,
    projectId,
    domainId: 'default',
    roles: ['admin', 'member', 'reader'],
    system: false,
  }
  return { name, projectId, member, known: new Known() }
}

/** Actions of which one call is refused by design: what they try is not allowed. */
const neverSmooth = new Set([
  'abandon an upload',
  'abandon the storing of an object',
  'act twice on a server at once',
  'ask for a fixed address twice at once',
  'attach one volume twice',
  'change a password',
  'create overlapping subnets at once',
  'create servers with one port at once',
  'cut subnets from a pool',
  // One port twice.
  'forward ports of a floating IP',
  'give a floating IP to two ports at once',
  'give a role and take it',
  'give a role beyond the own ones',
  'grant a private flavor and revoke it',
  'lock a server',
  'resize a server and delete it at once',
  'shut a user out',
  'signal a stack',
  'store other bytes than declared',
  'upload an image twice at once',
  'upload other bytes than declared',
])

/** Of these, every call is refused, or never answered. */
const neverWorks = new Set([
  // Made of no resource that waits for one.
  'signal a stack',
  'abandon an upload',
  'abandon the storing of an object',
  'store other bytes than declared',
  'give a role beyond the own ones',
])

/** Rare paths of workloads that need no fault. */
const paths = [
  'a batch has settled',
  'a drain was planned',
  'a foreign id was probed',
  'a private flavor was used',
  'a quota was lowered below its use',
  'a user came in',
  'an upload was abandoned',
  'bytes of an object were compared',
  'downloaded bytes were compared',
  'two calls with one key at once',
]

/** Workloads have these, but no call of them ends well under this seed: chance leaves them out. */
const seldom: ReadonlySet<string> = new Set([
  'compute.server.rebuild',
  'compute.server.migrate',
  'compute.server.liveMigrate',
  'compute.server.unshelve',
  'network.router.removeRoutes',
  'block.volume.delete',
  'block.volume.revert',
  'block.volume.retype',
  'block.volume.migrate',
  'stack.stack.check',
  'stack.resource.signal',
  'compute.server.reboot',
  'compute.server.detachInterface',
  // Nothing fails here of which one could be told.
  'block.message.get',
  'block.message.delete',
])

/** Asked for by probes alone, which aim at what is another tenant's: all are refused. */
const probedOnly: ReadonlySet<string> = new Set([
  'block.attachment.get',
  'block.snapshot.get',
  'stack.resource.get',
])

/** In no workload yet, and why. A new operation belongs into a workload, not into this list. */
const notYet: ReadonlySet<string> = new Set([
  // Only for hosts that are off for certain: here an order may reach one late, after it is back.
  'compute.server.evacuate',
])

const folder = new URL('../../src/simulate/workloads/', import.meta.url)

describe('workloads', () => {
  it('name every operation, also those that chance leaves out here', () => {
    const code = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'))
    const named = new Set(code.join('\n').match(/\w+/g))
    const names = new Map(Object.entries(core).map(([name, value]) => [value as unknown, name]))
    const unnamed = operations.filter((each) => !named.has(names.get(each) ?? ''))
    expect(unnamed.map(({ id }) => id).filter((id) => !notYet.has(id))).toEqual([])
  })

  it('reach every operation and break no promise where nothing goes wrong', async () => {
    const { done, worked, smooth, probes, reports, findings, secrets } = await play(1, rounds)
    const known = operations.map(({ id }) => id)
    const unreached = known.filter((id) => !done.has(id))
    const excused = [...seldom, ...probedOnly, ...notYet]
    expect(unreached.filter((id) => !excused.includes(id))).toEqual([])
    expect(excused.filter((id) => !known.includes(id))).toEqual([])
    // What is reached is no longer excused.
    expect([...probedOnly, ...notYet].filter((id) => done.has(id))).toEqual([])
    const actions = workloads.flatMap((workload) => workload.actions.map(({ name }) => name))
    expect(new Set(actions).size).toBe(actions.length)
    const asked = actions.filter((name) => !name.startsWith('probe '))
    expect(asked.filter((name) => !worked.has(name) && !neverWorks.has(name))).toEqual([])
    const rough = asked.filter((name) => !smooth.has(name))
    expect(rough.filter((name) => !neverSmooth.has(name))).toEqual([])
    expect(paths.filter((path) => !probes.has(path))).toEqual([])
    expect(reports).toEqual([])
    expect(findings).toEqual([])
    expect(secrets.size).toBeGreaterThan(0)
  })

  it('do the same under the same seed', async () => {
    const [one, again, other] = [await play(7, 1), await play(7, 1), await play(8, 1)]
    expect(again.hash).toBe(one.hash)
    expect(other.hash).not.toBe(one.hash)
  })
})
