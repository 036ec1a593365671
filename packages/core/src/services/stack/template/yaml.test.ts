import { describe, expect, it } from 'vitest'
import { parseYaml } from './yaml.ts'

const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
for (const [at, name] of [...'bcdefgh'].entries()) {
  const before = 'abcdefg'[at] as string
  bomb.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`)
}

describe('YAML', () => {
  it('H3: is read as Heat reads it: dates are texts, yes is true, merges merge', () => {
    const text = `
heat_template_version: 2013-05-23
yes: yes
time: 12:30
octal: 0644
base: &base { a: 1, b: 2 }
more: { <<: *base, b: 3 }
80: x
`
    expect(parseYaml(text, 't')).toEqual({
      heat_template_version: '2013-05-23',
      yes: true,
      time: '12:30',
      octal: 420,
      base: { a: 1, b: 2 },
      more: { a: 1, b: 3 },
      '80': 'x',
    })
    expect(parseYaml('{"a": [1, null]}', 't')).toEqual({ a: [1, null] })
  })

  it.each([
    ['aliases that multiply', bomb.join('\n'), 'too many values'],
    ['flow without end', '['.repeat(100_000), ''],
    ['levels', `a: ${'['.repeat(40)}${']'.repeat(40)}`, 'nested too deeply'],
    [
      'blocks without end',
      Array.from({ length: 900 }, (_, i) => `${' '.repeat(i)}k:`).join('\n'),
      '',
    ],
    ['an anchor in itself', 'a: &a [*a]', ''],
    ['an unknown alias', 'a: *b', ''],
    ['a key twice', 'a: 1\na: 2', 'twice'],
    ['a reserved key', '__proto__: 1', 'reserved'],
    ['no map', '- 1', 'not a map'],
    ['too long', 'x'.repeat(600_000), 'too long'],
    ['infinity', 'a: .inf', 'finite'],
    ['a tag of its own', 'a: !!binary aGk=', ''],
    ['two documents', 'a: 1\n---\nb: 2', ''],
  ])('H11: %s is refused', (_, text, message) => {
    const error = expect.objectContaining({
      code: 'invalid',
      message: expect.stringContaining(message),
    })
    expect(() => parseYaml(text, 'template')).toThrow(error as Error)
  })
})
