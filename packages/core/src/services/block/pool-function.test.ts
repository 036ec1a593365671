import { describe, expect, it } from 'vitest'
import { evaluate } from './pool-function.ts'

const values = new Map<string, string | number>([
  ['volume.size', 5],
  ['capabilities.iops', '700'],
  ['extra.drivers:kind', 'ssd'],
])
const worth = (text: string) => evaluate(text, (name) => values.get(name))

describe('functions of pools', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3 - 4 / 2', 7],
    ['-2 ^ 2', 4],
    ['2 ^ 3 ^ 2', 512],
    ['volume.size < 10 and capabilities.iops >= 700', true],
    ['not (volume.size == 5) | false_is_no_name', undefined],
    ['(volume.size > 9) ? 100 : 50', 50],
    ['volume.size > 4 ? volume.size > 4.5 ? 3 : 2 : 1', 3],
    ['min(volume.size, 3, 9) + max(1, 2) + abs(-4)', 9],
    ["extra.drivers:kind == 'ssd'", true],
    ['"a" <> "b"', true],
    ['!0 & 1', true],
  ])('B5: %s', (text, is) => {
    expect(worth(text)).toBe(is)
  })

  it.each([
    ...['', '1 +', '(1', '1)', 'a.b', '1 / 0', 'pow(2, 3)', 'constructor', '"open', '1 ; 2'],
    ...['min()', "'a' + 1", '('.repeat(500), '-'.repeat(200) + '1', '1+'.repeat(300) + '1'],
  ])('B5: %s is none', (text) => {
    expect(worth(text)).toBeUndefined()
  })
})
