import type { Kernel } from '../../kernel.ts'
import type { Kind, Stored } from '../../model/kind.ts'
import type { Counter, IndexValue, WriteBatch } from '../../ports/store.ts'

/** What checking needs of a kernel. */
export type AuditKernel = Pick<Kernel, 'store' | 'images' | 'objects'>

/** Something that must always hold. */
export interface Invariant {
  /** As findings name it: fixed for good. */
  readonly number: number
  /** What always holds. */
  readonly title: string
  /** How a finding can come about, and what it means, for operators. */
  readonly cause: string
  readonly rules: readonly Rule[]
}

/** One way in which rows or counters can break an invariant. */
export type Rule = RowRule | SubjectRule | SumRule | ScopeRule | StoreRule | BatchRule

interface Named {
  /** Unique among the rules of all invariants. */
  readonly name: string
}

/** Looks at one row by itself. */
export interface RowRule extends Named {
  readonly type: 'row'
  readonly kind: Kind
  /** What is wrong with the row, if anything. */
  check(row: Stored): Iterable<string>
}

/** Something that a rule found wrong: with what it looked at, so that it can look again. */
export interface Problem {
  readonly of: string
  /** The row or counter concerned, as `kind:id`. */
  readonly subject: string
  readonly message: string
}

/**
 * Looks at subjects, each by itself, that several rows may concern: a page of them in a constant
 * number of statements.
 */
export interface SubjectRule extends Named {
  readonly type: 'subject'
  readonly concerns: readonly Concern[]
  check(kernel: AuditKernel, subjects: readonly string[]): Promise<readonly Problem[]>
}

/** Which subjects a row concerns. */
export interface Concern {
  readonly kind: Kind
  subjects(row: Stored): readonly string[]
  /** True: a sweep over all rows finds the same by other concerns, and leaves this one out. */
  readonly onlyLive?: boolean
}

/** What a row adds to a counter. */
export interface Charge {
  readonly scope: string
  /**
   * The counter. One that begins with `#` exists nowhere: it is summed for the sake of a rule. An
   * empty one says only that there is something to look at under this scope.
   */
  readonly name: string
  readonly amount: number
}

/** What counters of one family stand for. */
export interface Tally {
  /** What the scopes begin with, the colon included: no other tally's do. */
  readonly prefix: string
  readonly parts: readonly TallyPart[]
}

/** What rows of one kind add to a tally. */
export interface TallyPart {
  readonly kind: Kind
  charges(row: Stored): Iterable<Charge>
  /** Where the rows that charge one scope are found, if there is such an index. */
  readonly index?: { readonly name: string; keys(id: string): readonly IndexValue[] }
}

/** The counters of one scope, and what they stand for. */
export interface ScopeSums {
  readonly scope: string
  /** The scope without its prefix. */
  readonly id: string
  /** By name, of rows that exist; undefined when there is no row at all. */
  readonly sums: ReadonlyMap<string, number> | undefined
  readonly counters: readonly Counter[]
}

/** Compares counters, or rules about them, with sums over rows. */
export interface SumRule extends Named {
  readonly type: 'sum'
  readonly tally: Tally
  /** A page of scopes in a constant number of statements. */
  judge(kernel: AuditKernel, page: readonly ScopeSums[]): Promise<readonly Problem[]>
}

/** Looks at the scope of counters by itself. */
export interface ScopeRule extends Named {
  readonly type: 'scope'
  /** What is wrong with it, if anything. */
  check(scope: string): string | undefined
}

/** Holds when nothing is under way; looks beyond the rows. */
export interface StoreRule extends Named {
  readonly type: 'store'
  find(kernel: AuditKernel): AsyncIterable<Problem>
}

/** Looks at what is written, which the rows do not show afterwards. */
export interface BatchRule extends Named {
  readonly type: 'batch'
  check(batch: WriteBatch): Iterable<Problem>
}

/** @returns a rule about rows of one kind. */
export function rowRule<T extends Stored>(
  name: string,
  kind: Kind<T>,
  check: (row: T) => Iterable<string>,
): RowRule {
  return { type: 'row', name, kind, check: (row) => check(row as T) }
}

/** @returns which subjects rows of one kind concern. */
export function concern<T extends Stored>(
  kind: Kind<T>,
  subjects: (row: T) => readonly string[],
  options: Pick<Concern, 'onlyLive'> = {},
): Concern {
  return { kind, subjects: (row) => subjects(row as T), ...options }
}

/** @returns what rows of one kind add to a tally. */
export function tallyPart<T extends Stored>(
  kind: Kind<T>,
  charges: (row: T) => Iterable<Charge>,
  index?: TallyPart['index'],
): TallyPart {
  return { kind, charges: (row) => charges(row as T), ...(index && { index }) }
}

/** @returns an index whose first field is the id of the scope. */
export function byField(name: string): NonNullable<TallyPart['index']> {
  return { name, keys: (id) => [id] }
}

/** A scope that exists as long as the row, with these counters. */
export function opened(scope: string, ...names: readonly string[]): Charge[] {
  return (names.length === 0 ? [''] : names).map((name) => ({ scope, name, amount: 0 }))
}
