import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import type { Kind } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import type { Owned } from '../fetch.ts'
import { type IdSource, listPage, mergedPage, type PageBounds } from '../page.ts'

interface Shareable extends Owned {
  readonly shared: boolean
}

/**
 * A page of what the caller may see, by id: an operator everything, a project its own and what is
 * shared. The kind has indexes `byProject` and `byShared` of exactly these fields.
 */
export function sharedPage<T extends Shareable>(
  call: Call,
  kind: Kind<T>,
  page: PageBounds,
  keep: (record: T) => boolean,
): Promise<T[]> {
  const { kernel, actor } = call
  if (actor.system) return listPage(call, kind, {}, page, keep)
  const own = indexSource(kernel, kind, 'byProject', 'projectId', actor.projectId as string)
  const shared = indexSource(kernel, kind, 'byShared', 'shared', true)
  return mergedPage(call, [own, shared], page, keep)
}

/** Rows with one value in an index of one field: the marker need not be among them. */
function indexSource<T extends Owned>(
  kernel: Kernel,
  kind: Kind<T>,
  index: string,
  field: string,
  value: string | boolean,
): IdSource<T> {
  return async (after, limit) => {
    const rows = await kernel.store.query(kind, {
      index,
      equals: [value],
      limit: Math.min(limit, limits.pageRows),
      ...(after !== undefined && { after: { id: after, rev: 0, [field]: value } }),
    })
    return { rows, last: rows.length < limit ? undefined : rows.at(-1)?.id }
  }
}
