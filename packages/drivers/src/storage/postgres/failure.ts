import { CloudError, isCloudError } from '@nephos/core'

/** PostgreSQL's own name of an error (`23505`); undefined when the server did not answer. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { code, severity } = error as { readonly code?: unknown; readonly severity?: unknown }
  // Errors of the network have codes too, but no severity.
  return typeof code === 'string' && typeof severity === 'string' ? code : undefined
}

export function isUniqueViolation(error: unknown): boolean {
  return sqlState(error) === '23505'
}

/** The transaction lost against another one, left nothing, and may win when it is run again. */
export class LostRace extends Error {
  override readonly name = 'LostRace'
}

/** Serialization failure, deadlock, or what a statement saw was gone for the next one. */
export function mayRunAgain(error: unknown): boolean {
  const state = sqlState(error)
  return state === '40001' || state === '40P01' || error instanceof LostRace
}

/** True when the connection is of no use any more, or its state is not known. */
export function isBroken(error: unknown): boolean {
  if (isCloudError(error) || error instanceof LostRace) return false
  const state = sqlState(error)
  return state === undefined || state.startsWith('57P') || state.startsWith('08')
}

/** What a code means to whoever runs the store. `never`: it takes more than waiting. */
const meanings: readonly (readonly [string, string, 'never' | 'later'])[] = [
  ['53100', 'There is no room left for the database.', 'later'],
  ['53', 'The database server is out of something.', 'later'],
  ['54', 'A row is more than the database can hold.', 'never'],
  ['57014', 'The database took too long.', 'later'],
  ['55P03', 'The database took too long to give a lock.', 'later'],
  ['25006', 'The database cannot be written.', 'later'],
  ['42501', 'The role has no right to do this in the database.', 'never'],
  ['28', 'The database refuses this role.', 'never'],
  ['3D000', 'There is no such database.', 'never'],
  ['XX', 'The database is damaged.', 'never'],
]

/** The error as the Store port promises it: `unavailable`, the cause kept for operators. */
export function storageError(error: unknown, fallback: string): CloudError {
  if (isCloudError(error)) return error
  const state = sqlState(error)
  const known = meanings.find(([prefix]) => state?.startsWith(prefix))
  return new CloudError('unavailable', known?.[1] ?? fallback, {
    retry: known?.[2] ?? 'later',
    internal: { postgres: state ?? String(error) },
    cause: error,
  })
}
