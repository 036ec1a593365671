import { describe, expect, it } from 'vitest'
import { nodeDigest } from '../../../reference/node-digest.ts'
import type { Json } from '../../../model/stack/json.ts'
import { Plan } from '../plan/plan.ts'
import { functions } from './functions.ts'
import { resolve } from './resolve.ts'
import { hotVersions } from './version.ts'
import { parseYaml } from './yaml.ts'

const about = { id: 's1', name: 'stack', projectId: 'p1' }

function evaluate(expression: string, version = '2021-04-16', more = ''): Json {
  const template = parseYaml(
    `heat_template_version: ${version}
parameters:
  word: { type: string, default: hello }
  list: { type: comma_delimited_list, default: 'a,b' }
  map: { type: json, default: { a: { b: [10, 20] } } }
  flag: { type: boolean, default: 'yes' }
${more}
resources:
  one: { type: OS::Heat::None }
outputs:
  out:
    value: ${expression}
`,
    'template',
  )
  const source = {
    template,
    parameters: {},
    registry: {},
    rules: {},
    files: { f: 'text' },
    facade: null,
  }
  const plan = new Plan(source, about, nodeDigest)
  plan.validate()
  const live = {
    reference: (): string => 'ref-1',
    attribute: (_: string, name: string | undefined): Json =>
      name === undefined ? { x: 1 } : { deep: ['p', 'q'] },
  }
  const output = plan.template.outputs.get('out')?.value ?? null
  return resolve(output, plan.scope(live), 'template.outputs.out.value')
}

const conditions = `conditions:
  same: { equals: [{ get_param: word }, hello] }
  other: { not: same }
  both: { and: [same, { or: [other, { get_param: flag }] }] }
  has: { contains: [a, { get_param: list }] }`

describe('functions', () => {
  it.each([
    ['{ get_param: word }', 'hello'],
    ['{ get_param: [map, a, b, 1] }', 20],
    ['{ get_param: [map, x, y] }', null],
    ['{ get_param: "OS::stack_name" }', 'stack'],
    ['{ get_resource: one }', 'ref-1'],
    ['{ get_attr: [one, name, deep, 1] }', 'q'],
    ['{ get_attr: [one] }', { x: 1 }],
    ['{ get_file: f }', 'text'],
    ["{ list_join: ['-', [a, 1, true], { get_param: list }] }", 'a-1-True-a-b'],
    ['{ list_concat: [[1], [2, 1]] }', [1, 2, 1]],
    ['{ list_concat_unique: [[1, 2], [2, 1, 3]] }', [1, 2, 3]],
    ['{ str_replace: { template: $a-$aa, params: { $a: 1, $aa: 2 } } }', '1-2'],
    ['{ str_replace: { template: x$ay, params: { $a: $b, $b: z } } }', 'x$by'],
    ['{ str_replace_strict: { template: a, params: { a: b } } }', 'b'],
    ['{ str_replace_vstrict: { template: a, params: { a: b } } }', 'b'],
    ["{ str_split: [',', 'a,b,c'] }", ['a', 'b', 'c']],
    ["{ str_split: [',', 'a,b,c', 1] }", 'b'],
    ['{ map_merge: [{ a: 1, b: 2 }, { b: 3 }] }', { a: 1, b: 3 }],
    ['{ map_replace: [{ k: v }, { keys: { k: n }, values: { v: w } }] }', { n: 'w' }],
    ['{ filter: [[1, x], [1, 2, x]] }', [2]],
    ['{ contains: [a, { get_param: list }] }', true],
    ['{ digest: [sha256, ""] }', nodeDigest.hash('sha256', '')],
    [
      '{ make_url: { scheme: https, host: h, port: 80, path: /a b, query: { q: "&" } } }',
      'https://h:80/a%20b?q=%26',
    ],
    ['{ repeat: { for_each: { v: [1, 2] }, template: { p: v } } }', [{ p: 1 }, { p: 2 }]],
    [
      '{ repeat: { for_each: { a: [1, 2], b: [x, y] }, template: a-b } }',
      ['1-x', '1-y', '2-x', '2-y'],
    ],
    [
      '{ repeat: { for_each: { a: [1, 2], b: [x, y] }, permutations: false, template: a-b } }',
      ['1-x', '2-y'],
    ],
    ['{ if: [same, 1, 2] }', 1],
    ['{ if: [other, 1, { if: [both, 3, 4] }] }', 3],
    ['[1, { if: [other, 2] }, 3]', [1, 3]],
    ['{ if: [has, 1, 2] }', 1],
    ['{ resource_facade: metadata }', null],
  ])('H3: %s', (expression, expected) => {
    expect(evaluate(expression, '2021-04-16', conditions)).toEqual(expected)
  })

  it.each([
    ['{ get_param: nothing }', 'get_param'],
    ['{ get_resource: nothing }', 'out.value'],
    ['{ get_file: nothing }', 'get_file'],
    ["{ list_join: ['-', text] }", 'list_join[1]'],
    ['{ str_replace_strict: { template: a, params: { b: c } } }', 'params.b'],
    ["{ str_replace_vstrict: { template: a, params: { a: '' } } }", 'params.a'],
    ["{ str_split: [',', 'a', 3] }", 'str_split[2]'],
    ['{ digest: [crc, a] }', 'digest'],
    ['{ if: [nothing, 1, 2] }', 'if[0]'],
    ['{ yaql: { expression: 1 } }', 'yaql'],
    ['{ make_url: { scheme: "1" } }', 'scheme'],
    ['{ map_replace: [{ a: 1, b: 2 }, { keys: { a: b } }] }', 'map_replace'],
  ])('H9: %s is refused with its place', (expression, place) => {
    const error = expect.objectContaining({
      code: 'invalid',
      field: expect.stringContaining(place),
    })
    expect(() => evaluate(expression)).toThrow(error as Error)
  })

  it('H3: each function is there from its version on, and not before', () => {
    for (const [name, { since }] of Object.entries(functions)) {
      for (const version of hotVersions.filter((one) => one < since)) {
        expect(() => evaluate(`{ ${name}: x }`, version), `${name} ${version}`).toThrow(since)
      }
    }
    expect(() => evaluate('{ if: [same, 1] }', '2018-08-31', conditions)).toThrow('what else')
    expect(() => evaluate('1', '2016-04-08', conditions)).toThrow('2016-10-14')
  })

  it('H11: what functions make is bounded', () => {
    const list = `[${Array.from({ length: 100 }, (_, i) => i).join(', ')}]`
    const many = `{ repeat: { for_each: { a: ${list}, b: ${list}, c: ${list} }, template: a-b-c } }`
    expect(() => evaluate(many)).toThrow('too many values')
    const long = 'x'.repeat(10_000)
    const each = `{ repeat: { for_each: { v: ${list}, w: [1, 2] }, template: v } }`
    const text = `{ list_join: ['${long}', ${each}] }`
    expect(() => evaluate(text)).toThrow('too much text')
  })
})
