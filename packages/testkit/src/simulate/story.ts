import {
  type Actor,
  hostCreate,
  hostKind,
  projectEnsure,
  type Server,
  type Settings,
  serverKind,
  type Stored,
} from '@nephos/core'
import { createEngine } from '@nephos/scheduler-wasm'
import { Chance } from '../world/chance.ts'
import type { Role } from '../world/member.ts'
import type { Commit } from '../world/store-server.ts'
import { World } from '../world/world.ts'
import { CheckBoard } from './check-board.ts'
import { drawAction } from './draw-action.ts'
import { Mirror } from './mirror.ts'
import { Nemesis } from './nemesis.ts'
import { drawPlan, drawSettings } from './plan.ts'
import { actionNumber } from './story-numbers.ts'
import type { StoryOptions, StoryParts, StoryPlan, StoryResult } from './story-types.ts'
import { type Market, operatorActor, type Person, StoryTenant } from './tenant.ts'
import { type Action, Known, type Workload } from './workload.ts'
import { unrested } from './unrested.ts'
import { bigWorkload } from './big-workload.ts'
import { computeWorkload } from './workloads/compute.ts'
import { workloads } from './workloads/index.ts'

const minuteMs = 60_000
/** After faults end, everything accepted has ended within this virtual time. */
const restLimitMs = 3 * 60 * minuteMs
/** Hosts that a reconciler looks at in one round. */
const hostsPerRound = 500
/** Of so many big stories one is watched commit by commit. */
const bigWatched = 8

/**
 * Runs one story: a cloud under one seed, its tenants, and all that goes wrong; first a phase in
 * which safety is watched, then one without faults, in which everything accepted must end.
 */
export function runStory(options: StoryOptions, parts: StoryParts = {}): Promise<StoryResult> {
  return new Story(options, parts).run()
}

class Story {
  readonly #options: StoryOptions
  readonly #plan: StoryPlan
  readonly #world: World
  readonly #board: CheckBoard
  readonly #mirror = new Mirror()
  readonly #common = new Known()
  readonly #answers = { ok: 0, refused: 0, unknown: 0 }
  #commits = 0
  #actions = 0

  constructor(options: StoryOptions, parts: StoryParts) {
    const { seed, onlyStrikes, keepTrace } = options
    const plan = drawPlan(options)
    this.#options = options
    this.#plan = plan
    this.#world = new World({
      seed,
      faults: plan.faults,
      ...(onlyStrikes ? { onlyStrikes } : {}),
      ...(keepTrace ? { keepTrace } : {}),
      processes: processes(plan),
      settings: drawSettings(options),
      ...(options.size === 'big' ? { engine: () => createEngine() } : {}),
      ...(parts.store && { store: parts.store }),
      onCommit: (commit) => this.#committed(commit),
      onGuests: () => this.#board.guests(),
      onLog: (...line) => this.#board.log(...line),
    })
    this.#board = new CheckBoard(this.#world, this.#mirror)
  }

  async run(): Promise<StoryResult> {
    try {
      await this.#play()
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      this.#board.report(0, 'world', text)
    }
    return this.#result()
  }

  async #play(): Promise<void> {
    const world = this.#world
    const { ground } = world
    await world.start()
    if (this.#isWatched()) await this.#board.audit()
    const people = await world.run(() => this.#prepare())
    ground.note('world', 'phase', 'safety')
    ground.faults.begin()
    const nemesis = new Nemesis(
      world,
      () => this.#mirror.rows(hostKind.name).map(({ id }) => id),
      () => this.#guests(),
    )
    nemesis.begin()
    const ends = Promise.all(people.map((person, index) => this.#live(person, index)))
    await world.advance(this.#plan.minutes * minuteMs)
    nemesis.end()
    ground.note('world', 'phase', 'liveness')
    await world.run(() => ends)
    await this.#rest()
    ground.note('world', 'phase', 'rest')
    await this.#board.rest()
    // What happened may be the same, and what came of it not.
    for (const row of this.#mirror.all()) ground.trace.include(JSON.stringify(row))
  }

  /** Big stories are held against the rows at rest only, but for some: it takes long. */
  #isWatched(): boolean {
    return this.#options.size !== 'big' || this.#options.seed % bigWatched === 0
  }

  /** The operator makes hosts, projects, and what the services begin with. */
  async #prepare(): Promise<readonly Person[]> {
    const { seed } = this.#options
    const { hosts, tenants } = this.#plan
    const chance = new Chance(seed, 'prepare')
    const market = this.#market()
    const nobody: Person = { name: 'op', projectId: '', member: operatorActor, known: this.#common }
    const operator = new StoryTenant(market, nobody, chance, 'prepare')
    for (let first = 0; first < hosts; first += 1_000) {
      const size = Math.min(1_000, hosts - first)
      const made = await operator.call(hostCreate, {
        hosts: Array.from({ length: size }, (_, i) => newHost(first + i, chance)),
      })
      if (made.end === 'ok') this.#common.add('host', ...made.answer.hosts.map(({ id }) => id))
    }
    const people: Person[] = []
    for (let i = 0; i < tenants; i++) {
      const name = `t${i}-${chance.uint32().toString(36)}`
      const made = await operator.call(projectEnsure, { name })
      if (made.end !== 'ok') continue
      const { id } = made.answer
      this.#board.canary(id, name)
      this.#common.add('project', id)
      people.push({ name, projectId: id, member: memberOf(name, id), known: new Known() })
    }
    for (const workload of this.#prepared()) await workload.prepare?.(operator)
    return people
  }

  /** A tenant's life: actions one after the other, in bursts, with pauses between. */
  async #live(person: Person, index: number): Promise<void> {
    const { seed, skip = [] } = this.#options
    const left = new Set(skip)
    const market = this.#market()
    const weighted: readonly Action[] = this.#workloads().flatMap(({ actions }) => actions)
    const strands = [0, 1].map(async (strand) => {
      for (let i = strand; i < this.#plan.actions; i += 2) {
        const number = actionNumber(index, i)
        const chance = new Chance(seed, `action ${number}`)
        const tenant = new StoryTenant(market, person, chance, `${person.name}.${number}`)
        await tenant.rest(pauseMs(chance, this.#plan))
        if (left.has(number)) continue
        this.#actions++
        await drawAction(weighted, `${seed} ${number}`)?.run(tenant)
      }
    })
    await Promise.all(strands)
  }

  /** Lets time pass until nothing is under way, and some more for what is late. */
  async #rest(): Promise<void> {
    const world = this.#world
    const end = world.now + restLimitMs
    const quiet = quietMs(this.#plan.hosts, drawSettings(this.#options))
    await world.advance(quiet)
    for (;;) {
      const [first] = await unrested(this.#mirror, world.images, world.objects)
      if (first === undefined) break
      if (world.now > end) return this.#board.report(6, first, 'has not come to an end')
      await world.advance(minuteMs)
    }
    await world.advance(quiet)
  }

  #guests(): { id: string; hostId: string }[] {
    return this.#mirror
      .rows(serverKind.name)
      .map((row) => row as Stored & Server)
      .map(({ id, hostId }) => ({ id, hostId }))
  }

  #workloads(): readonly Workload[] {
    const { seed, size } = this.#options
    if (size === 'big') return [bigWorkload]
    if (size !== 'small') return workloads
    // Few services in each story, and so more of each. Servers meet all others most often.
    const chance = new Chance(seed, 'services')
    const chosen = new Set(chance.happens(0.5) ? [computeWorkload] : [])
    const count = chance.whole(1, 3)
    for (let i = 0; i < count; i++) chosen.add(chance.pick(workloads) as Workload)
    return workloads.filter((workload) => chosen.has(workload))
  }

  #prepared(): readonly Workload[] {
    const own = this.#workloads()
    const names = new Set(own.flatMap(({ service, uses = [] }) => [service, ...uses]))
    return own.includes(bigWorkload) ? own : workloads.filter(({ service }) => names.has(service))
  }

  #market(): Market {
    const apis = this.#world.members.filter(({ role }) => role !== 'worker')
    return {
      world: this.#world,
      common: this.#common,
      batch: this.#plan.batch,
      apis,
      onAnswer: (entry) => {
        this.#answers[entry.end]++
        this.#board.answer(entry)
      },
      onSecret: (secret) => this.#board.secret(secret),
      report: (invariant, subject, message) => this.#board.report(invariant, subject, message),
    }
  }

  async #committed(commit: Commit): Promise<void> {
    this.#commits++
    await this.#board.commit(commit)
    this.#mirror.apply(commit)
  }

  #result(): StoryResult {
    const { ground } = this.#world
    return {
      seed: this.#options.seed,
      plan: this.#plan,
      hash: this.#world.hash,
      violations: this.#board.violations,
      probes: Object.fromEntries([...ground.probes].sort(([a], [b]) => (a < b ? -1 : 1))),
      strikes: ground.faults.strikes,
      calls: ground.calls,
      commits: this.#commits,
      answers: this.#answers,
      actions: this.#actions,
      virtualMs: ground.now - ground.start,
      trace: ground.trace.events,
    }
  }
}

/**
 * Longer than the latest order, so that nothing is under way at rest; and twice the time in which
 * every host is looked at, so that what came of late orders is mended.
 */
function quietMs(hosts: number, { reconcileMs = minuteMs }: Partial<Settings>): number {
  return Math.max(5 * minuteMs, 2.5 * reconcileMs * Math.ceil(hosts / hostsPerRound))
}

function processes({ apis, workers }: StoryPlan): Record<string, Role> {
  const api = Array.from({ length: apis }, (_, i) => [`api-${i + 1}`, 'api'] as const)
  const worker = Array.from({ length: workers }, (_, i) => [`worker-${i + 1}`, 'worker'] as const)
  return Object.fromEntries([...api, ...worker])
}

function newHost(index: number, chance: Chance): Record<string, unknown> {
  const vcpus = chance.pick([8, 16, 64])
  return {
    name: `host-${index}`,
    zone: `zone-${index % 3}`,
    inventory: { VCPU: vcpus, MEMORY_MB: (vcpus as number) * 4_096, DISK_GB: 1_000 },
  }
}

function memberOf(name: string, projectId: string): Actor {
  return {
    userId: `user-of-${name}`,
    projectId,
    domainId: 'default',
    roles: ['admin', 'member', 'reader'],
    system: false,
  }
}

/** Mostly at once, sometimes later, so that actions meet and also find the world at rest. */
function pauseMs(chance: Chance, plan: StoryPlan): number {
  const share = chance.share()
  if (share < 0.5) return chance.between(0, 200)
  if (share < 0.8) return chance.between(0, 20_000)
  return chance.between(0, (plan.minutes * minuteMs * 2) / plan.actions)
}
