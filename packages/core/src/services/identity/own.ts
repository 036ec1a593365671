import { CloudError } from '../../base/errors.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'

/**
 * What is a user's own is shown to him and to operators; nobody else is told that it exists.
 *
 * @throws CloudError `notFound`.
 */
export function requireOwn(call: Call, userId: string, noun: string, field = 'id'): void {
  const { actor } = call
  if (actor.userId !== userId && !actor.system) throw notFound(noun, field)
}

/**
 * What was lent is lent on only where that was allowed, and never for longer.
 *
 * @throws CloudError `forbidden`.
 */
export function requireLendable(call: Call, until: number | null = null): void {
  const { lent } = call.actor
  if (!lent) return
  const isWithin = lent.until === null || (until !== null && until <= lent.until)
  if (lent.onward && isWithin) return
  throw lentOnly()
}

/**
 * Who one is, and what one signs with, only he changes who acts as himself.
 *
 * @throws CloudError `forbidden`.
 */
export function requireUnlent(call: Call): void {
  if (call.actor.lent) throw lentOnly()
}

function lentOnly(): CloudError {
  return new CloudError('forbidden', 'Not allowed by what was lent to the caller.', {
    field: 'actor',
  })
}
