import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import { hostKind } from '../../model/compute/host.ts'
import { providerKind } from '../../model/placement/provider.ts'
import type { Kind, Stored } from '../../model/kind.ts'
import { traitsField } from '../compute/host-inventory.ts'
import { idField, nameField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { type IdSource, mergedPage } from '../page.ts'
import { aggregatesField, anyOfAggregates, anyOfTraits, resourcesField } from './fields.ts'
import { requireClassNames, requireTraitNames } from './names.ts'
import {
  asProvider,
  fits,
  hostAsProvider,
  type ProviderView,
  readProviders,
  readTree,
  readUse,
} from './view.ts'

const listInput = z.strictObject({
  limit: z.int().min(1).max(limits.listingEntries).default(limits.pageRows),
  marker: idField.optional(),
  id: idField.optional(),
  name: nameField.optional(),
  /** The tree of this provider. */
  inTree: idField.optional(),
  memberOf: anyOfAggregates.default([]),
  notMemberOf: aggregatesField.default([]),
  required: anyOfTraits.default([]),
  forbidden: traitsField.default([]),
  /** Amounts for which there is room. */
  resources: resourcesField.optional(),
})
type ProviderFilter = z.infer<typeof listInput>

/** A view as a row of a page. */
interface Listed extends Stored {
  readonly view: ProviderView
}

/** Hosts and other providers by id; a filter is looked at row by row. */
export const providerList = defineOperation({
  id: 'placement.provider.list',
  summary: 'Lists providers, hosts among them, by what they are, have and have room for.',
  policy: { scope: 'system', role: 'reader' },
  mutates: false,
  input: listInput,
  run: async (call, input): Promise<ProviderView[]> => {
    const { kernel } = call
    await requireTraitNames(kernel, [...input.required.flat(), ...input.forbidden], 'required')
    await requireClassNames(kernel, Object.keys(input.resources ?? {}), 'resources')
    const named = await namedFew(kernel, input)
    if (named) {
      const { marker } = input
      const kept = named.filter((view) => isListed(view, input) && (!marker || view.id > marker))
      return (await withRoom(kernel, kept, input)).slice(0, input.limit)
    }
    const sources = [byId(kernel, providerKind, asProvider), byId(kernel, hostKind, hostAsProvider)]
    const found: ProviderView[] = []
    for (let marker = input.marker; ;) {
      const page = { limit: limits.pageRows, marker }
      const rows = await mergedPage(call, sources, page, ({ view }) => isListed(view, input))
      const views = rows.map(({ view }) => view)
      found.push(...(await withRoom(kernel, views, input)))
      if (found.length >= input.limit) return found.slice(0, input.limit)
      if (rows.length < limits.pageRows) return found
      marker = rows.at(-1)?.id
    }
  },
})

/** Those that an id, a name or a tree names; undefined when it takes a look at all. */
async function namedFew(
  kernel: Kernel,
  input: ProviderFilter,
): Promise<ProviderView[] | undefined> {
  if (input.id !== undefined) {
    return (await readProviders(kernel, [input.id])).flatMap((view) => view ?? [])
  }
  if (input.name !== undefined) {
    const [others, hosts] = await Promise.all([
      kernel.store.lookup(providerKind, 'byName', [[input.name]]),
      kernel.store.lookup(hostKind, 'byName', [[input.name]]),
    ])
    return [...others.map(asProvider), ...hosts.map(hostAsProvider)]
  }
  if (input.inTree === undefined) return undefined
  const [member] = await readProviders(kernel, [input.inTree])
  if (!member) return []
  const tree = await readTree(kernel, member.rootId)
  return tree.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function isListed(view: ProviderView, input: ProviderFilter): boolean {
  if (input.id !== undefined && view.id !== input.id) return false
  if (input.name !== undefined && view.name !== input.name) return false
  return hasMarks(view, view.aggregateIds, input)
}

/** Conditions on traits and aggregates. */
export interface Marks {
  readonly required: readonly (readonly string[])[]
  readonly forbidden: readonly string[]
  readonly memberOf: readonly (readonly string[])[]
  readonly notMemberOf: readonly string[]
}

/** True if the provider has the traits and is in the aggregates that are asked for. */
export function hasMarks(
  { traits }: Pick<ProviderView, 'traits'>,
  aggregateIds: readonly string[],
  ask: Marks,
): boolean {
  return (
    ask.required.every((any) => any.some((name) => traits.includes(name))) &&
    !ask.forbidden.some((name) => traits.includes(name)) &&
    ask.memberOf.every((any) => any.some((id) => aggregateIds.includes(id))) &&
    !ask.notMemberOf.some((id) => aggregateIds.includes(id))
  )
}

async function withRoom(
  kernel: Kernel,
  views: readonly ProviderView[],
  { resources, inTree }: ProviderFilter,
): Promise<ProviderView[]> {
  const inside = inTree === undefined ? views : await ofTree(kernel, views, inTree)
  if (resources === undefined || inside.length === 0) return [...inside]
  const use = await readUse(kernel, inside)
  return inside.filter(({ id, inventories }) =>
    Object.entries(resources).every(([name, amount]) => {
      const inventory = inventories[name]
      return inventory !== undefined && fits(inventory, use.get(id)?.get(name) ?? 0, amount)
    }),
  )
}

async function ofTree(
  kernel: Kernel,
  views: readonly ProviderView[],
  id: string,
): Promise<ProviderView[]> {
  const [member] = await readProviders(kernel, [id])
  return views.filter(({ rootId }) => rootId === member?.rootId)
}

function byId<T extends Stored>(
  kernel: Kernel,
  kind: Kind<T>,
  viewOf: (row: T) => ProviderView,
): IdSource<Listed> {
  return async (after, limit) => {
    const from = after === undefined ? {} : { after: { id: after, rev: 0 } }
    const rows: T[] = await kernel.store.query(kind, { limit, ...from })
    const last = rows.length < limit ? undefined : rows.at(-1)?.id
    return { rows: rows.map((row) => ({ id: row.id, rev: row.rev, view: viewOf(row) })), last }
  }
}
