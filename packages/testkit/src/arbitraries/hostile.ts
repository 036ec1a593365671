import { CloudError } from '@nephos/core'
import fc from 'fast-check'
import { accepts, boundsOf, definitionOf, mayBeAbsent, type Schema } from './schema.ts'
import { repeatTo } from './strings.ts'
import { type InputOptions, validInput } from './valid.ts'

/** Values in a row that a schema may accept before the search is given up. */
const longestMiss = 20_000

/** Largest text or list made to break an upper bound. */
const largest = 1_000_000

/** An own `__proto__`, as JSON.parse makes it; a literal would set the prototype instead. */
const protoKey: unknown = JSON.parse('{"__proto__":{"isAdmin":true}}')

/** Texts that have broken parsers, paths, logs and shells. */
const hostileTexts = [
  ...['', ' ', '\u0000', 'a\u0000b', 'a\r\nb: c', '\u001b[2J', '\ud800', '\u202egnp', '\ufeff'],
  ...['__proto__', 'constructor', '../../../../etc/passwd', '%2e%2e%2f', "' OR 1=1 --", '$(id)'],
  ...['NaN', '1e9', '-0', '0x10', '١٢٣', 'x'.repeat(10_000)],
] as const

const hostileNumbers = [
  ...[-1, -0, 0, 0.5, -0.5, 1e9, 1e300, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 53)],
  ...[Number.NaN, Infinity, -Infinity, Number.MIN_VALUE],
] as const

const oddThings = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, false, 10n, Symbol('x'), () => 1),
  fc.constantFrom<unknown>([], [[]], {}, { length: 1e9 }, protoKey, new Date(Number.NaN)),
  fc.constantFrom<unknown>(new Map(), new Set([1]), new Uint8Array(3), Object.create(null)),
)

/** Values of every type, most of which no field should take. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.constantFrom(...hostileNumbers),
  oddThings,
)

/**
 * Values that the schema refuses, most of them valid but for one place: wrong types, unknown and
 * missing fields, numbers and lengths out of bounds, NaN, control characters, `__proto__` keys.
 *
 * @throws CloudError `invalid`, while generating, for a schema that accepts everything.
 */
export function hostileInput(schema: Schema, options: InputOptions = {}): fc.Arbitrary<unknown> {
  let misses = 0
  return spoil(schema, options).filter((value) => {
    if (!accepts(schema, value)) {
      misses = 0
      return true
    }
    if (++misses <= longestMiss) return false
    throw new CloudError('invalid', 'The schema accepts everything tried.', {
      field: 'schema',
      limit: longestMiss,
    })
  })
}

/** Values likely to be refused. */
function spoil(schema: Schema, options: InputOptions): fc.Arbitrary<unknown> {
  const special = spoilByType(schema, options)
  return special ? fc.oneof({ arbitrary: special, weight: 4 }, junk) : junk
}

function spoilByType(schema: Schema, options: InputOptions): fc.Arbitrary<unknown> | undefined {
  const definition = definitionOf(schema)
  switch (definition.type) {
    case 'string':
      return spoiltTexts(schema, options)
    case 'number':
      return spoiltNumbers(schema, options)
    case 'literal':
      return fc.constantFrom(...definition.values.map((value) => `${String(value)}x`))
    case 'enum': {
      const names = Object.values(definition.entries).map(String)
      return fc.constantFrom(...names.flatMap((name) => [`${name}x`, ` ${name}`, swapCase(name)]))
    }
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'nonoptional':
      return spoil(definition.innerType, options)
    case 'array':
      return spoiltArrays(schema, definition.element, options)
    case 'object':
      return spoiltObjects(schema, definition.shape, options)
    case 'record':
      return spoiltRecords(definition.keyType, definition.valueType, options)
    case 'union':
      return fc.oneof(...definition.options.map((option) => spoil(option, options)))
    case 'intersection':
      return fc.oneof(spoil(definition.left, options), spoil(definition.right, options))
    case 'pipe': {
      const isPreprocess = definitionOf(definition.in).type === 'transform'
      return spoil(isPreprocess ? definition.out : definition.in, options)
    }
    default:
      return undefined
  }
}

function spoiltTexts(schema: Schema, options: InputOptions): fc.Arbitrary<unknown> {
  const { min, max } = boundsOf(schema)
  const valid = validInput(schema, options).map(String)
  const ways = [
    fc
      .tuple(valid, fc.constantFrom('\u0000', '\n', '\u001b', '\ud800', '/', ' '), fc.nat())
      .map(([text, bad, at]) => insert(text, bad, at)),
    fc.constantFrom(...hostileTexts),
    valid.map((text) => [text]),
  ]
  if (max < largest) ways.push(valid.map((text) => repeatTo(text, max + 1)))
  if (min > 0) ways.push(valid.map((text) => text.slice(0, min - 1)))
  return fc.oneof(...ways)
}

function spoiltNumbers(schema: Schema, options: InputOptions): fc.Arbitrary<unknown> {
  const { min, max } = boundsOf(schema)
  const beyond = [min - 1, min - 0.5, max + 1, max + 0.5, max * 2, -max]
  const valid = validInput(schema, options).map(Number)
  return fc.oneof(
    fc.constantFrom<unknown>(...beyond, ...hostileNumbers),
    valid.map((value) => value + 0.5),
    valid.map(String),
    valid.map((value) => [value]),
  )
}

function spoiltArrays(
  schema: Schema,
  element: Schema,
  options: InputOptions,
): fc.Arbitrary<unknown> {
  const { min, max } = boundsOf(schema)
  const valid = validInput(element, options)
  const ways: fc.Arbitrary<unknown>[] = [
    fc
      .tuple(fc.array(valid, { maxLength: 3 }), spoil(element, options), fc.nat())
      .map(([items, bad, at]) => items.toSpliced(at % (items.length + 1), 0, bad)),
    valid.map((item) => [item, item]),
    valid,
    fc.array(valid, { maxLength: 3 }).map((items) => ({ ...items, length: items.length })),
  ]
  if (max < largest) ways.push(valid.map((item) => Array.from({ length: max + 1 }, () => item)))
  if (min > 0) ways.push(fc.constant([]))
  return fc.oneof(...ways)
}

function spoiltObjects(
  schema: Schema,
  shape: Readonly<Record<string, Schema>>,
  options: InputOptions,
): fc.Arbitrary<unknown> {
  const valid = validInput(schema, options).map((value) => Object(value) as object)
  const unknownKeys = ['extra', '__proto__', 'constructor', 'toString', '', 'a.b', '\u0000']
  const ways: fc.Arbitrary<unknown>[] = [
    fc
      .tuple(valid, fc.constantFrom(...unknownKeys), junk)
      .map(([value, key, bad]) => withKey(value, key, bad)),
    valid.map((value) => [value]),
    valid.map((value) => JSON.stringify(value) ?? ''),
  ]
  for (const [name, field] of Object.entries(shape)) {
    const spoilt = fc.tuple(valid, spoil(field, options))
    ways.push(spoilt.map(([value, bad]) => withKey(value, name, bad)))
    if (!mayBeAbsent(field)) ways.push(valid.map((value) => withoutKey(value, name)))
  }
  return fc.oneof(...ways)
}

function spoiltRecords(key: Schema, value: Schema, options: InputOptions): fc.Arbitrary<unknown> {
  const keys = validInput(key, options).map(String)
  const values = validInput(value, options)
  const badKeys = spoil(key, options).map((bad) => (typeof bad === 'string' ? bad : '\u0000'))
  const pair = (keyed: fc.Arbitrary<string>, valued: fc.Arbitrary<unknown>) =>
    fc.tuple(keyed, valued).map(([name, item]) => withKey({}, name, item))
  return fc.oneof(
    pair(keys, spoil(value, options)),
    pair(badKeys, values),
    pair(fc.constantFrom('__proto__', 'constructor', 'prototype'), values),
    values.map((item) =>
      Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, item])),
    ),
  )
}

/** The object with an own key, whatever the key is called. */
function withKey(value: object, key: string, item: unknown): object {
  return Object.fromEntries([
    ...Object.entries(value).filter(([name]) => name !== key),
    [key, item],
  ])
}

function withoutKey(value: object, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
}

function insert(text: string, part: string, at: number): string {
  const index = at % (text.length + 1)
  return `${text.slice(0, index)}${part}${text.slice(index)}`
}

function swapCase(text: string): string {
  const upper = text.toUpperCase()
  return text === upper ? text.toLowerCase() : upper
}
