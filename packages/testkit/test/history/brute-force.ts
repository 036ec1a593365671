import type { Transaction } from '../../src/history/dependencies.ts'
import type { Model, Operation } from '../../src/history/operation.ts'

/**
 * Linearizability by its definition: tries every order of what was called by a time, such that all
 * that had returned by then is in it. Parts stand for themselves.
 */
export function bruteLinearizable<S, I, O>(
  model: Model<S, I, O>,
  operations: readonly Operation<I, O>[],
  until: number = Number.POSITIVE_INFINITY,
): boolean {
  const required = (operation: Operation<I, O>): boolean =>
    operation.return !== undefined && operation.return <= until
  const extend = (state: S, left: readonly Operation<I, O>[]): boolean => {
    if (!left.some(required)) return true
    return left.some((next) => {
      if (next.call > until) return false
      const late = left.some((other) => other.return !== undefined && other.return < next.call)
      if (late) return false
      const output = next.return === undefined ? undefined : next.output
      const after = model.step(state, next.input, output)
      if (after === undefined) return false
      return extend(
        after,
        left.filter((other) => other !== next),
      )
    })
  }
  const part = (operation: Operation<I, O>): string => model.partition?.(operation) ?? ''
  return [...new Set(operations.map(part))].every((name) =>
    extend(
      model.init(),
      operations.filter((operation) => part(operation) === name),
    ),
  )
}

/** Runs the commits in every order over rows that know their version. */
export function bruteSerializable(commits: readonly Transaction[]): boolean {
  const written = new Set(commits.flatMap(({ writes }) => writes.map(versionName)))
  const extend = (rows: ReadonlyMap<string, number>, left: readonly Transaction[]): boolean => {
    if (left.length === 0) return true
    return left.some((next) => {
      if (left.some((other) => other.return !== undefined && other.return < next.call)) return false
      const after = run(new Map(rows), next, written)
      if (!after) return false
      return extend(
        after,
        left.filter((other) => other !== next),
      )
    })
  }
  return extend(new Map(), commits)
}

function versionName({ row, rev }: { readonly row: string; readonly rev: number }): string {
  return `${row}@${rev}`
}

/** The rows after a commit; undefined where it cannot come now. */
function run(
  rows: Map<string, number>,
  { reads, writes }: Transaction,
  written: ReadonlySet<string>,
): Map<string, number> | undefined {
  const own = new Set(writes.map(versionName))
  const seen = new Map<string, number | null>()
  for (const { row, rev } of reads) {
    if (rev !== null && own.has(versionName({ row, rev }))) continue
    // No instant shows two versions of a row.
    if (seen.has(row) && seen.get(row) !== rev) return undefined
    seen.set(row, rev)
  }
  for (const [row, rev] of seen) {
    const now = rows.get(row) ?? null
    // A version whose writer is not in the history may be written by a stranger just before.
    const stranger = rev !== null && !written.has(versionName({ row, rev }))
    if (stranger && (now ?? 0) < rev) rows.set(row, rev)
    else if (now !== rev) return undefined
  }
  for (const { row, rev } of writes.toSorted((a, b) => a.rev - b.rev)) {
    if ((rows.get(row) ?? 0) >= rev) return undefined
    rows.set(row, rev)
  }
  return rows
}
