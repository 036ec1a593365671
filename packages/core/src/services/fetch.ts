import { CloudError } from '../base/errors.ts'
import { CommitConflict } from '../commit/committer.ts'
import type { Kernel } from '../kernel.ts'
import type { Kind, Stored } from '../model/kind.ts'
import type { Call } from './call.ts'

/** What every resource of a project has. */
export interface Owned extends Stored {
  readonly projectId: string
}

/**
 * Records by id, if the caller's project owns them (or the caller has system scope). Foreign and
 * absent ids give the same error, so that ids of other projects cannot be probed.
 *
 * @throws CloudError `notFound` with `field`.
 */
export async function fetchOwned<T extends Owned>(
  call: Call,
  kind: Kind<T>,
  ids: readonly string[],
  field: string,
  visible: (record: T) => boolean = () => false,
): Promise<T[]> {
  const records = await call.kernel.store.get(kind, ids)
  return records.map((record, index) => {
    if (
      record &&
      (call.actor.system || record.projectId === call.actor.projectId || visible(record))
    )
      return record
    throw notFound(kind.name, ids.length > 1 ? `${field}[${index}]` : field)
  })
}

/** One record; see `fetchOwned`. */
export async function fetchOne<T extends Owned>(
  call: Call,
  kind: Kind<T>,
  id: string,
  field = 'id',
  visible?: (record: T) => boolean,
): Promise<T> {
  const [record] = await fetchOwned(call, kind, [id], field, visible)
  return record as T
}

export function notFound(noun: string, field: string): CloudError {
  return new CloudError('notFound', `No such ${noun}.`, { field })
}

/**
 * Rows that exist as long as what names them does. One that is not there was removed with it
 * meanwhile, or cannot be read yet: either way the caller's reads are old.
 *
 * @throws CommitConflict: look again.
 */
export async function getAll<T extends Stored>(
  kernel: Pick<Kernel, 'store'>,
  kind: Kind<T>,
  ids: readonly string[],
): Promise<T[]> {
  if (ids.length === 0) return []
  const rows = await kernel.store.get(kind, ids)
  const found = rows.filter((row): row is T => row !== undefined)
  if (found.length === ids.length) return found
  const unseen = ids.filter((_, index) => rows[index] === undefined)
  throw new CommitConflict({ type: 'revision', kind: kind.name, ids: unseen })
}
