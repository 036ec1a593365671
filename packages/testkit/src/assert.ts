import { isDeepStrictEqual, inspect } from 'node:util'
import { type ErrorCode, isCloudError } from '@nephos/core'

/** Thrown when an implementation breaks a promise of its port. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError'
}

/** @throws ConformanceError unless the condition holds. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new ConformanceError(message)
}

/** Deep, strict equality. @throws ConformanceError with both values. */
export function equal(actual: unknown, expected: unknown, message = 'not equal'): void {
  if (isDeepStrictEqual(actual, expected)) return
  const options = { depth: 6, maxArrayLength: 50, breakLength: 100 }
  throw new ConformanceError(
    `${message}\nexpected: ${inspect(expected, options)}\nactual:   ${inspect(actual, options)}`,
  )
}

/** The promise must reject with a `CloudError` of this code. @throws ConformanceError otherwise. */
export async function rejects(
  promise: Promise<unknown>,
  code: ErrorCode,
  message = 'does not reject',
): Promise<void> {
  let result: unknown
  try {
    result = await promise
  } catch (error) {
    if (isCloudError(error) && error.code === code) return
    throw new ConformanceError(`${message}: expected ${code}, got ${inspect(error)}`, {
      cause: error,
    })
  }
  throw new ConformanceError(`${message}: expected ${code}, resolved to ${inspect(result)}`)
}
