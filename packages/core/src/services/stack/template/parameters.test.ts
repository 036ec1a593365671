import { describe, expect, it } from 'vitest'
import { readEnvironment, typeBehind } from './environment.ts'
import { readParameters } from './parameter-decl.ts'
import { parameterValues, requireImmutable, shownValues } from './parameter-values.ts'
import { compilePattern } from './pattern.ts'
import { parseYaml } from './yaml.ts'

const declared = (text: string) => readParameters(parseYaml(text, 'p'), 'p')

describe('parameters', () => {
  it.each([
    ['string', 5, '5'],
    ['number', '2.5', 2.5],
    ['boolean', 'off', false],
    ['comma_delimited_list', 'a, b', ['a', ' b']],
    ['json', '{"a": 1}', { a: 1 }],
  ])('H4: a %s is converted', (type, given, value) => {
    const decl = declared(`x: { type: ${type} }`)
    expect(parameterValues(decl, { x: given }).get('x')).toEqual(value)
  })

  it.each([
    ['{ type: number }', 'many', 'not a number'],
    ['{ type: json }', '{', 'not JSON'],
    ['{ type: boolean }', 'maybe', 'neither true nor false'],
    ['{ type: string, constraints: [{ length: { max: 2 } }] }', 'abc', 'above 2'],
    ['{ type: number, constraints: [{ range: { min: 2 } }] }', 1, 'below 2'],
    ['{ type: number, constraints: [{ modulo: { step: 2, offset: 1 } }] }', 4, 'multiple of 2'],
    ['{ type: string, constraints: [{ allowed_values: [a, b] }] }', 'c', 'not one of a, b'],
    [
      '{ type: string, constraints: [{ allowed_pattern: "[a-z]+", description: No. }] }',
      'A',
      'No.',
    ],
    [
      '{ type: string, hidden: true, constraints: [{ allowed_values: [a] }] }',
      'pw',
      'a constraint',
    ],
  ])('H4: %s refuses %s', (decl, given, message) => {
    const error = expect.objectContaining({
      field: 'parameters.x',
      message: expect.stringContaining(message),
    })
    expect(() => parameterValues(declared(`x: ${decl}`), { x: given })).toThrow(error as Error)
  })

  it('H4: one without a value, and one that is not declared, are refused', () => {
    expect(() => parameterValues(declared('x: { type: string }'), {})).toThrow('parameters.x')
    expect(() => parameterValues(declared('{}'), { y: 1 })).toThrow('parameters.y')
  })

  it('H4: hidden values are covered, immutable ones stay', () => {
    const decl = declared('x: { type: string, hidden: true, immutable: true }')
    const values = parameterValues(decl, { x: 'secret' })
    expect(shownValues(decl, values)).toEqual({ x: '******' })
    expect(() => requireImmutable(decl, values, parameterValues(decl, { x: 'b' }))).toThrow(
      'immutable',
    )
  })

  it('H4: a registry names types by names, patterns and files', () => {
    const { registry } = readEnvironment({
      resource_registry: {
        'My::*': 'OS::*',
        'My::Web': 'web.yaml',
        'A::B': 'C::D',
        'C::D': 'A::B',
      },
    })
    expect(typeBehind(registry, 'My::Nova::Server', '')).toBe('OS::Nova::Server')
    expect(typeBehind(registry, 'My::Web', '')).toBe('web.yaml')
    expect(() => typeBehind(registry, 'A::B', 'type')).toThrow('stands for itself')
  })
})

describe('patterns', () => {
  it.each([
    ['[A-Z]+[a-z0-9]*', 'Ab1', true],
    ['[A-Z]+[a-z0-9]*', 'ab', false],
    ['a|b', 'b', true],
    ['(ab){2,3}', 'ababab', true],
    ['(ab){2,3}', 'ab', false],
    [String.raw`^\d{1,3}(\.\d{1,3}){3}$`, '10.0.0.1', true],
    ['[^a]', 'b', true],
    ['(?:a?)+b', 'aab', true],
    ['a.c', 'abc', true],
    ['', '', true],
    ['x*', '', true],
  ])('H4: %s on %s: %s', (pattern, text, matches) => {
    expect(compilePattern(pattern, 'p').matches(text)).toBe(matches)
    expect(new RegExp(`^(?:${pattern})$`, 'u').test(text)).toBe(matches)
  })

  it('H11: one that would take others for ever is quick, and a large one refused', () => {
    expect(compilePattern('(a+)+$', 'p').matches(`${'a'.repeat(5_000)}b`)).toBe(false)
    expect(() => compilePattern('((a{999}){999}){999}', 'p')).toThrow('too large')
    for (const bad of ['(', ')', '[', '*a', 'a{3,1}', '(?=a)', String.raw`\1`, '[b-a]']) {
      expect(() => compilePattern(bad, 'p'), bad).toThrow('p:')
    }
  })
})
