import { throwIfAborted } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Stored } from '../../model/kind.ts'
import type { Store } from '../../ports/store.ts'
import type { CallOptions } from '../call.ts'
import { everyRow } from '../page.ts'
import { confirmScopes, confirmSubjects, findingOf } from './confirm.ts'
import type { Finding } from './finding.ts'
import { invariants } from './invariants/index.ts'
import { type AuditPlan, type KindPlan, planAudit } from './plan.ts'
import { TallyRange } from './range.ts'
import type { AuditKernel, Invariant, ScopeSums, Tally } from './rule.ts'
import { besideSums, readScopes } from './scope-sums.ts'
import { everyScope } from './scopes.ts'

export interface AuditOptions extends Pick<CallOptions, 'signal'> {
  /** Those to check: all of them when absent. */
  readonly invariants?: readonly Invariant[]
  /** Sums held at once for one family of counters: what does not fit takes another sweep. */
  readonly sumsHeld?: number
}

/** Some 100 MB. */
const sumsHeld = 1_000_000

/**
 * Every invariant, recomputed from the rows. What is under way while it reads is looked at again,
 * and left to the next audit if it keeps changing. Memory does not grow with the cloud.
 *
 * @throws CloudError `aborted` when the signal fires.
 */
export async function* audit(
  kernel: AuditKernel,
  options: AuditOptions = {},
): AsyncGenerator<Finding> {
  const { signal } = options
  throwIfAborted(signal)
  const store = signal ? abortableReads(kernel.store, signal) : kernel.store
  const run = new Audit({ ...kernel, store }, options)
  yield* run.findings()
}

class Audit {
  readonly #kernel: AuditKernel
  readonly #plan: AuditPlan
  readonly #most: number
  readonly #reported = new Set<string>()
  #ranges: TallyRange[]

  constructor(kernel: AuditKernel, options: AuditOptions) {
    this.#kernel = kernel
    this.#plan = planAudit(options.invariants ?? invariants)
    this.#most = options.sumsHeld ?? sumsHeld
    this.#ranges = [...this.#plan.sums.keys()].map((tally) => new TallyRange(tally, '', this.#most))
  }

  async *findings(): AsyncGenerator<Finding> {
    for await (const finding of this.#every()) {
      const key = `${finding.invariant} ${finding.subject} ${finding.message}`
      if (this.#reported.has(key)) continue
      this.#reported.add(key)
      yield finding
    }
  }

  async *#every(): AsyncGenerator<Finding> {
    for (let sweep = 0; this.#ranges.length > 0 || sweep === 0; sweep++) {
      for (const plan of this.#plan.kinds.values()) yield* this.#sweep(plan, sweep === 0)
      yield* this.#judge(sweep === 0)
      this.#ranges = this.#ranges.flatMap(({ tally, next }) =>
        next === undefined ? [] : [new TallyRange(tally, next, this.#most)],
      )
    }
    for (const { invariant, rule } of this.#plan.stores) {
      for await (const problem of rule.find(this.#kernel)) yield findingOf(invariant, problem)
    }
  }

  /** Reads a kind once, for every rule; in later sweeps only for tallies that did not fit. */
  async *#sweep(plan: KindPlan, isFirst: boolean): AsyncGenerator<Finding> {
    const counted = plan.parts.flatMap(({ tally, part }) => {
      const range = this.#ranges.find((one) => one.tally === tally)
      return range ? [{ range, part }] : []
    })
    if (!isFirst && counted.length === 0) return
    for await (const rows of everyRow(this.#kernel, plan.kind)) {
      for (const { range, part } of counted) {
        for (const row of rows) for (const charge of part.charges(row)) range.add(charge)
      }
      if (isFirst) yield* this.#checkRows(plan, rows)
    }
  }

  async *#checkRows(plan: KindPlan, rows: readonly Stored[]): AsyncGenerator<Finding> {
    for (const { invariant, rule } of plan.rows) {
      for (const row of rows) {
        for (const message of rule.check(row)) {
          yield { invariant, subject: `${plan.kind.name}:${row.id}`, message }
        }
      }
    }
    for (const { of, concern } of plan.concerns) {
      if (concern.onlyLive) continue
      const subjects = [...new Set(rows.flatMap((row) => concern.subjects(row)))]
      if (subjects.length === 0) continue
      const problems = await of.rule.check(this.#kernel, subjects)
      if (problems.length > 0) yield* await confirmSubjects(this.#kernel, of, problems)
    }
  }

  /** Compares counters with sums: those that exist, then sums without a counter. */
  async *#judge(isFirst: boolean): AsyncGenerator<Finding> {
    const suspects = new Map<Tally, Set<string>>()
    for await (const page of everyScope(this.#kernel.store, '')) {
      const scopes = [...new Set(page.map(({ scope }) => scope))]
      if (isFirst) yield* this.#checkScopes(scopes)
      for (const range of this.#ranges) {
        const { tally, sums } = range
        const own = scopes.filter((one) => one.startsWith(tally.prefix) && range.holds(one))
        if (own.length === 0) continue
        await this.#suspect(tally, besideSums(tally, own, sums, page), suspects)
        for (const scope of own) sums.delete(scope)
      }
    }
    for (const { tally, sums } of this.#ranges) {
      const left = sums.scopes()
      for (let start = 0; start < left.length; start += limits.pageRows) {
        const scopes = left.slice(start, start + limits.pageRows)
        const entries = await readScopes(this.#kernel, tally, scopes, sums)
        await this.#suspect(tally, entries, suspects)
      }
    }
    for (const [tally, scopes] of suspects) {
      const rules = this.#plan.sums.get(tally) ?? []
      yield* await confirmScopes(this.#kernel, tally, rules, [...scopes])
    }
  }

  async #suspect(
    tally: Tally,
    entries: readonly ScopeSums[],
    suspects: Map<Tally, Set<string>>,
  ): Promise<void> {
    for (const { rule } of this.#plan.sums.get(tally) ?? []) {
      for (const { of } of await rule.judge(this.#kernel, entries)) {
        suspects.set(tally, (suspects.get(tally) ?? new Set()).add(of))
      }
    }
  }

  *#checkScopes(scopes: readonly string[]): Generator<Finding> {
    for (const { invariant, rule } of this.#plan.scopes) {
      for (const scope of scopes) {
        const message = rule.check(scope)
        if (message !== undefined) yield { invariant, subject: `counter:${scope}`, message }
      }
    }
  }
}

/** The store as an audit uses it, which is over at the next read once the signal has fired. */
function abortableReads(store: Store, signal: AbortSignal): Store {
  return new Proxy(store, {
    get: (target, name) => {
      throwIfAborted(signal)
      const member: unknown = Reflect.get(target, name)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
}
