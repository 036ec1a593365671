import { askedClasses } from './ask.ts'
import { scarcestOf } from './engine.ts'
import { EngineError } from './errors.ts'
import { engineLimits } from './limits.ts'
import {
  capacityOf,
  freeOf,
  isEmpty,
  membersOn,
  type OracleHost,
  oracleHost,
  ruledOutBy,
  usedOf,
} from './oracle-host.ts'
import { type Candidate, candidate, compareRank } from './oracle-rank.ts'
import { placeable, shareOut } from './oracle-share.ts'
import {
  type Claim,
  type Explanation,
  type FleetCapacity,
  type HostView,
  type PlacementAnswer,
  type PlacementAsk,
  refusalReasons,
  type RefusalReason,
  type Resources,
  type Scheduler,
} from './types.ts'
import { checkAsk, checkClaims, checkHostIds, checkHosts, checkUsages } from './validate.ts'

/**
 * The engine in plain TypeScript, written to be read: every host is looked at, one by one, for
 * every ask. The WebAssembly tiers must give the very same answers.
 */
export class Oracle implements Scheduler {
  #hosts = new Map<string, OracleHost>()
  readonly #classes = new Set<string>()

  putHosts(hosts: readonly HostView[]): void {
    checkHosts(hosts)
    const size = new Set([...this.#hosts.keys(), ...hosts.map(({ id }) => id)]).size
    if (size > engineLimits.hosts) {
      throw new EngineError('too many hosts', 'hosts', engineLimits.hosts)
    }
    this.#meet(
      hosts.map(({ capacity }) => capacity),
      'hosts',
    )
    for (const host of hosts) {
      this.#hosts.set(host.id, oracleHost(host, this.#hosts.get(host.id)?.used ?? new Map()))
    }
  }

  removeHosts(hostIds: readonly string[]): void {
    checkHostIds(hostIds, 'hostIds', engineLimits.hosts)
    for (const id of hostIds) this.#hosts.delete(id)
  }

  setUsage(usages: readonly { readonly hostId: string; readonly used: Resources }[]): void {
    checkUsages(usages)
    const known = usages.filter(({ hostId }) => this.#hosts.has(hostId))
    this.#meet(
      known.map(({ used }) => used),
      'usages',
    )
    for (const { hostId, used } of known) {
      const host = this.#hosts.get(hostId) as OracleHost
      host.used.clear()
      for (const [name, amount] of Object.entries(used)) host.used.set(name, amount)
    }
  }

  adjust(claims: readonly Claim[], sign: 1 | -1): void {
    checkClaims(claims, sign)
    const known = claims.filter(({ hostId }) => this.#hosts.has(hostId))
    if (sign === 1)
      this.#meet(
        known.map(({ resources }) => resources),
        'claims',
      )
    const before = new Map(known.map(({ hostId }) => [hostId, new Map(this.#host(hostId).used)]))
    for (const claim of known) {
      const { hostId, resources, count } = claim
      const { used } = this.#host(hostId)
      for (const [name, amount] of Object.entries(resources)) {
        const after = usedOf(this.#host(hostId), name) + sign * count * amount
        if (after < 0 || after > engineLimits.amount) {
          before.forEach((amounts, id) => this.#restore(id, amounts))
          const limit = sign === 1 ? engineLimits.amount : usedOf(this.#host(hostId), name)
          throw new EngineError(
            'would leave the range of use',
            `claims[${claims.indexOf(claim)}].resources.${name}`,
            limit,
          )
        }
        used.set(name, after)
      }
    }
  }

  place(ask: PlacementAsk): PlacementAnswer {
    const answer = this.preview(ask)
    if (answer.ok) {
      const resources = Object.fromEntries(askedClasses(ask))
      this.adjust(
        answer.assignments.map((assignment) => ({ ...assignment, resources })),
        1,
      )
    }
    return answer
  }

  preview(ask: PlacementAsk): PlacementAnswer {
    checkAsk(ask)
    const asked = askedClasses(ask)
    const ranked = [...this.#hosts.values()]
      .filter((host) => !ruledOutBy(host, ask, membersOn(ask, host.view.id)))
      .map((host) => candidate(host, ask, asked))
      .filter((each) => each !== undefined)
      .sort(compareRank)
    const placed = placeable(ask, ranked)
    if (placed < ask.min) return { ok: false, explanation: this.#explain(ask, ranked, placed) }
    const shares = shareOut(ask, ranked, placed)
    const assignments = [...shares]
      .sort(([a], [b]) => compareRank(a, b))
      .map(([{ host }, count]) => ({ hostId: host.view.id, count }))
    return { ok: true, assignments, placed }
  }

  capacity(): FleetCapacity {
    const hosts = [...this.#hosts.values()]
    const sums = (amount: (host: OracleHost, name: string) => number): Map<string, number> =>
      new Map(
        [...this.#classes].map((name) => [
          name,
          hosts.reduce((sum, host) => sum + amount(host, name), 0),
        ]),
      )
    const [total, used] = [sums(capacityOf), sums(usedOf)]
    const known = [...this.#classes].filter((name) => total.get(name) || used.get(name)).sort()
    return {
      hosts: hosts.length,
      enabledHosts: hosts.filter(({ view }) => view.enabled).length,
      usedHosts: hosts.filter((host) => !isEmpty(host)).length,
      total: Object.fromEntries(known.map((name) => [name, total.get(name) as number])),
      used: Object.fromEntries(known.map((name) => [name, used.get(name) as number])),
    }
  }

  usage(hostId: string): Resources | undefined {
    const host = this.#hosts.get(hostId)
    if (!host) return undefined
    const names = [...new Set([...host.capacity.keys(), ...host.used.keys()])].sort()
    return Object.fromEntries(
      names
        .filter((name) => capacityOf(host, name) > 0 || usedOf(host, name) > 0)
        .map((name) => [name, usedOf(host, name)]),
    )
  }

  #explain(ask: PlacementAsk, feasible: readonly Candidate[], placed: number): Explanation {
    const ruledOut = Object.fromEntries(refusalReasons.map((reason) => [reason, 0])) as Record<
      RefusalReason,
      number
    >
    const short = new Map(askedClasses(ask).map(([name]) => [name, 0]))
    const fits = new Set(feasible.map(({ host }) => host))
    for (const host of this.#hosts.values()) {
      if (fits.has(host)) continue
      const reason = ruledOutBy(host, ask, membersOn(ask, host.view.id)) ?? 'resources'
      ruledOut[reason]++
      if (reason !== 'resources') continue
      for (const [name, amount] of askedClasses(ask)) {
        if (freeOf(host, name) < amount) short.set(name, (short.get(name) as number) + 1)
      }
    }
    return {
      hosts: this.#hosts.size,
      ruledOut,
      feasibleHosts: feasible.length,
      nearestFeasible: placed,
      scarcest: scarcestOf([...short]),
      shortOf: Object.fromEntries(short),
    }
  }

  #host(id: string): OracleHost {
    return this.#hosts.get(id) as OracleHost
  }

  #restore(id: string, amounts: ReadonlyMap<string, number>): void {
    const { used } = this.#host(id)
    used.clear()
    amounts.forEach((amount, name) => used.set(name, amount))
  }

  #meet(all: readonly Resources[], field: string): void {
    const names = new Set([...this.#classes, ...all.flatMap((resources) => Object.keys(resources))])
    if (names.size > engineLimits.fleetClasses) {
      const limit = engineLimits.fleetClasses
      throw new EngineError(`a fleet knows at most ${limit} resource classes`, field, limit)
    }
    names.forEach((name) => this.#classes.add(name))
  }
}
