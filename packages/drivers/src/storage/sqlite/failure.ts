import { CloudError, isCloudError } from '@nephos/core'

/** SQLite's own name of an error (`SQLITE_FULL`), or undefined. */
export function sqliteCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  const { code } = error
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : undefined
}

export function isConstraint(error: unknown): boolean {
  return sqliteCode(error)?.startsWith('SQLITE_CONSTRAINT') ?? false
}

/** What a code means to whoever runs the store. `never`: it takes more than waiting. */
const meanings: readonly (readonly [string, string, 'never' | 'later'])[] = [
  ['SQLITE_BUSY', 'The database file is in use by another store or process.', 'later'],
  ['SQLITE_LOCKED', 'The database file is in use by another store or process.', 'later'],
  ['SQLITE_FULL', 'There is no room left for the database file.', 'later'],
  ['SQLITE_READONLY', 'The database file cannot be written.', 'never'],
  ['SQLITE_NOTADB', 'The file is no SQLite database.', 'never'],
  ['SQLITE_CORRUPT', 'The database file is damaged.', 'never'],
  ['SQLITE_IOERR', 'The database file cannot be read or written.', 'later'],
  ['SQLITE_CANTOPEN', 'The database file cannot be opened.', 'never'],
]

/** The error as the Store port promises it: `unavailable`, the cause kept for operators. */
export function storageError(error: unknown, fallback: string): CloudError {
  if (isCloudError(error)) return error
  const code = sqliteCode(error)
  const known = meanings.find(([prefix]) => code?.startsWith(prefix))
  return new CloudError('unavailable', known?.[1] ?? fallback, {
    retry: known?.[2] ?? 'later',
    internal: { sqlite: code ?? String(error) },
    cause: error,
  })
}
