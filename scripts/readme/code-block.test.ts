import { expect, it } from 'vitest'
import { codeBlock } from './code-block.ts'

const readme = [
  '# Title',
  '```ts',
  'before()',
  '```',
  '## As a library',
  '```sh',
  '# As a comment',
  '```',
  '### Deeper',
  '```ts',
  'first()',
  '',
  'second()',
  '```',
  '## Next',
  '```js',
  'no()',
  '```',
].join('\n')

it('takes the first block of the language under the heading', () => {
  expect(codeBlock(readme, 'As a library', 'ts')).toBe('first()\n\nsecond()\n')
})

it('refuses what is not there', () => {
  expect(() => codeBlock(readme, 'As a server', 'ts')).toThrow('No heading')
  expect(() => codeBlock(readme, 'Next', 'ts')).toThrow('No closed ```ts block')
  expect(() => codeBlock(readme, 'As a library', 'js')).toThrow('No closed ```js block')
  expect(() => codeBlock('## A\n```ts\nopen()', 'A', 'ts')).toThrow('No closed')
})
