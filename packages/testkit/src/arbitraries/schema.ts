import { z } from 'zod'

/** Any zod 4 schema. */
export type Schema = z.core.$ZodType
/** What a schema is made of, told apart by `type`. */
export type Definition = z.core.$ZodTypes['_zod']['def']

export function definitionOf(schema: Schema): Definition {
  const { _zod: internals } = schema
  return internals.def as Definition
}

/** True when an object may leave the field out. */
export function mayBeAbsent(schema: Schema): boolean {
  const { _zod: internals } = schema
  return internals.optin !== undefined
}

export function accepts(schema: Schema, value: unknown): boolean {
  return z.safeParse(schema, value).success
}

/** What the checks of a schema say, as far as they can be read. Refinements cannot. */
export interface Bounds {
  /** Inclusive bounds of a number, or of a length. */
  readonly min: number
  readonly max: number
  readonly isInteger: boolean
  readonly multipleOf: number | undefined
  readonly patterns: readonly RegExp[]
}

/** A check's definition, with the fields of every kind of check. */
interface Check {
  readonly check?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly length?: number
  readonly value?: unknown
  readonly inclusive?: boolean
  readonly pattern?: RegExp
}

interface Checked {
  readonly checks?: readonly z.core.$ZodCheck[] | undefined
}

/** Bounds as the checks state them: −∞ and ∞ where they state none. */
export function boundsOf(schema: Schema): Bounds {
  const { _zod: own } = schema
  const definition: Check & Checked = own.def
  const checks = (definition.checks ?? []).map(({ _zod: internals }): Check => internals.def)
  // A schema such as z.int() or z.uuid() is itself a check.
  const all = definition.check === undefined ? checks : [definition, ...checks]
  const isInteger = all.some((check) => check.format === 'safeint' || check.format === 'int32')
  const multiple = all.find((check) => check.check === 'multiple_of')?.value
  let min = isInteger ? Number.MIN_SAFE_INTEGER : -Infinity
  let max = isInteger ? Number.MAX_SAFE_INTEGER : Infinity
  for (const check of all) {
    // Only integers have a neighbour next to an exclusive bound; others leave it to a filter.
    const step = check.inclusive === false && isInteger ? 1 : 0
    const value = typeof check.value === 'number' ? check.value : undefined
    if (check.check === 'greater_than' && value !== undefined) min = Math.max(min, value + step)
    if (check.check === 'less_than' && value !== undefined) max = Math.min(max, value - step)
    min = Math.max(min, check.minimum ?? -Infinity, check.length ?? -Infinity)
    max = Math.min(max, check.maximum ?? Infinity, check.length ?? Infinity)
  }
  const patterns = all.flatMap((check) => (check.pattern ? [check.pattern] : []))
  const multipleOf = typeof multiple === 'number' ? multiple : undefined
  return { min, max, isInteger, multipleOf, patterns }
}
