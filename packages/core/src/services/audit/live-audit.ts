import type { Kind, Stored } from '../../model/kind.ts'
import type { WriteBatch } from '../../ports/store.ts'
import { everyRow } from '../page.ts'
import { findingOf } from './confirm.ts'
import type { Finding } from './finding.ts'
import { invariants as everyInvariant } from './invariants/index.ts'
import {
  type AuditPlan,
  type KindPlan,
  type Numbered,
  planAudit,
  prefixOf,
  touchedScopes,
} from './plan.ts'
import { isPointerRule, targetOf } from './pointer.ts'
import type { AuditKernel, Charge, Invariant, SubjectRule, Tally } from './rule.ts'
import { readScopes } from './scope-sums.ts'
import { Sums } from './sums.ts'

/** What a row says, as it was last seen. */
interface Known {
  readonly charges: readonly { readonly tally: Tally; readonly charge: Charge }[]
  readonly subjects: readonly { readonly of: Numbered<SubjectRule>; readonly subject: string }[]
}

/** What a commit gives reason to look at. */
interface Touched {
  readonly scopes: Map<Tally, Set<string>>
  readonly subjects: Map<Numbered<SubjectRule>, Set<string>>
}

/**
 * Every invariant, checked as commits happen, at a cost that grows with what each commit touches.
 * It remembers what each row says: for stores in memory. Exact at every instant: give it every
 * transaction, in order, before another one is applied. What holds at rest only is left to `audit`.
 */
export class LiveAudit {
  readonly #kernel: AuditKernel
  readonly #plan: AuditPlan
  readonly #sums = new Map<Tally, Sums>()
  readonly #known = new Map<string, Map<string, Known>>()
  /** Subjects of pointer rules, by the kind and the id that they point to. */
  readonly #pointers = new Map<string, Map<string, Map<string, Numbered<SubjectRule>>>>()

  private constructor(kernel: AuditKernel, invariants: readonly Invariant[]) {
    this.#kernel = kernel
    this.#plan = planAudit(invariants)
    for (const tally of this.#plan.sums.keys()) this.#sums.set(tally, new Sums())
    for (const name of this.#plan.kinds.keys()) this.#known.set(name, new Map())
  }

  /** Takes up what the store holds now, without judging it. */
  static async open(
    kernel: AuditKernel,
    invariants: readonly Invariant[] = everyInvariant,
  ): Promise<LiveAudit> {
    const live = new LiveAudit(kernel, invariants)
    for (const plan of live.#plan.kinds.values()) {
      for await (const rows of everyRow(kernel, plan.kind)) {
        for (const row of rows) live.#learn(plan, row.id, row, undefined)
      }
    }
    return live
  }

  /**
   * What a transaction broke, or left broken where it wrote.
   *
   * @param batches those of the transaction that were applied.
   */
  async committed(batches: readonly WriteBatch[]): Promise<Finding[]> {
    const findings: Finding[] = []
    const touched: Touched = { scopes: new Map(), subjects: new Map() }
    for (const batch of batches) {
      for (const { invariant, rule } of this.#plan.batches) {
        for (const problem of rule.check(batch)) findings.push(findingOf(invariant, problem))
      }
    }
    for (const [plan, own] of this.#written(batches)) {
      const ids = [...own]
      const rows = await this.#kernel.store.get(plan.kind, ids)
      for (let at = 0; at < ids.length; at++) {
        const row = rows[at]
        this.#learn(plan, ids[at] as string, row, touched)
        if (row) checkRow(plan, row, findings)
      }
    }
    await this.#touchScopes(batches, touched, findings)
    await this.#judge(touched, findings)
    return findings
  }

  /** Ids that were written, of kinds that matter. */
  #written(batches: readonly WriteBatch[]): ReadonlyMap<KindPlan, ReadonlySet<string>> {
    const ids = new Map<KindPlan, Set<string>>()
    for (const { kinds } of batches) {
      for (const { kind, writes } of kinds) {
        const plan = this.#plan.kinds.get(kind.name)
        if (!plan) continue
        const own = ids.get(plan) ?? new Set()
        ids.set(plan, own)
        for (const { id } of writes.remove ?? none) own.add(id)
        for (const { id } of writes.update ?? none) own.add(id)
        for (const { id } of writes.insert ?? none) own.add(id)
      }
    }
    return ids
  }

  /** Replaces what a row said by what it says now. */
  #learn(plan: KindPlan, id: string, row: Stored | undefined, touched: Touched | undefined): void {
    const rows = this.#known.get(plan.kind.name) as Map<string, Known>
    const before = rows.get(id) ?? nothing
    const now = row ? says(plan, row) : nothing
    for (const { tally, charge } of before.charges) {
      this.#sums.get(tally)?.subtract(charge)
      if (touched) addTo(touched.scopes, tally, charge.scope)
    }
    // Most rows go on pointing to what they point to.
    const isPointed = sameSubjects(before, now)
    for (const { of, subject } of before.subjects) {
      if (!isPointed) this.#point(of, subject, false)
      if (touched) addTo(touched.subjects, of, subject)
    }
    if (touched) this.#touchPointers(plan.kind, id, touched)
    for (const { tally, charge } of now.charges) {
      this.#sums.get(tally)?.add(charge)
      if (touched) addTo(touched.scopes, tally, charge.scope)
    }
    for (const { of, subject } of isPointed ? none : now.subjects) {
      this.#point(of, subject, true)
      if (touched) addTo(touched.subjects, of, subject)
    }
    if (row) rows.set(id, now)
    else rows.delete(id)
  }

  #point(of: Numbered<SubjectRule>, subject: string, isThere: boolean): void {
    if (!isPointerRule(of.rule)) return
    const kind = of.rule.target.name
    const byId = this.#pointers.get(kind) ?? new Map<string, Map<string, Numbered<SubjectRule>>>()
    this.#pointers.set(kind, byId)
    const id = targetOf(subject)
    const subjects = byId.get(id) ?? new Map<string, Numbered<SubjectRule>>()
    const key = `${of.rule.name} ${subject}`
    if (isThere) {
      byId.set(id, subjects.set(key, of))
      return
    }
    subjects.delete(key)
    if (subjects.size === 0) byId.delete(id)
  }

  #touchPointers(kind: Kind, id: string, touched: Touched): void {
    for (const [key, of] of this.#pointers.get(kind.name)?.get(id) ?? none) {
      addTo(touched.subjects, of, key.slice(of.rule.name.length + 1))
    }
  }

  async #touchScopes(
    batches: readonly WriteBatch[],
    touched: Touched,
    findings: Finding[],
  ): Promise<void> {
    for (const scope of new Set(batches.flatMap(touchedScopes))) {
      const tally = this.#plan.tallies.get(prefixOf(scope))
      if (tally) addTo(touched.scopes, tally, scope)
      else findings.push(...(await this.#checkScope(scope)))
    }
  }

  async #checkScope(scope: string): Promise<Finding[]> {
    const findings = this.#plan.scopes.flatMap(({ invariant, rule }): Finding[] => {
      const message = rule.check(scope)
      return message === undefined ? [] : [{ invariant, subject: `counter:${scope}`, message }]
    })
    // What is gone again does no harm.
    if (findings.length === 0 || (await this.#kernel.store.counters([scope])).length === 0)
      return []
    return findings
  }

  async #judge(touched: Touched, findings: Finding[]): Promise<void> {
    for (const [tally, scopes] of touched.scopes) {
      const sums = this.#sums.get(tally) as Sums
      const entries = await readScopes(this.#kernel, tally, [...scopes], sums)
      for (const { invariant, rule } of this.#plan.sums.get(tally) ?? none) {
        for (const problem of await rule.judge(this.#kernel, entries))
          findings.push(findingOf(invariant, problem))
      }
    }
    for (const [{ invariant, rule }, subjects] of touched.subjects) {
      for (const problem of await rule.check(this.#kernel, [...subjects]))
        findings.push(findingOf(invariant, problem))
    }
  }
}

const none: readonly never[] = []
const nothing: Known = { charges: [], subjects: [] }

function sameSubjects({ subjects: a }: Known, { subjects: b }: Known): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) {
    if (a[at]?.subject !== b[at]?.subject || a[at]?.of !== b[at]?.of) return false
  }
  return true
}

function says(plan: KindPlan, row: Stored): Known {
  const charges: { tally: Tally; charge: Charge }[] = []
  for (const { tally, part } of plan.parts) {
    for (const charge of part.charges(row)) charges.push({ tally, charge })
  }
  const subjects: { of: Numbered<SubjectRule>; subject: string }[] = []
  for (const { of, concern } of plan.concerns) {
    for (const subject of concern.subjects(row)) subjects.push({ of, subject })
  }
  return { charges, subjects }
}

function checkRow(plan: KindPlan, row: Stored, findings: Finding[]): void {
  for (const { invariant, rule } of plan.rows) {
    for (const message of rule.check(row)) {
      findings.push({ invariant, subject: `${plan.kind.name}:${row.id}`, message })
    }
  }
}

function addTo<K>(sets: Map<K, Set<string>>, key: K, value: string): void {
  const set = sets.get(key)
  if (set) set.add(value)
  else sets.set(key, new Set([value]))
}
