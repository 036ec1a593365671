import { expect, it } from 'vitest'
import { clientsOf, unknownIn } from './records.ts'

const records = new Map([
  ['one', ['a.x.list', 'a.x.get']],
  ['two', ['a.x.get']],
])

it('tells which clients have used an endpoint', () => {
  expect([...clientsOf(records)]).toEqual([
    ['a.x.list', ['one']],
    ['a.x.get', ['one', 'two']],
  ])
})

it('finds what there is no longer', () => {
  const row = { id: 'a.x.list' } as Parameters<typeof unknownIn>[1][number]['endpoints'][number]
  expect(unknownIn(records, [{ endpoints: [row] }])).toEqual([
    'tests/compat/record/one.json: there is no endpoint a.x.get',
    'tests/compat/record/two.json: there is no endpoint a.x.get',
  ])
})
