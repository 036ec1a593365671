import { CloudError } from '@nephos/core'
import fc from 'fast-check'
import type { z } from 'zod'
import { accepts, boundsOf, definitionOf, mayBeAbsent, type Schema } from './schema.ts'
import { stringsWithin } from './strings.ts'

export interface InputOptions {
  /**
   * Generators for schemas, wherever they stand inside: ids that exist, values that a refinement
   * makes rare. Their values are still filtered by the schema.
   */
  readonly overrides?: ReadonlyMap<Schema, fc.Arbitrary<unknown>>
}

/** Values in a row that a schema may refuse before its generator is given up. */
const longestMiss = 20_000

/** Entries of arrays and records beyond their lower bound. */
const extraEntries = 4

/**
 * Values that the schema accepts, as a caller may write them: defaults left out, transforms not yet
 * applied.
 *
 * @throws CloudError `invalid` for a kind of schema that has no generator, and, while generating,
 *   for one whose refinements refuse everything: give an override.
 */
export function validInput<S extends Schema>(
  schema: S,
  options: InputOptions = {},
): fc.Arbitrary<z.core.input<S>> {
  return accepted(schema, build(schema, options)) as fc.Arbitrary<z.core.input<S>>
}

function build(schema: Schema, options: InputOptions): fc.Arbitrary<unknown> {
  const override = options.overrides?.get(schema)
  if (override) return accepted(schema, override)
  const base = buildBase(schema, options)
  const { checks } = definitionOf(schema)
  const isFiltered = (checks?.length ?? 0) > 0 || definitionOf(schema).type === 'pipe'
  return isFiltered ? accepted(schema, base) : base
}

function buildBase(schema: Schema, options: InputOptions): fc.Arbitrary<unknown> {
  const definition = definitionOf(schema)
  const within = (inner: Schema): fc.Arbitrary<unknown> => build(inner, options)
  switch (definition.type) {
    case 'string':
      return accepted(schema, stringsWithin(boundsOf(schema)))
    case 'number':
      return numbers(schema)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'undefined':
    case 'void':
      return fc.constant(undefined)
    case 'any':
    case 'unknown':
      return fc.jsonValue({ maxDepth: 1 })
    case 'lazy':
      // It may hold itself, as `z.json()` does: of JSON, what it accepts.
      return accepted(schema, fc.jsonValue({ maxDepth: 2 }))
    case 'literal':
      return fc.constantFrom(...definition.values)
    case 'enum':
      return fc.constantFrom(...Object.values(definition.entries))
    case 'date':
      return fc.date({ noInvalidDate: true })
    case 'optional':
    case 'default':
    case 'prefault':
    case 'catch':
      return fc.option(within(definition.innerType), { nil: undefined, freq: 3 })
    case 'nullable':
      return fc.option(within(definition.innerType), { nil: null, freq: 3 })
    case 'readonly':
    case 'nonoptional':
      return within(definition.innerType)
    case 'array':
      return arrays(schema, within(definition.element))
    case 'tuple':
      return fc.tuple(...definition.items.map((item) => within(item)))
    case 'object':
      return objects(definition.shape, within)
    case 'record':
      return records(definition.keyType, within(definition.keyType), within(definition.valueType))
    case 'union':
      return fc.oneof(...definition.options.map((option) => within(option)))
    case 'intersection':
      return fc
        .tuple(within(definition.left), within(definition.right))
        .map(([left, right]) => Object.assign({}, left, right))
    case 'pipe': {
      const isPreprocess = definitionOf(definition.in).type === 'transform'
      return within(isPreprocess ? definition.out : definition.in)
    }
    default:
      throw new CloudError('invalid', `No generator for zod's ${definition.type}: override it.`, {
        field: 'schema',
      })
  }
}

/** Only what the schema accepts. Throws instead of searching for ever. */
function accepted<T>(schema: Schema, values: fc.Arbitrary<T>): fc.Arbitrary<T> {
  let misses = 0
  return values.filter((value) => {
    if (accepts(schema, value)) {
      misses = 0
      return true
    }
    if (++misses <= longestMiss) return false
    const { type } = definitionOf(schema)
    throw new CloudError('invalid', `A ${type} schema refuses everything tried: override it.`, {
      field: 'schema',
      limit: longestMiss,
    })
  })
}

function numbers(schema: Schema): fc.Arbitrary<number> {
  const { min, max, isInteger, multipleOf } = boundsOf(schema)
  if (!isInteger && multipleOf === undefined) {
    const bounds = { min: Math.max(min, -1e15), max: Math.min(max, 1e15) }
    return accepted(schema, fc.double({ ...bounds, noNaN: true }))
  }
  const step = multipleOf ?? 1
  const safe = Math.floor(Number.MAX_SAFE_INTEGER / step)
  const low = Math.max(-safe, Math.ceil(min / step))
  const high = Math.min(safe, Math.floor(max / step))
  // fast-check favours values near the bounds and near 0.
  return accepted(
    schema,
    fc.integer({ min: low, max: high }).map((count) => count * step),
  )
}

function arrays(schema: Schema, element: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> {
  const { min, max } = boundsOf(schema)
  const minLength = Math.max(0, min)
  const maxLength = Math.min(max, minLength + extraEntries)
  // Many lists refuse duplicates; others must bear them.
  const selector = (value: unknown): string => JSON.stringify(value) ?? 'undefined'
  const distinct = fc.uniqueArray(element, { minLength: 0, maxLength, selector })
  return fc.oneof(
    distinct.filter((items) => items.length >= minLength),
    fc.array(element, { minLength, maxLength }),
  )
}

function objects(
  shape: Readonly<Record<string, Schema>>,
  within: (schema: Schema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(shape)
  const requiredKeys = fields.filter(([, field]) => !mayBeAbsent(field)).map(([name]) => name)
  const model = Object.fromEntries(fields.map(([name, field]) => [name, within(field)]))
  return fc.record(model, { requiredKeys, noNullPrototype: true })
}

function records(
  keySchema: Schema,
  keys: fc.Arbitrary<unknown>,
  values: fc.Arbitrary<unknown>,
): fc.Arbitrary<Record<string, unknown>> {
  const definition = definitionOf(keySchema)
  if (definition.type === 'enum' || definition.type === 'literal') {
    const names = definition.type === 'enum' ? Object.values(definition.entries) : definition.values
    const model = Object.fromEntries(names.map((name) => [String(name), values]))
    return fc.record(model, { noNullPrototype: true })
  }
  const names = keys.map(String)
  return fc.dictionary(names, values, { maxKeys: extraEntries, noNullPrototype: true })
}
