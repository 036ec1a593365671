import { type ErrorCode, isCloudError } from '@nephos/core'

/** What a sound cloud may answer to a request that it cannot serve; anything else is a defect. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'quotaExceeded',
  'noValidHost',
  'addressesExhausted',
  'overloaded',
  'stale',
])

/**
 * Under which name a refused request is counted: the code, for `noValidHost` with the reason that
 * ruled out most hosts (`noValidHost:resources`), or `noValidHost:count` when none was ruled out
 * alone and together they hold too few. Undefined when the error is no refusal.
 */
export function refusalReason(error: unknown): string | undefined {
  if (!isCloudError(error) || !refusals.has(error.code)) return undefined
  if (error.code !== 'noValidHost') return error.code
  const ruledOut = (error.detail?.ruledOut ?? {}) as Readonly<Record<string, number>>
  let main: string | undefined
  for (const [reason, count] of Object.entries(ruledOut)) {
    if (count > (main === undefined ? 0 : (ruledOut[main] as number))) main = reason
  }
  return `noValidHost:${main ?? 'count'}`
}
