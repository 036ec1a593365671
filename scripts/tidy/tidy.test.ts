import { describe, expect, it } from 'vitest'
import { importsOf, syntaxFindings } from './syntax-rules.ts'
import type { Finding, Source } from './source.ts'
import { textFindings } from './text-rules.ts'
import { deadFiles, medianLines } from './tree-rules.ts'

const pure = 'packages/core/src/services/a.ts'

function source(text: string, path: string = pure): Source {
  return { path, text }
}

function rules(findings: readonly Finding[]): string[] {
  return findings.map(({ rule, line }) => `${rule}:${line}`)
}

describe('text', () => {
  it.each([
    ['marker', '// TODO later\n'],
    ['marker', '// HACK\n'],
    ['control-character', 'const a = "\u0007"\n'],
    ['control-character', 'const a = "\u202e"\n'],
    ['control-character', '\ufeffconst a = 1\n'],
    ['carriage-return', 'const a = 1\r\n'],
    ['suppression', '// @ts-ignore\n'],
    ['suppression', '// @ts-expect-error\n'],
    ['suppression', '// oxlint-disable-next-line\n'],
    ['banned-words', '// fixes issue #12\n'],
    ['banned-words', "const at = '/work/main'\n"],
    ['banned-words', '// on the CI machine\n'],
    ['columns', `const a = '${'x'.repeat(90)}'\n`],
  ])('finds %s', (rule, text) => {
    expect(rules(textFindings(source(text)))).toEqual([`${rule}:1`])
  })

  it('lets through what only looks alike', () => {
    const text = [
      "import { worker } from '../work/worker.ts'",
      "import { lease } from './work/lease.ts'",
      'const xxx = 1 // hacker, todoList',
      `const at = '${'x'.repeat(87)}'`,
      `// https://docs.example.org/${'x'.repeat(90)}`,
      'const arrow = "─►"',
    ].join('\n')
    expect(textFindings(source(text))).toEqual([])
  })

  it('counts lines and looks at names', () => {
    expect(textFindings(source('a()\n'.repeat(400)))).toEqual([])
    expect(rules(textFindings(source('a()\n'.repeat(401))))).toEqual(['file-lines:401'])
    expect(rules(textFindings(source('', 'packages/core/src/aB.ts')))).toEqual(['file-name:1'])
  })

  it('does not measure prose, and lets tests expect type errors', () => {
    expect(textFindings(source(`${'x'.repeat(300)}\n`, 'README.md'))).toEqual([])
    const expected = source('// @ts-expect-error: wrong\n', 'packages/a/test/t.test.ts')
    expect(textFindings(expected)).toEqual([])
  })
})

describe('syntax', () => {
  it('measures functions, but not describe bodies', () => {
    const body = 'a()\n'.repeat(68)
    expect(syntaxFindings(source(`function f() {\n${body}}\n`))).toEqual([])
    expect(rules(syntaxFindings(source(`function f() {\n${body}a()\n}\n`)))).toEqual([
      'function-lines:1',
    ])
    expect(rules(syntaxFindings(source(`class A {\n  m() {\n${body}a()\n  }\n}\n`)))).toEqual([
      'function-lines:2',
    ])
    const tests = `test('x', () => {\n${body}})\n`.repeat(3)
    expect(syntaxFindings(source(`function suite(test) {\n${tests}}\n`))).toEqual([])
    const long = `function suite(test) {\ntest('x', () => {\n${body}a()\n})\n}\n`
    expect(rules(syntaxFindings(source(long)))).toEqual(['function-lines:2'])
    expect(syntaxFindings(source(`describe('x', () => {\n${body}a()\n})\n`))).toEqual([])
  })

  it.each([
    ['enum:1', 'enum A { b }'],
    ['as-any:1', 'f(x as any)'],
    ['test-selection:1', "it.only('x', f)"],
    ['test-selection:1', "describe.skip('x', f)"],
    ['test-selection:1', "it.skip('x')"],
    ['test-selection:1', "it.skipIf(x)('y', f)"],
    ['test-selection:1', 'context.skip()'],
  ])('finds %s', (rule, text) => {
    expect(rules(syntaxFindings(source(text, 'packages/a/test/t.test.ts')))).toContain(rule)
  })

  it('lets a test skip itself with a reason', () => {
    expect(syntaxFindings(source("context.skip('needs root')"))).toEqual([])
  })

  it.each([
    'const a = Date.now()',
    'const a = new Date()',
    'const a = Date()',
    'const a = Math.random()',
    'setTimeout(f, 1)',
    'const later = setImmediate',
    'const a = process.env',
    'await fetch(url)',
    'const a = { fetch }',
    'const a = new WeakRef(b)',
    'const a = globalThis.crypto',
    "import { readFile } from 'node:fs/promises'",
    "import { randomUUID } from 'crypto'",
    'console.log(1)',
  ])('keeps core pure: %s', (text) => {
    expect(rules(syntaxFindings(source(text)))).toContain('purity:1')
    expect(syntaxFindings(source(text, 'packages/core/src/reference/a.ts'))).toEqual([])
    expect(syntaxFindings(source(text, 'packages/core/src/services/a.test.ts'))).toEqual([])
    expect(syntaxFindings(source(text, 'packages/drivers/src/a.ts'))).toEqual([])
  })

  it.each([
    'const a = new Date(at)',
    'const a = kernel.clock.now()',
    'store.fetch(1)',
    'interface A { process: number; fetch(): void }',
    'class A { fetch() {} }',
    'const a = { process: 1 }',
    'function fetch() {}\nfetch()',
    "import { process } from './process.ts'\nprocess()",
  ])('lets %s through', (text) => {
    expect(syntaxFindings(source(text))).toEqual([])
  })
})

describe('tree', () => {
  const file = (name: string, text: string): Source => source(text, `packages/a/src/${name}`)

  it('finds files that only tests import', () => {
    const sources = [
      file('index.ts', "export { b } from './deep/b.ts'\nconst c = import('./c.ts')\n"),
      file('deep/b.ts', "import type { D } from '../d.ts'\nnew URL('./w.ts', import.meta.url)\n"),
      file('deep/w.ts', ''),
      file('c.ts', ''),
      file('d.ts', "type E = import('./e.ts').E\n"),
      file('e.ts', ''),
      file('dead.ts', ''),
      file('dead.test.ts', "import './dead.ts'\n"),
    ]
    const entries = new Set(['packages/a/src/index.ts'])
    expect(deadFiles(sources, entries).map(({ path }) => path)).toEqual(['packages/a/src/dead.ts'])
  })

  it('takes the median over sources without tests', () => {
    const sources = [
      file('a.ts', 'x\n'),
      file('b.ts', 'x\n'.repeat(5)),
      file('c.ts', 'x\n'.repeat(9)),
    ]
    expect(medianLines([...sources, file('c.test.ts', 'x\n'.repeat(99))])).toBe(5)
    expect(medianLines([])).toBe(0)
  })

  it('reads every form of import', () => {
    expect(
      importsOf(source("import 'a'\nexport * from 'b'\nimport type { C } from 'c'\n")),
    ).toEqual(['a', 'b', 'c'])
  })
})
