import { CloudError } from '../base/errors.ts'
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
