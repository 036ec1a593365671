import { SeededRandom } from '@nephos/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Cluster } from '../support/cluster.ts'
import { ClusterLoad, pause } from '../support/cluster-load.ts'

const seed = Number(process.env['NEPHOS_SEED'] ?? 1)
/** `NEPHOS_KILLS=10000` for a night. */
const killsAll = Number(process.env['NEPHOS_KILLS'] ?? 1_000)
const killsPerRound = 100
/** So many victims are down, or on their way up, at one time. */
const hands = 4
const random = new SeededRandom(seed)

/** Who can be killed, by the name that is printed. Ends when it is ready again. */
interface Victim {
  readonly name: string
  /** How often it is drawn, beside the others. */
  readonly weight: number
  /** @returns how often it was killed until it was ready again. */
  kill(): Promise<number>
}

let cluster: Cluster
let load: ClusterLoad

beforeAll(async () => {
  console.info(`NEPHOS_SEED=${seed}`)
  cluster = await Cluster.start({ apis: 2, workers: 3, schedulers: 2, hosts: 200 })
  load = new ClusterLoad(cluster.origins, below)
  await load.open()
}, 120_000)

afterAll(() => cluster.end())

function below(limit: number): number {
  return random.uint32() % limit
}

/** `kill -9`, and one in two times again while it starts. */
async function killProcess(name: string): Promise<number> {
  const victim = cluster.process(name)
  let killed = (await victim.kill()) ? 1 : 0
  const up = victim.start()
  while (below(2) === 0) {
    await pause(below(700))
    if (await victim.kill()) killed++
  }
  await up
  return killed
}

async function killDatabase(): Promise<number> {
  const { database } = cluster
  // The kernel that kills one backend for want of memory ends all sessions of the server.
  if (below(2) === 0) return (await database.killBackend()) ? 1 : 0
  await database.crash()
  await pause(below(200))
  await database.start()
  return 1
}

async function killBroker(): Promise<number> {
  await cluster.broker.kill()
  await pause(below(200))
  await cluster.broker.start()
  return 1
}

function victims(): Victim[] {
  const processes = [...cluster.processes.keys()].map((name) => {
    return { name, weight: 4, kill: () => killProcess(name) }
  })
  return [
    ...processes,
    { name: 'PostgreSQL', weight: 3, kill: killDatabase },
    { name: 'NATS', weight: 7, kill: killBroker },
  ]
}

/** What was done to whom, and how long it took to come back. */
class Tally {
  readonly kills = new Map<string, number>()
  readonly #times = new Map<string, number[]>()

  get total(): number {
    return [...this.kills.values()].reduce((sum, count) => sum + count, 0)
  }

  add(name: string, killed: number, ms: number): void {
    this.kills.set(name, (this.kills.get(name) ?? 0) + killed)
    // Of processes all together; a start that was interrupted begins anew.
    const kind = cluster.processes.has(name) ? 'processes' : name
    if (killed === 1) this.#times.set(kind, [...(this.#times.get(kind) ?? []), ms])
  }

  /** Milliseconds from the kill until it is ready again, of those that were killed once. */
  words(): string {
    return [...this.#times]
      .map(([kind, times]) => {
        const sorted = times.toSorted((a, b) => a - b)
        const at = (share: number): string =>
          (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(0)
        return `${kind} p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, of ${sorted.length}`
      })
      .join('; ')
  }
}

/** Some hands kill, each somebody whom no other holds, until enough was done. */
async function killMany(all: readonly Victim[], tally: Tally, until: number): Promise<void> {
  const held = new Set<string>()
  const hand = async (): Promise<void> => {
    while (tally.total < until) {
      const free = all.filter(({ name }) => !held.has(name))
      const lots = free.flatMap((victim) => Array.from({ length: victim.weight }, () => victim))
      const victim = lots[below(lots.length)] as Victim
      held.add(victim.name)
      await pause(below(100))
      const began = performance.now()
      tally.add(victim.name, await victim.kill(), performance.now() - began)
      held.delete(victim.name)
    }
  }
  await Promise.all(Array.from({ length: hands }, hand))
}

it('whoever is killed, nothing that was accepted is lost', { timeout: 3_600_000 }, async () => {
  const tally = new Tally()
  const all = victims()
  const began = performance.now()
  for (let round = 1; tally.total < killsAll; round++) {
    const until = Math.min(killsAll, round * killsPerRound)
    await load.during(() => killMany(all, tally, until))
    await cluster.verify(load, `seed ${seed}, round ${round}`)
  }
  const seconds = ((performance.now() - began) / 1e3).toFixed(0)
  const each = [...tally.kills].map(([name, count]) => `${name} ${count}`).join(', ')
  console.info(`${tally.total} kills in ${seconds} s: ${each}`)
  console.info(`ready again: ${tally.words()}`)
  console.info(`${load.created.size} requests accepted, ${load.deleted.size} servers removed`)
  expect(tally.total).toBeGreaterThanOrEqual(killsAll)
  expect([...tally.kills.keys()].toSorted()).toEqual(all.map(({ name }) => name).toSorted())
  expect(load.created.size).toBeGreaterThan(killsAll / killsPerRound)
  for (const [name, one] of cluster.processes) expect(await one.stop(), name).toBe(0)
})
