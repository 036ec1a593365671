import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  builtInRegionId,
  type Catalog,
  catalogId,
  catalogKind,
} from '../../model/identity/catalog.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { defineOperation } from '../operation.ts'

export type Parts = Pick<Catalog, 'regions' | 'services' | 'endpoints'>

const noParts: Parts = { regions: [], services: [], endpoints: [] }

/** What operators have added to the catalogue: one read. */
export async function readCatalog(kernel: Kernel): Promise<Parts> {
  const [row] = await kernel.store.get(catalogKind, [catalogId])
  return row ?? noParts
}

export const catalogGet = defineOperation({
  id: 'identity.catalog.get',
  summary: 'Shows the regions, services and endpoints that operators have added.',
  policy: { scope: 'any', role: 'reader', domainRole: 'reader' },
  input: z.strictObject({}),
  mutates: false,
  run: async ({ kernel }): Promise<Parts> => {
    const { endpoints, regions, services } = await readCatalog(kernel)
    return { regions, services, endpoints }
  },
})

/**
 * Writes the catalogue as it is after a change. Of two changes at once one comes second, and sees
 * the other.
 */
export async function change<T>(
  call: Call,
  edit: (parts: Parts) => { readonly parts: Partial<Parts>; readonly ids: string[]; answer: T },
): Promise<T> {
  const { kernel } = call
  const [row] = await kernel.store.get(catalogKind, [catalogId])
  const { answer, ids, parts } = edit(row ?? noParts)
  const next = { ...noParts, ...row, ...parts, id: catalogId, updatedAt: kernel.clock.now() }
  const isEmpty = [next.regions, next.services, next.endpoints].every((list) => list.length === 0)
  const writes = new Writes()
  if (!row) writes.insert(catalogKind, next)
  else if (isEmpty) writes.remove(catalogKind, row)
  else writes.update(catalogKind, { ...next, rev: row.rev })
  await call.commit(writes, [catalogId, ...ids], answer)
  return answer
}

/** @throws CloudError `quotaExceeded`. */
export function added<T>(list: readonly T[], item: T, limit: number): readonly T[] {
  if (list.length < limit) return [...list, item]
  throw new CloudError('quotaExceeded', 'The catalogue is full.', { limit })
}

/** @throws CloudError `notFound`. */
export function found<T extends { readonly id: string }>(
  list: readonly T[],
  id: string,
  noun: string,
): T {
  const item = list.find((one) => one.id === id)
  if (!item) throw notFound(noun, 'id')
  return item
}

export function replaced<T extends { readonly id: string }>(
  list: readonly T[],
  item: T,
): readonly T[] {
  return list.map((one) => (one.id === item.id ? item : one))
}

/** @throws CloudError `invalid` with the field: what is named is not there. */
export function requireRegion(
  { regions }: Parts,
  id: string | null | undefined,
  field: string,
): void {
  if (id == null || id === builtInRegionId || regions.some((region) => region.id === id)) return
  throw new CloudError('invalid', `${field}: there is no such region.`, { field })
}
