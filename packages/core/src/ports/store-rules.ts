import { CloudError } from '../base/errors.ts'
import type { IndexSpec, Kind } from '../model/kind.ts'
import { type CounterName, counterKey } from './store-batch.ts'
import { checkRecord } from './store-record.ts'
import type { CounterAdd, IndexValue, Query, WriteBatch } from './store.ts'

/** Bounds that every store keeps, each with its reason. */
export const storeLimits = {
  /** Characters of an id, an indexed text, a scope, a name: an index row stays within a page. */
  keyLength: 1_024,
  /** Records, changes or scopes of one page: bounds a read's memory. */
  pageRows: 100_000,
  /** Ids or key tuples of one read, rows of one verb: bounds a statement's memory. */
  rows: 1_000_000,
  /** Batches of one transaction. */
  batches: 10_000,
  /** Characters and values of one record. */
  recordWeight: 4 * 2 ** 20,
  /** Levels of nesting in one record. */
  recordDepth: 64,
} as const

/** Names that stores keep for tables and columns of their own. */
const reservedKinds = ['change', 'counter', 'meta']
const identifier = /^[A-Za-z][A-Za-z0-9_]{0,62}$/

/**
 * The kinds by name.
 *
 * @throws CloudError `invalid` for a name that not every store can hold, or that is used twice.
 */
export function kindsByName(kinds: readonly Kind[]): ReadonlyMap<string, Kind> {
  const byName = new Map<string, Kind>()
  const seen = new Set<string>()
  for (const kind of kinds) {
    const folded = kind.name.toLowerCase()
    if (
      !identifier.test(kind.name) ||
      reservedKinds.includes(folded) ||
      folded.startsWith('sqlite_')
    ) {
      throw invalid('kind', `${kind.name} is no usable name of a kind.`)
    }
    if (seen.has(folded)) throw invalid('kind', `The kind ${kind.name} is named twice.`)
    seen.add(folded)
    checkIndexes(kind)
    byName.set(kind.name, kind)
  }
  return byName
}

function checkIndexes(kind: Kind): void {
  const columns = new Map([
    ['id', 'id'],
    ['rev', 'rev'],
    ['doc', ''],
  ])
  const names = new Set<string>()
  for (const [name, spec] of Object.entries(kind.indexes)) {
    if (!identifier.test(name) || names.has(name.toLowerCase())) {
      throw invalid('kind', `${kind.name}.${name} is no usable name of an index.`)
    }
    names.add(name.toLowerCase())
    if (spec.fields.length === 0 || new Set(spec.fields).size !== spec.fields.length) {
      throw invalid('kind', `${kind.name}.${name} needs fields, each once.`)
    }
    for (const field of spec.fields) {
      // Column names are one per field whatever the case.
      const known = columns.get(field.toLowerCase()) ?? field
      if (!identifier.test(field) || known !== field) {
        throw invalid('kind', `${kind.name}.${field} is no usable name of an indexed field.`)
      }
      columns.set(field.toLowerCase(), field)
    }
  }
}

/** The kind as it was opened. */
export function openedKind(kinds: ReadonlyMap<string, Kind>, kind: Kind): Kind {
  const opened = kinds.get(kind.name)
  if (!opened) throw invalid('kind', `The store was not opened with the kind ${kind.name}.`)
  return opened
}

/** By kind: what `indexedFields` found. It is needed for every batch. */
const fieldsByKind = new WeakMap<Kind, readonly string[]>()

/** Every field that some index of the kind has, once. */
function indexedFields(kind: Kind): readonly string[] {
  let fields = fieldsByKind.get(kind)
  if (!fields) {
    fields = [...new Set(Object.values(kind.indexes).flatMap((index) => index.fields))]
    fieldsByKind.set(kind, fields)
  }
  return fields
}

/** The kind's index of this name. */
export function indexOf(kind: Kind, name: string): IndexSpec {
  if (!Object.hasOwn(kind.indexes, name)) {
    throw invalid('index', `The kind ${kind.name} has no index ${name}.`)
  }
  return kind.indexes[name] as IndexSpec
}

/** Texts that are stored as keys: bounded, and representable in UTF-8 without a NUL. */
export function checkKey(value: unknown, field: string): asserts value is string {
  if (typeof value !== 'string') throw invalid(field, 'must be text.')
  if (value.length > storeLimits.keyLength) {
    throw new CloudError('invalid', `${field}: is too long.`, {
      field,
      limit: storeLimits.keyLength,
    })
  }
  if (unstorable.test(value)) throw invalid(field, 'holds a NUL or half a surrogate pair.')
}

function checkKeyOf(value: unknown, field: string): void {
  checkKey(value, field)
}

// With the u flag the range matches only surrogates without their other half.
const unstorable = /[\0\ud800-\udfff]/u

/** Many keys: ids, scopes. */
export function checkKeys(values: readonly unknown[], field: string): void {
  checkEach(values, field, checkKeyOf)
}

export function checkCount(values: unknown, field: string, limit: number): void {
  if (!Array.isArray(values)) throw invalid(field, 'must be a list.')
  if (values.length > limit) {
    throw new CloudError('invalid', `${field}: has too many items.`, { field, limit })
  }
}

/** A value that an index can hold. */
export function checkIndexValue(value: unknown, field: string): asserts value is IndexValue {
  if (value === null || typeof value === 'boolean') return
  if (typeof value === 'string') return checkKey(value, field)
  if (typeof value !== 'number') throw invalid(field, 'cannot be indexed.')
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
    throw invalid(field, 'is no number that every store holds exactly.')
  }
}

export function checkPage(limit: unknown, field = 'limit'): void {
  checkInteger(limit, field, 1)
  if ((limit as number) > storeLimits.pageRows) {
    throw new CloudError('invalid', `${field}: is too large.`, {
      field,
      limit: storeLimits.pageRows,
    })
  }
}

export function checkInteger(value: unknown, field: string, least: number): void {
  if (!Number.isSafeInteger(value) || (value as number) < least) {
    throw new CloudError('invalid', `${field}: must be an integer of at least ${least}.`, {
      field,
      limit: least,
    })
  }
}

/**
 * The fields of the query's index: none = by id.
 *
 * @throws CloudError `invalid`.
 */
export function checkQuery(kind: Kind, query: Query): readonly string[] {
  checkPage(query.limit)
  const fields = checkEquals(kind, query)
  for (const side of ['from', 'to'] as const) {
    const bound = query[side]
    if (bound === undefined) continue
    if (bound === null) throw invalid(side, 'a bound has a value.')
    checkIndexValue(bound, side)
  }
  if (query.after !== undefined) {
    checkKey(query.after.id, 'after.id')
    checkIndexed(query.after, fields, 'after')
  }
  return fields
}

/** As `checkQuery`, for what `count` takes. */
export function checkEquals(kind: Kind, query: Pick<Query, 'index' | 'equals'>): readonly string[] {
  const fields = query.index === undefined ? [] : indexOf(kind, query.index).fields
  checkTuple(query.equals ?? [], fields, 'equals', 0)
  return fields
}

/** The fields of the index that `lookup` reads. */
export function checkLookup(
  kind: Kind,
  index: string,
  keys: readonly (readonly IndexValue[])[],
): readonly string[] {
  const { fields } = indexOf(kind, index)
  checkEach(keys, 'keys', (key, where) => checkTuple(key, fields, where, 1))
  return fields
}

function checkTuple(
  values: readonly unknown[],
  fields: readonly string[],
  field: string,
  least: number,
): void {
  if (!Array.isArray(values) || values.length < least || values.length > fields.length) {
    throw new CloudError('invalid', `${field}: must name leading fields of the index.`, {
      field,
      limit: fields.length,
    })
  }
  values.forEach((value, at) => checkIndexValue(value, `${field}[${at}]`))
}

function checkIndexed(record: object, fields: Iterable<string>, path: string): void {
  for (const field of fields) {
    if (!Object.hasOwn(record, field)) continue
    const value = (record as Readonly<Record<string, unknown>>)[field]
    if (value !== undefined) checkIndexValue(value, `${path}.${field}`)
  }
}

/**
 * What every store checks before it applies anything, so that bad input is refused alike by all.
 *
 * @throws CloudError `invalid` with the path of the value at fault.
 */
export function checkBatches(
  kinds: ReadonlyMap<string, Kind>,
  batches: readonly WriteBatch[],
): void {
  checkCount(batches, 'batches', storeLimits.batches)
  for (let at = 0; at < batches.length; at++) {
    checkBatch(kinds, batches[at] as WriteBatch, `batches[${at}]`)
  }
}

function checkBatch(kinds: ReadonlyMap<string, Kind>, batch: WriteBatch, path: string): void {
  for (const { kind, writes } of batch.kinds) {
    const fields = indexedFields(openedKind(kinds, kind))
    const where = `${path}.${kind.name}`
    const { insert, update, remove } = writes
    if (insert != null) checkRows(insert, fields, `${where}.insert`, true)
    if (update != null) checkRows(update, fields, `${where}.update`, true, true)
    if (remove != null) checkRows(remove, fields, `${where}.remove`, false, true)
  }
  checkCounters(batch, path)
  if (batch.topics != null) checkKeys(batch.topics, `${path}.topics`)
  checkKey(batch.origin, `${path}.origin`)
  if (!Number.isFinite(batch.at)) throw invalid(`${path}.at`, 'must be a finite number.')
}

/**
 * Checks every item of a list. Where it stands is spelt out only for the one at fault, which is
 * checked again: this runs for everything that is written.
 */
function checkEach<T>(
  list: readonly T[],
  path: string,
  check: (item: T, where: string) => void,
): void {
  checkCount(list, path, storeLimits.rows)
  for (let at = 0; at < list.length; at++) {
    try {
      check(list[at] as T, path)
    } catch {
      check(list[at] as T, `${path}[${at}]`)
    }
  }
}

function checkRows(
  rows: readonly (object & { readonly id: string; readonly rev?: number })[],
  fields: readonly string[],
  path: string,
  whole: boolean,
  revised = false,
): void {
  checkEach(rows, path, (row, where) => {
    if (typeof row !== 'object' || row === null) throw invalid(where, 'must be a record.')
    checkKey(row.id, `${where}.id`)
    if (revised) checkInteger(row.rev, `${where}.rev`, 1)
    if (!whole) return
    checkRecord(row, where, storeLimits)
    checkIndexed(row, fields, where)
  })
}

function checkCounters(batch: WriteBatch, path: string): void {
  if (batch.drop != null) checkKeys(batch.drop, `${path}.drop`)
  if (batch.limit != null) {
    checkEach(batch.limit, `${path}.limit`, (item, where) => {
      checkCounter(item, where)
      checkInteger(item.limit, `${where}.limit`, 0)
    })
  }
  if (batch.add != null) checkAdds(batch.add, `${path}.add`)
}

function checkAdds(adds: readonly CounterAdd[], path: string): void {
  const totals = new Map<string, number>()
  checkEach(adds, path, (item, where) => {
    checkCounter(item, where)
    if (item.limit !== undefined) checkInteger(item.limit, `${where}.limit`, 0)
    checkInteger(item.add, `${where}.add`, Number.MIN_SAFE_INTEGER)
    const key = counterKey(item)
    const total = (totals.get(key) ?? 0) + Math.abs(item.add)
    // So that no sum of adds to a counter, in whatever order, leaves the exact integers.
    if (!Number.isSafeInteger(total)) throw invalid(`${where}.add`, 'adds up to too much.')
    totals.set(key, total)
  })
}

function checkCounter(counter: CounterName, where: string): void {
  checkKey(counter.scope, `${where}.scope`)
  checkKey(counter.name, `${where}.name`)
}

function invalid(field: string, message: string): CloudError {
  return new CloudError('invalid', `${field}: ${message}`, { field })
}
