import type { Counter } from '../../ports/store.ts'
import { groupBy } from '../compute/host-counters.ts'
import type { AuditKernel, ScopeSums, Tally } from './rule.ts'
import type { Sums } from './sums.ts'

/** Scopes as rules judge them: their counters, in one statement, beside their sums. */
export async function readScopes(
  kernel: AuditKernel,
  tally: Tally,
  scopes: readonly string[],
  sums: Sums,
): Promise<ScopeSums[]> {
  return besideSums(tally, scopes, sums, await kernel.store.counters(scopes))
}

/** Scopes as rules judge them, of counters that were read already. */
export function besideSums(
  tally: Tally,
  scopes: readonly string[],
  sums: Sums,
  counters: readonly Counter[],
): ScopeSums[] {
  const own = groupBy(counters, ({ scope }) => scope)
  return scopes.map((scope) => ({
    scope,
    id: scope.slice(tally.prefix.length),
    sums: sums.of(scope),
    counters: own.get(scope) ?? [],
  }))
}
