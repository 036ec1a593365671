import { expect, it } from 'vitest'
import { firstDifference, reportOf } from './report.ts'

const files: Readonly<Record<string, string>> = {
  'dist/index.d.ts': "export { A } from './store-Bx91_a-Z.js'\n",
  'dist/deep/index.d.ts': "import { A } from '../store-Bx91_a-Z.js'\nexport { A }\n",
  'dist/store-Bx91_a-Z.d.ts': 'interface A {}\nexport { A }\n',
}

function read(file: string): string {
  const text = files[file]
  if (text === undefined) throw new Error(`no ${file}`)
  return text
}

it('joins entries and the chunks they share, once, without hashes', () => {
  const entries = new Map([
    ['.', './dist/index.d.ts'],
    ['./deep', './dist/deep/index.d.ts'],
  ])
  expect(reportOf('@nephos/a', entries, read)).toBe(
    [
      "// ---- @nephos/a ----\nexport { A } from './store.js'\n",
      "// ---- @nephos/a/deep ----\nimport { A } from '../store.js'\nexport { A }\n",
      '// ---- ./store.js ----\ninterface A {}\nexport { A }\n',
    ].join('\n'),
  )
})

it('names the first line that differs', () => {
  expect(firstDifference('', 'a')).toBe('there is no report yet')
  expect(firstDifference('a\nb\nc', 'a\nx\nc')).toBe('differs at line 2\n  - b\n  + x')
  expect(firstDifference('a\nb', 'a')).toBe('differs at line 2\n  - b\n  + ')
})
