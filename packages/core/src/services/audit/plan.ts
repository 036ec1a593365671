import type { Kind } from '../../model/kind.ts'
import type { WriteBatch } from '../../ports/store.ts'
import type {
  BatchRule,
  Concern,
  Invariant,
  RowRule,
  Rule,
  ScopeRule,
  StoreRule,
  SubjectRule,
  SumRule,
  Tally,
  TallyPart,
} from './rule.ts'

/** A rule, and the invariant it belongs to. */
export interface Numbered<R extends Rule> {
  readonly invariant: number
  readonly rule: R
}

/** What rows of one kind are looked at for. */
export interface KindPlan {
  readonly kind: Kind
  readonly rows: readonly Numbered<RowRule>[]
  readonly concerns: readonly { readonly of: Numbered<SubjectRule>; readonly concern: Concern }[]
  readonly parts: readonly { readonly tally: Tally; readonly part: TallyPart }[]
}

/** The rules of invariants by what they look at: so that a kind is read once for all of them. */
export interface AuditPlan {
  readonly kinds: ReadonlyMap<string, KindPlan>
  readonly sums: ReadonlyMap<Tally, readonly Numbered<SumRule>[]>
  readonly tallies: ReadonlyMap<string, Tally>
  readonly subjects: readonly Numbered<SubjectRule>[]
  readonly scopes: readonly Numbered<ScopeRule>[]
  readonly stores: readonly Numbered<StoreRule>[]
  readonly batches: readonly Numbered<BatchRule>[]
}

/** Sorts rules by what they look at. */
export function planAudit(invariants: readonly Invariant[]): AuditPlan {
  const all = invariants.flatMap(({ number, rules }) =>
    rules.map((rule): Numbered<Rule> => ({ invariant: number, rule })),
  )
  const ofType = <R extends Rule>(type: R['type']): Numbered<R>[] =>
    all.filter((one): one is Numbered<R> => one.rule.type === type)
  const sums = new Map<Tally, Numbered<SumRule>[]>()
  for (const one of ofType<SumRule>('sum')) {
    sums.set(one.rule.tally, [...(sums.get(one.rule.tally) ?? []), one])
  }
  const subjects = ofType<SubjectRule>('subject')
  return {
    kinds: planKinds(ofType<RowRule>('row'), subjects, [...sums.keys()]),
    sums,
    tallies: new Map([...sums.keys()].map((tally) => [tally.prefix, tally])),
    subjects,
    scopes: ofType<ScopeRule>('scope'),
    stores: ofType<StoreRule>('store'),
    batches: ofType<BatchRule>('batch'),
  }
}

function planKinds(
  rows: readonly Numbered<RowRule>[],
  subjects: readonly Numbered<SubjectRule>[],
  tallies: readonly Tally[],
): ReadonlyMap<string, KindPlan> {
  const kinds = new Map<
    string,
    {
      kind: Kind
      rows: Numbered<RowRule>[]
      concerns: { of: Numbered<SubjectRule>; concern: Concern }[]
      parts: { tally: Tally; part: TallyPart }[]
    }
  >()
  const planOf = (kind: Kind) => {
    const plan = kinds.get(kind.name) ?? { kind, rows: [], concerns: [], parts: [] }
    kinds.set(kind.name, plan)
    return plan
  }
  for (const one of rows) planOf(one.rule.kind).rows.push(one)
  for (const of of subjects) {
    for (const concern of of.rule.concerns) planOf(concern.kind).concerns.push({ of, concern })
  }
  for (const tally of tallies) {
    for (const part of tally.parts) planOf(part.kind).parts.push({ tally, part })
  }
  return kinds
}

/** The prefix of a scope, its colon included: what tells tallies apart. */
export function prefixOf(scope: string): string {
  return scope.slice(0, scope.indexOf(':') + 1)
}

/** Counter scopes that a batch touches. */
export function touchedScopes(batch: WriteBatch): string[] {
  const scopes: string[] = []
  for (const { scope } of batch.limit ?? []) scopes.push(scope)
  for (const { scope } of batch.add ?? []) scopes.push(scope)
  for (const scope of batch.drop ?? []) scopes.push(scope)
  return scopes
}
