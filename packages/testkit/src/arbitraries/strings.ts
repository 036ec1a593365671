import fc from 'fast-check'
import { type Bounds } from './schema.ts'

/** Longest text that is tried at its upper bound: longer ones make a run slow and teach nothing. */
const longestStretch = 4_096

const hex = (digits: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: digits, maxLength: digits })
    .map((all) => all.join(''))

const octet = fc.integer({ min: 0, max: 255 })

/** Texts of the forms that fields of a cloud take. What a field refuses is filtered out. */
const wellKnown: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(octet, octet, octet).map(([a, b, c]) => `10.${a}.${b}.${c}`),
  hex(4).map((group) => `2001:db8::${group}`),
  fc.tuple(octet, octet).map(([a, b]) => `10.${a}.${b}.0/24`),
  hex(4).map((group) => `2001:db8:${group}::/64`),
  hex(6).map((tail) => `fa:16:3e:${tail.slice(0, 2)}:${tail.slice(2, 4)}:${tail.slice(4)}`),
  fc.uuid(),
  fc.base64String(),
  fc.emailAddress(),
  fc.webUrl(),
  fc.date({ noInvalidDate: true, min: new Date(0) }).map((date) => date.toISOString()),
)

/** Texts within the bounds. What no generator knows (lookaheads, refinements) a filter decides. */
export function stringsWithin(bounds: Bounds): fc.Arbitrary<string> {
  const minLength = Math.max(0, bounds.min)
  const maxLength = Math.min(bounds.max, minLength + 64)
  const shapes = bounds.patterns.flatMap((pattern) => matching(pattern))
  const free = [
    fc.string({ minLength, maxLength }),
    fc.string({ minLength, maxLength, unit: 'grapheme' }),
    wellKnown,
  ]
  const base = fc.oneof(...(shapes.length > 0 ? shapes : free))
  const likely = shapes.length > 0 ? fc.oneof({ arbitrary: base, weight: 3 }, ...free) : base
  const stretched = [minLength, bounds.max]
    .filter((length) => length > 0 && length <= longestStretch)
    .map((length) => base.map((text) => repeatTo(text, length)))
  return fc.oneof({ arbitrary: likely, weight: 6 }, ...stretched)
}

/** The text repeated and cut to a length. */
export function repeatTo(text: string, length: number): string {
  const unit = text === '' ? 'x' : text
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length)
}

/** A generator for the pattern, if fast-check knows all of its parts. */
function matching(pattern: RegExp): fc.Arbitrary<string>[] {
  try {
    const found = fc.stringMatching(pattern)
    fc.sample(found, { numRuns: 1, seed: 1 })
    return [found]
  } catch {
    return []
  }
}
