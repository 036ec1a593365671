import { invariants } from '@nephos/core'
import { expect, it } from 'vitest'
import { explain } from './audit.ts'

it('findings are explained by invariant: what should hold, where it does not, and why', () => {
  const first = { invariant: 3, subject: 'counter:host:h1 VCPU', message: 'is 2, should be 1' }
  const second = { invariant: 1, subject: 'host:h1', message: 'VCPU: 9 allocated, capacity 4' }
  const third = { invariant: 3, subject: 'counter:host:h2 VCPU', message: 'is absent' }
  const [one, three] = [1, 3].map((number) => invariants.find((row) => row.number === number))
  expect([...explain([first, second, third])]).toEqual([
    `Invariant 1: ${one?.title}`,
    '  host:h1: VCPU: 9 allocated, capacity 4',
    `  How this can come about: ${one?.cause}`,
    `Invariant 3: ${three?.title}`,
    '  counter:host:h1 VCPU: is 2, should be 1',
    '  counter:host:h2 VCPU: is absent',
    `  How this can come about: ${three?.cause}`,
  ])
})

it('every invariant says what it means for operators', () => {
  for (const { title, cause } of invariants) {
    expect(title).toMatch(/\.$/)
    expect(cause.length).toBeGreaterThan(60)
  }
  const numbers = invariants.map(({ number }) => number)
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
})
