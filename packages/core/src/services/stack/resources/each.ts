import pLimit from 'p-limit'
import { type ErrorCode, isCloudError } from '../../../base/errors.ts'
import { limits } from '../../../base/limits.ts'
import { CommitConflict } from '../../../commit/committer.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import type { Result } from './result.ts'
import type { ResourceWork, Verb } from './type.ts'

/** What passes by itself: everything else is an answer. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'stale',
  'unavailable',
  'overloaded',
  'deadline',
  'aborted',
  'internal',
  'closed',
])

/** A verb that does one after the other what it does for one, several at a time. */
export function each(one: (work: ResourceWork, row: StackResource) => Promise<Result>): Verb {
  return async (work, rows) => {
    const limit = pLimit(limits.driverConcurrency)
    const results = await Promise.all(
      rows.map((row) => limit(async () => [row.id, await attempt(() => one(work, row))] as const)),
    )
    return new Map(results)
  }
}

/** What a call came to: its errors are results too. */
export async function attempt(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof CommitConflict) return { state: 'retry', reason: error.message }
    if (!isCloudError(error)) throw error
    const reason = error.field === undefined ? error.message : `${error.message} (${error.field})`
    return passing.has(error.code)
      ? { state: 'retry', reason }
      : { state: 'failed', reason: `${error.code}: ${reason}` }
  }
}

/**
 * A removal: what is not there is removed, and what is still in use by something that is going
 * will be free in a moment.
 *
 * @param ids what the row is called by its service.
 */
export function removal(
  one: (work: ResourceWork, id: string, row: StackResource) => Promise<unknown>,
): Verb {
  return each(async (work, row) => {
    if (row.physicalId === null) return { state: 'done' }
    try {
      await one(work, row.physicalId, row)
      return { state: 'done' }
    } catch (error) {
      if (isCloudError(error) && error.code === 'notFound') return { state: 'done' }
      if (
        isCloudError(error) &&
        error.code === 'conflict' &&
        row.tries < limits.stackRemovalTries
      ) {
        return { state: 'retry', reason: error.message }
      }
      throw error
    }
  })
}

/** A verb for what exists in its row alone: its id is the row's. */
export function rowOnly(
  attributesOf: (
    work: ResourceWork,
    row: StackResource,
  ) => NonNullable<Extract<Result, { state: 'done' }>['attributes']>,
): Verb {
  return async (work, rows) =>
    new Map(
      rows.map((row) => [
        row.id,
        { state: 'done', physicalId: row.id, attributes: attributesOf(work, row) },
      ]),
    )
}
