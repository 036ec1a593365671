import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterPrefix, compareIndexValues, compareText, fieldOf, uniqueKey } from './store-order.ts'

/** Text that stores hold: no half surrogates. */
const text = fc.string({ unit: 'binary', maxLength: 6 })

test('text compares as its UTF-8 bytes do', () => {
  const property = fc.property(text, text, (a, b) => {
    const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b))
    expect(Math.sign(compareText(a, b))).toBe(bytes)
  })
  fc.assert(property, { numRuns: 2_000 })
  expect(compareText('\uffff', '\u{10000}')).toBeLessThan(0)
  expect(compareText('\u{10000}', '\u{10000}a')).toBeLessThan(0)
})

test('null, then numbers and truth values, then text', () => {
  const order = [null, -1, false, 0.5, true, 2, '', '1', 'a']
  const shuffled = [2, 'a', true, null, '', -1, '1', false, 0.5]
  expect(shuffled.sort(compareIndexValues)).toEqual(order)
  expect(compareIndexValues(undefined, null)).toBe(0)
  expect(compareIndexValues(1, true)).toBe(0)
})

test('the text after a prefix parts what starts with it from what follows', () => {
  const property = fc.property(text, text, text, (prefix, rest, other) => {
    const end = afterPrefix(prefix)
    if (end === undefined) return
    expect(compareText(prefix + rest, end)).toBeLessThan(0)
    const follows = compareText(other, prefix) >= 0 && !other.startsWith(prefix)
    if (follows) expect(compareText(other, end)).toBeGreaterThanOrEqual(0)
  })
  fc.assert(property, { numRuns: 2_000 })
  expect(afterPrefix('a\ud7ff')).toBe('a\ue000')
  expect(afterPrefix('a\u{10ffff}')).toBe('b')
  expect(afterPrefix('\u{10ffff}')).toBeUndefined()
  expect(afterPrefix('')).toBeUndefined()
})

test('keys are equal when their values are, and absent when one is null', () => {
  expect(uniqueKey({ a: true, b: 'x' }, ['a', 'b'])).toBe(uniqueKey({ a: 1, b: 'x' }, ['a', 'b']))
  expect(uniqueKey({ a: '1' }, ['a'])).not.toBe(uniqueKey({ a: 1 }, ['a']))
  expect(uniqueKey({ a: 1, b: null }, ['a', 'b'])).toBeUndefined()
  expect(uniqueKey({ a: 1 }, ['a', 'b'])).toBeUndefined()
})

test('members that every object has are no fields', () => {
  expect(fieldOf({}, 'constructor')).toBeNull()
  expect(fieldOf({ constructor: 'c' }, 'constructor')).toBe('c')
})
