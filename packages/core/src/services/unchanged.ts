import { Writes } from '../commit/writes.ts'
import type { Kind, Stored } from '../model/kind.ts'
import type { Call } from './call.ts'

/**
 * Accepts a call that finds everything as it asks for. It is on record and under its key as any
 * other, and fails when what it has read is old: what looks done may have been undone since.
 *
 * @param row what shows that there is nothing to do: its revision is compared, and grows.
 * @returns the answer.
 */
export async function commitUnchanged<T extends Stored, V = T>(
  call: Call,
  kind: Kind<T>,
  row: T,
  targets: readonly string[],
  view: (row: T) => V,
): Promise<V> {
  const answer = view({ ...row, rev: row.rev + 1 })
  await call.commit(new Writes().update(kind, row), targets, answer)
  return answer
}
