import type { Stored } from '../model/kind.ts'
import type { IndexValue } from './store.ts'

/**
 * The order of index values, the same in every store: null, then numbers (false is 0, true is 1),
 * then text by code point.
 */
export function compareIndexValues(a: unknown, b: unknown): number {
  const left = rankOf(a)
  const right = rankOf(b)
  if (left !== right) return left - right
  if (left === 0) return 0
  return left === 1 ? Number(a) - Number(b) : compareText(a as string, b as string)
}

function rankOf(value: unknown): 0 | 1 | 2 {
  if (value === null || value === undefined) return 0
  return typeof value === 'string' ? 2 : 1
}

/**
 * By code point, as UTF-8 bytes compare. JavaScript's `<` compares UTF-16 units, which puts the
 * characters beyond U+FFFF before U+E000 to U+FFFF: only texts that both reach that far can differ.
 */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  if (high.test(a) && high.test(b)) return compareHigh(a, b)
  return a < b ? -1 : 1
}

const high = /[\ud800-\uffff]/

function compareHigh(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at)
    const right = b.charCodeAt(at)
    if (left !== right) return surrogatesLast(left) - surrogatesLast(right)
  }
  return a.length - b.length
}

/** Moves surrogates above all other units. */
function surrogatesLast(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

/** Order of two records in an index: its fields, then the id. */
export function compareRecords(fields: readonly string[], a: Stored, b: Stored): number {
  for (const field of fields) {
    const order = compareIndexValues(fieldOf(a, field), fieldOf(b, field))
    if (order !== 0) return order
  }
  return compareText(a.id, b.id)
}

/**
 * The value of an indexed field; null where absent. What is no value of an index is not the
 * record's own either: it is a member that every object has, such as `constructor`.
 */
export function fieldOf(record: object, field: string): IndexValue {
  const value = (record as Readonly<Record<string, unknown>>)[field]
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value
  }
  return null
}

/**
 * One text per tuple of index values: equal values give equal text, true equals 1. Undefined where
 * a value is null: such a tuple is outside every uniqueness check.
 */
export function uniqueKey(record: object, fields: readonly string[]): string | undefined {
  const values: (string | number)[] = []
  for (const field of fields) {
    const value = plainValue(fieldOf(record, field))
    if (value === null) return undefined
    values.push(value)
  }
  return JSON.stringify(values)
}

/** The value as SQL stores hold it: false is 0, true is 1. */
export function plainValue(value: IndexValue): string | number | null {
  return typeof value === 'boolean' ? Number(value) : value
}

/**
 * The least text above every text that starts with the prefix; undefined when there is none
 * (the empty prefix, or nothing but U+10FFFF).
 */
export function afterPrefix(prefix: string): string | undefined {
  const points = [...prefix].map((character) => character.codePointAt(0) as number)
  while (points.at(-1) === 0x10ffff) points.pop()
  const last = points.pop()
  if (last === undefined) return undefined
  // The units after U+D7FF are surrogates: no text of its own.
  points.push(last === 0xd7ff ? 0xe000 : last + 1)
  return String.fromCodePoint(...points)
}
