import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import type { Kind } from '../../model/kind.ts'
import {
  everyProject,
  type Lent,
  type RbacObjectType,
  type RbacPolicy,
  rbacPolicyKind,
} from '../../model/network/rbac-policy.ts'
import { subnetKind } from '../../model/network/subnet.ts'
import type { Call } from '../call.ts'
import type { Owned } from '../fetch.ts'
import { everyRow, type IdSource, listPage, mergedPage, type PageBounds } from '../page.ts'
import { isLentTo } from './access.ts'

interface Shareable extends Owned, Lent {}

/**
 * A page of what the caller may see, by id: an operator everything, a project its own and what is
 * lent to it. The kind has indexes `byProject` and `byShared` of exactly these fields.
 *
 * @param open further indexes, each of one field, under whose `true` everybody's are.
 */
export function sharedPage<T extends Shareable>(
  call: Call,
  kind: Kind<T>,
  page: PageBounds,
  keep: (record: T) => boolean,
  open: readonly { readonly index: string; readonly field: string }[] = [],
): Promise<T[]> {
  const { kernel } = call
  const indexes = [{ index: 'byShared', field: 'shared' }, ...open]
  const others = indexes.map(({ index, field }) => indexSource(kernel, kind, index, field, true))
  return pageOf(call, kind, page, keep, others)
}

/** As `sharedPage`, of a kind that is seldom lent to everyone: it has no `byShared`. */
export function lentPage<T extends Shareable>(
  call: Call,
  kind: Kind<T>,
  page: PageBounds,
  keep: (record: T) => boolean,
): Promise<T[]> {
  return pageOf(call, kind, page, keep, [lentSource(call.kernel, kind, everyProject)])
}

function pageOf<T extends Shareable>(
  call: Call,
  kind: Kind<T>,
  page: PageBounds,
  keep: (record: T) => boolean,
  others: readonly IdSource<T>[],
): Promise<T[]> {
  const { kernel, actor } = call
  if (actor.system) return listPage(call, kind, {}, page, keep)
  const projectId = actor.projectId as string
  const own = indexSource(kernel, kind, 'byProject', 'projectId', projectId)
  const lent = lentSource(kernel, kind, projectId)
  return mergedPage(call, [own, lent, ...others], page, keep)
}

/** What policies lend to a project, or to everyone. Subnets are lent with their network. */
function lentSource<T extends Shareable>(
  kernel: Kernel,
  kind: Kind<T>,
  target: string,
): IdSource<T> {
  if (kind.name === subnetKind.name) return lentSubnets(kernel, kind, target)
  const objectType = kind.name as RbacObjectType
  return async (after, limit) => {
    const policies = await kernel.store.query(rbacPolicyKind, {
      index: 'byTarget',
      equals: [target, objectType],
      limit: Math.min(limit, limits.pageRows),
      ...(after !== undefined && { after: beyond(target, objectType, after) }),
    })
    const ids = [...new Set(policies.map(({ objectId }) => objectId))]
    const rows = ids.length === 0 ? [] : await kernel.store.get(kind, ids)
    const found = rows.filter((row): row is T => row !== undefined)
    return {
      rows: found,
      last: policies.length < limit ? undefined : policies.at(-1)?.objectId,
    }
  }
}

/** Where policies about things after this one begin. */
function beyond(
  target: string,
  objectType: RbacObjectType,
  objectId: string,
): Pick<RbacPolicy, 'id' | 'rev' | 'target' | 'objectType' | 'objectId'> {
  return { id: '~', rev: 0, target, objectType, objectId }
}

function lentSubnets<T extends Shareable>(
  kernel: Kernel,
  kind: Kind<T>,
  target: string,
): IdSource<T> {
  const query = { index: 'byTarget', equals: [target, 'network'] }
  return async (after, limit) => {
    const rows: T[] = []
    for await (const policies of everyRow(kernel, rbacPolicyKind, query)) {
      const keys = policies.map(({ objectId }) => [objectId])
      const found = await kernel.store.lookup(kind, 'byNetwork', keys)
      rows.push(...found.filter((row) => isLentTo(row, target)))
    }
    const page = rows
      .filter(({ id }) => after === undefined || id > after)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit)
    return { rows: page, last: page.length < limit ? undefined : page.at(-1)?.id }
  }
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
