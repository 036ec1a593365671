import { askedClasses, clearMarks, writeAsk } from './ask.ts'
import { HostTable } from './hosts.ts'
import {
  ANSWER_BYTES,
  ANSWER_COUNT,
  ANSWER_SLOT,
  IN_ANSWER,
  OUT_ENABLED,
  OUT_FEASIBLE,
  OUT_HOSTS,
  OUT_PLACED,
  OUT_REASONS,
  OUT_SHORT,
  OUT_TOTALS,
  OUT_USED_HOSTS,
} from './layout.ts'
import { engineLimits } from './limits.ts'
import {
  type Assignment,
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
import { type EngineExports, EngineMemory, instantiate, type WasmTier } from './wasm.ts'

/** The engine in WebAssembly: this side keeps names, the other numbers. */
export class WasmScheduler implements Scheduler {
  readonly #exports: EngineExports
  readonly #memory: EngineMemory
  readonly #table: HostTable

  constructor(tier: WasmTier) {
    this.#exports = instantiate(tier)
    this.#memory = new EngineMemory(this.#exports.memory)
    this.#table = new HostTable(this.#memory)
  }

  /** Bytes of WebAssembly memory held. */
  get memoryBytes(): number {
    return this.#memory.bytes.length
  }

  putHosts(hosts: readonly HostView[]): void {
    checkHosts(hosts)
    this.#table.put(hosts)
  }

  removeHosts(hostIds: readonly string[]): void {
    checkHostIds(hostIds, 'hostIds', engineLimits.hosts)
    this.#table.remove(hostIds)
  }

  setUsage(usages: readonly { readonly hostId: string; readonly used: Resources }[]): void {
    checkUsages(usages)
    this.#table.setUsage(usages)
  }

  adjust(claims: readonly Claim[], sign: 1 | -1): void {
    checkClaims(claims, sign)
    this.#table.adjust(claims, sign)
  }

  place(ask: PlacementAsk): PlacementAnswer {
    return this.#decide(ask, true)
  }

  preview(ask: PlacementAsk): PlacementAnswer {
    return this.#decide(ask, false)
  }

  usage(hostId: string): Resources | undefined {
    return this.#table.usage(hostId)
  }

  capacity(): FleetCapacity {
    this.#exports.summarise()
    const { integers } = this.#memory
    const { names } = this.#table.classes
    const sums = this.#memory.floats(OUT_TOTALS, 2 * names.length)
    const known = [...names.entries()]
      .filter(
        ([number]) => (sums[2 * number] as number) > 0 || (sums[2 * number + 1] as number) > 0,
      )
      .sort(([, a], [, b]) => (a < b ? -1 : 1))
    return {
      hosts: integers[OUT_HOSTS >> 2] as number,
      enabledHosts: integers[OUT_ENABLED >> 2] as number,
      usedHosts: integers[OUT_USED_HOSTS >> 2] as number,
      total: Object.fromEntries(known.map(([number, name]) => [name, sums[2 * number] as number])),
      used: Object.fromEntries(
        known.map(([number, name]) => [name, sums[2 * number + 1] as number]),
      ),
    }
  }

  #decide(ask: PlacementAsk, reserve: boolean): PlacementAnswer {
    checkAsk(ask)
    writeAsk(this.#memory, this.#table, ask, reserve)
    const length = this.#exports.decide()
    clearMarks(this.#memory.integers, this.#table, ask)
    return length < 0 ? { ok: false, explanation: this.#explanation(ask) } : this.#answer(length)
  }

  #answer(length: number): PlacementAnswer {
    const { integers } = this.#memory
    const from = (integers[IN_ANSWER >> 2] as number) >> 2
    const assignments: Assignment[] = []
    for (let index = 0; index < length; index++) {
      const at = from + index * (ANSWER_BYTES >> 2)
      const hostId = this.#table.idOf(integers[at + (ANSWER_SLOT >> 2)] as number)
      assignments.push({ hostId, count: integers[at + (ANSWER_COUNT >> 2)] as number })
    }
    return { ok: true, assignments, placed: integers[OUT_PLACED >> 2] as number }
  }

  #explanation(ask: PlacementAsk): Explanation {
    const { integers } = this.#memory
    const shortOf = askedClasses(ask).map(([name], index) => {
      return [name, integers[(OUT_SHORT >> 2) + index] as number] as const
    })
    return {
      hosts: integers[OUT_HOSTS >> 2] as number,
      ruledOut: Object.fromEntries(
        refusalReasons.map((reason, index) => [reason, integers[(OUT_REASONS >> 2) + index]]),
      ) as Record<RefusalReason, number>,
      feasibleHosts: integers[OUT_FEASIBLE >> 2] as number,
      nearestFeasible: integers[OUT_PLACED >> 2] as number,
      scarcest: scarcestOf(shortOf),
      shortOf: Object.fromEntries(shortOf),
    }
  }
}

/** The class that most hosts are short of, the first by name among equals, or null. */
export function scarcestOf(
  shortOf: readonly (readonly [name: string, hosts: number])[],
): string | null {
  let scarcest: string | null = null
  let most = 0
  for (const [name, hosts] of shortOf) {
    if (hosts > most) [scarcest, most] = [name, hosts]
  }
  return scarcest
}
