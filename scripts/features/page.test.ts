import { expect, it } from 'vitest'
import { absent, partial, works } from './feature.ts'
import { contradictions, featuresPage, idsIn } from './page.ts'

const proofs = new Map([['B1', new Map([['packages/a/b.test.ts', 2]])]])

it('finds the ids that names of tests begin with', () => {
  const text = [
    `it('B1: a volume', () => {})`,
    `it.each([1, 2])('B2, N10: %s', () => {})`,
    `it(\n  "C3: a batch")`,
    `it('no id: B4: here', () => {})`,
  ].join('\n')
  expect(idsIn(text)).toEqual(['B1', 'B2', 'N10', 'C3'])
})

it('refuses tables that say other than the tests', () => {
  const say = (...features: Parameters<typeof contradictions>[0][number]['features']): string[] =>
    contradictions([{ service: 'block', features }], proofs)
  expect(say(works('B1', 'must', 'volumes'))).toEqual([])
  expect(say(absent('B1', 'must', 'volumes'))).toEqual(['B1: absent, but tests carry its id.'])
  expect(say()).toEqual(['B1: a test names it, no table does.'])
  const two = [works('B1', 'must', 'a'), partial('B2', 'must', 'b', 'c')]
  expect(say(...two)).toEqual(['B2: partial, but no test carries its id.'])
  const again = works('B1', 'must', 'volumes')
  expect(say(again, { ...again })).toEqual(['B1: is listed twice.'])
})

it('writes a page that links to the tests and counts', () => {
  const features = [works('B1', 'must', 'volumes'), absent('B2', 'should', 'backups', 'all of it')]
  const files = { 'packages/a/b.test.ts': 2, 'packages/sdk/test/http/c.test.ts': 3 }
  const found = new Map([['B1', new Map(Object.entries(files))]])
  const page = featuresPage([{ service: 'Block storage', features }], found)
  expect(page).toContain('| must | 1 | 0 | 0 |')
  expect(page).toContain(
    '| B1 | volumes | must | works | 3 | [b.test.ts](../../packages/a/b.test.ts) ×2, ',
  )
  expect(page).toContain('| B2 | backups | should | absent; missing: all of it |  |  |')
})
