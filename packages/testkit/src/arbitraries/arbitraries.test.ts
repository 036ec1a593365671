import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { hostileInput } from './hostile.ts'
import { validInput } from './valid.ts'

const id = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9._:-]+$/)
const name = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)
  .refine((text) => text.trim() === text)
const address = z
  .string()
  .max(64)
  .transform((text, context) => {
    if (/^10\.\d+\.\d+\.\d+$/.test(text)) return text
    context.addIssue({ code: 'custom', message: 'is not an address' })
    return z.NEVER
  })

const schemas: Readonly<Record<string, z.ZodType>> = {
  id,
  name,
  address,
  tags: z
    .array(
      z
        .string()
        .min(1)
        .max(60)
        .regex(/^[^,/\p{Cc}]+$/u),
    )
    .max(50)
    .refine((tags) => new Set(tags).size === tags.length),
  metadata: z
    .record(z.string().min(1).max(255), z.string().max(255))
    .refine((items) => Object.keys(items).length <= 128),
  base64: z
    .string()
    .max(65_535)
    .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
  sha512: z.string().regex(/^[0-9a-fA-F]{128}$/),
  exact: z.string().length(12),
  email: z.email(),
  uuid: z.uuid(),
  int: z.int().min(1).max(9),
  open: z.number().gt(0).lt(1),
  even: z.number().multipleOf(4).min(-8).max(100),
  large: z.int().min(0),
  flag: z.boolean(),
  json: z.array(z.json()).max(4),
  literal: z.literal(['a', 1]),
  policy: z.enum(['pack', 'spread']),
  nullable: z.int().nullable(),
  pair: z.tuple([id, z.int()]),
  union: z.union([z.strictObject({ a: z.int() }), z.strictObject({ b: z.string() })]),
  kinds: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('a'), size: z.int().min(0) }),
    z.strictObject({ type: z.literal('b'), name }),
  ]),
  limits: z.partialRecord(z.enum(['cores', 'ram']), z.int().min(-1)),
  both: z.intersection(z.object({ a: z.int() }), z.object({ b: z.boolean() })),
  preprocessed: z.preprocess((value) => value ?? 'x', z.string().max(4)),
  readonly: z.strictObject({ a: z.int() }).readonly(),
  server: z
    .strictObject({
      name,
      flavorId: id,
      minCount: z.int().min(1).max(10_000).default(1),
      maxCount: z.int().min(1).max(10_000).optional(),
      networks: z.array(z.strictObject({ networkId: id.optional(), address })).max(16),
      group: id.nullish(),
    })
    .refine((input) => (input.maxCount ?? input.minCount) >= input.minCount),
}

describe.each(Object.entries(schemas))('%s', (_name, schema) => {
  test('valid values are accepted, and differ', () => {
    const seen = new Set<unknown>()
    fc.assert(
      fc.property(validInput(schema), (value) => {
        seen.add(JSON.stringify(value))
        return schema.safeParse(value).success
      }),
    )
    expect(seen.size).toBeGreaterThan(1)
  })

  test('hostile values are refused, and differ', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(hostileInput(schema), (value) => {
        seen.add(fc.stringify(value))
        return !schema.safeParse(value).success
      }),
    )
    expect(seen.size).toBeGreaterThan(10)
  })
})

/** Many values from a fixed seed: whether something comes up must not be left to luck. */
function sample<T>(values: fc.Arbitrary<T>, numRuns = 3_000): T[] {
  return fc.sample(values, { numRuns, seed: 42 })
}

describe('valid values reach', () => {
  test('both bounds of numbers and of lengths', () => {
    const schema = z.int().min(3).max(900)
    expect(sample(validInput(schema))).toEqual(expect.arrayContaining([3, 900]))
    const lengths = sample(validInput(id)).map((text) => text.length)
    expect(lengths).toEqual(expect.arrayContaining([1, 128]))
  })

  test('fields left out, and present', () => {
    const values = sample(validInput(z.strictObject({ a: z.int().default(1), b: id.optional() })))
    for (const key of ['a', 'b']) {
      expect(values.some((value) => key in value)).toBe(true)
      expect(values.some((value) => !(key in value))).toBe(true)
    }
  })

  test('every option of a union', () => {
    const schema = z.union([z.literal('a'), z.int(), z.null()])
    const values = sample(validInput(schema), 200)
    expect(new Set(values.map((value) => typeof value)).size).toBe(3)
  })
})

describe('hostile values of an object', () => {
  const schema = z.strictObject({
    text: z
      .string()
      .min(2)
      .max(5)
      .regex(/^[a-z]*$/),
    count: z.int().min(1).max(9),
    list: z.array(z.boolean()).max(9).optional(),
  })
  const values = sample(hostileInput(schema), 20_000)
  const objects = values.filter((value): value is Record<string, unknown> => {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  })
  const holds = (is: (value: Record<string, unknown>) => boolean): boolean => objects.some(is)
  const fields = (key: string): unknown[] => objects.map((value) => value[key])

  const has: Readonly<Record<string, () => boolean>> = {
    'values that are no objects': () => objects.length < values.length,
    'an unknown field beside valid ones': () =>
      holds((value) => 'extra' in value && Object.hasOwn(value, 'text')),
    'an own __proto__': () => holds((value) => Object.hasOwn(value, '__proto__')),
    'a missing field': () => holds((value) => !('text' in value) && 'count' in value),
    'a text one too long': () => fields('text').some((text) => /^[a-z]{6}$/.test(texts(text))),
    'a text too short': () => fields('text').includes('') || fields('text').some(isOneLong),
    'a control character': () => fields('text').some((text) => /\0/.test(texts(text))),
    'a number below': () => fields('count').includes(0),
    'a number above': () => fields('count').includes(10),
    NaN: () => fields('count').some((count) => Number.isNaN(count)),
    Infinity: () => fields('count').includes(Infinity),
    '2^53': () => fields('count').includes(2 ** 53),
    'a fraction': () => fields('count').some((count) => Number(count) % 1 !== 0),
    'a number as text': () => fields('count').includes('5'),
    'a list too long': () =>
      fields('list').some((list) => Array.isArray(list) && list.length === 10),
    'a bad element': () =>
      fields('list').some((list) => Array.isArray(list) && list.includes(null)),
  }
  test.each(Object.entries(has))('have %s', (_name, isThere) => {
    expect(isThere()).toBe(true)
  })
})

function isOneLong(text: unknown): boolean {
  return typeof text === 'string' && text.length === 1
}

function texts(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

describe('overrides', () => {
  test('stand wherever their schema does, filtered by it', () => {
    const schema = z.strictObject({ one: id, more: z.array(id).min(1).optional() })
    const overrides = new Map([[id, fc.constantFrom('server-1', 'not an id', 'server-2')]])
    const values = sample(validInput(schema, { overrides }), 300)
    const ids = new Set(values.flatMap((value) => [value.one, ...(value.more ?? [])]))
    expect(ids).toEqual(new Set(['server-1', 'server-2']))
  })

  test('make schemas without a generator possible', () => {
    const odd = z.custom<string>((value) => value === 'odd')
    expect(() => validInput(odd)).toThrow(expect.objectContaining({ code: 'invalid' }))
    const overrides = new Map<z.core.$ZodType, fc.Arbitrary<unknown>>([[odd, fc.constant('odd')]])
    expect(sample(validInput(z.array(odd).min(1), { overrides }), 3)[0]?.[0]).toBe('odd')
  })
})

test('a schema that refuses or accepts everything is an error, not an endless search', () => {
  const never = z.string().refine(() => false)
  const invalid = expect.objectContaining({ code: 'invalid' }) as Error
  expect(() => sample(validInput(never), 1)).toThrow(invalid)
  expect(() => sample(hostileInput(z.unknown()), 1)).toThrow(invalid)
})
