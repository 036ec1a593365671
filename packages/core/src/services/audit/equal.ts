import type { Counter } from '../../ports/store.ts'
import type { Problem, ScopeSums, SumRule, Tally } from './rule.ts'

/** The counters of a scope equal the sums they stand for, and are there. */
export function unequalSums({ scope, sums, counters }: ScopeSums): Problem[] {
  const problems: Problem[] = []
  const byName = new Map<string, Counter>()
  for (const counter of counters) byName.set(counter.name, counter)
  const compare = (name: string, sum: number, counter: Counter | undefined): void => {
    if (name === '' || name.startsWith('#')) return
    const problem = (message: string): void => {
      problems.push({ of: scope, subject: `counter:${scope} ${name}`, message })
    }
    if (!counter) problem(`is absent, the rows add up to ${sum}`)
    else if (counter.value !== sum) problem(`is ${counter.value}, the rows add up to ${sum}`)
    else if (!sums) problem('is there, though what it counts for is gone')
  }
  for (const [name, sum] of sums ?? []) compare(name, sum, byName.get(name))
  for (const counter of counters) if (!sums?.has(counter.name)) compare(counter.name, 0, counter)
  return problems
}

/** The rule that a tally's counters equal their sums. */
export function equalRule(name: string, tally: Tally): SumRule {
  return {
    type: 'sum',
    name,
    tally,
    judge: async (_, page) => page.flatMap(unequalSums),
  }
}
