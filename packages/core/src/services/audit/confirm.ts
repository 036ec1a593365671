import type { Kind, Stored } from '../../model/kind.ts'
import { everyRow } from '../page.ts'
import type { Finding } from './finding.ts'
import type { Numbered } from './plan.ts'
import type { AuditKernel, Problem, ScopeSums, SubjectRule, SumRule, Tally } from './rule.ts'
import { readScopes } from './scope-sums.ts'
import { Sums } from './sums.ts'

/**
 * How often what changes while it is looked at is looked at again, before it is left to the next
 * audit.
 */
const looks = 3

/** What a problem is called as a finding. */
export function findingOf(invariant: number, { subject, message }: Problem): Finding {
  return { invariant, subject, message }
}

/** Problems that are still there, unchanged, at two further looks. */
export async function confirmSubjects(
  kernel: AuditKernel,
  { invariant, rule }: Numbered<SubjectRule>,
  problems: readonly Problem[],
): Promise<Finding[]> {
  let left = problems
  for (let look = 1; look < looks && left.length > 0; look++) {
    const now = await rule.check(kernel, [...new Set(left.map(({ of }) => of))])
    const same = new Set(now.map(({ subject, message }) => `${subject} ${message}`))
    left = left.filter(({ subject, message }) => same.has(`${subject} ${message}`))
  }
  return left.map((problem) => findingOf(invariant, problem))
}

/**
 * Adds scopes up again, by index where there is one: what is read between two equal readings of
 * their counters belongs together.
 */
export async function confirmScopes(
  kernel: AuditKernel,
  tally: Tally,
  rules: readonly Numbered<SumRule>[],
  scopes: readonly string[],
): Promise<Finding[]> {
  const findings: Finding[] = []
  let open = scopes
  for (let look = 0; look < looks && open.length > 0; look++) {
    const before = new Map(
      (await readScopes(kernel, tally, open, new Sums())).map((one) => [one.scope, markOf(one)]),
    )
    const sums = await recount(kernel, tally, new Set(open))
    const after = await readScopes(kernel, tally, open, sums)
    const still = after.filter((one) => before.get(one.scope) === markOf(one))
    for (const { invariant, rule } of rules) {
      const problems = await rule.judge(kernel, still)
      findings.push(...problems.map((problem) => findingOf(invariant, problem)))
    }
    const done = new Set(still.map(({ scope }) => scope))
    open = open.filter((scope) => !done.has(scope))
  }
  return findings
}

function markOf({ counters }: ScopeSums): string {
  return counters
    .map(({ name, value, limit }) => `${name} ${value} ${limit}`)
    .sort()
    .join('\n')
}

async function recount(
  kernel: AuditKernel,
  tally: Tally,
  scopes: ReadonlySet<string>,
): Promise<Sums> {
  const sums = new Sums()
  for (const part of tally.parts) {
    const { kind, index } = part
    const pages = index ? indexed(kernel, kind, index, [...scopes], tally) : everyRow(kernel, kind)
    for await (const rows of pages) {
      for (const row of rows) {
        for (const charge of part.charges(row)) if (scopes.has(charge.scope)) sums.add(charge)
      }
    }
  }
  return sums
}

async function* indexed(
  kernel: AuditKernel,
  kind: Kind,
  index: NonNullable<Tally['parts'][number]['index']>,
  scopes: readonly string[],
  tally: Tally,
): AsyncGenerator<readonly Stored[]> {
  const ids = scopes.map((scope) => scope.slice(tally.prefix.length))
  if (index.name === '') {
    yield (await kernel.store.get(kind, ids)).filter((row) => row !== undefined)
    return
  }
  for (const id of ids) yield* everyRow(kernel, kind, { index: index.name, equals: index.keys(id) })
}
