import { fieldOf, type IndexValue, plainValue } from '@nephos/core'

/**
 * Index values as text whose order by bytes is the order of stores: numbers, then text; null stays
 * null, and comes first in every index. A number is the letter n and the sixteen digits of its
 * bits, turned so that they grow with it; a text is the letter s and itself.
 */
export function keyText(value: IndexValue): string | null {
  const plain = plainValue(value)
  if (plain === null) return null
  return typeof plain === 'string' ? `s${plain}` : `n${numberDigits(plain)}`
}

const view = new DataView(new ArrayBuffer(8))
const signBit = 0x8000_0000

function numberDigits(value: number): string {
  // -0 is 0.
  view.setFloat64(0, value + 0)
  const high = view.getUint32(0)
  const low = view.getUint32(4)
  // Negative numbers grow as their bits shrink.
  const isNegative = high >= signBit
  return digits(isNegative ? ~high : high ^ signBit) + digits(isNegative ? ~low : low)
}

function digits(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}

/** The column that holds a field, and what it holds: the id is itself, always text. */
export function columnKey(field: string, value: IndexValue): string | null {
  if (field !== 'id') return keyText(value)
  // Every text comes after every number, and after null.
  return typeof value === 'string' ? value : ''
}

/** What the column of the field holds for this record. */
export function recordKey(field: string, record: object): string | null {
  return columnKey(field, fieldOf(record, field))
}
