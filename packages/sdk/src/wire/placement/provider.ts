import type { ProviderInventory, ProviderView } from '@nephos/core'
import { z } from 'zod'

const uuid = z.uuid()

/** The body that makes a provider; `parent_provider_uuid` is known since 1.14. */
export const providerNew = z.strictObject({
  name: z.string().min(1).max(200),
  uuid: uuid.optional(),
  parent_provider_uuid: uuid.nullish(),
})

export const providerChange = z.strictObject({
  name: z.string().min(1).max(200),
  parent_provider_uuid: uuid.nullish(),
})

/** The last microversions without a part of a provider, by the path of its link. */
const links: readonly (readonly [rel: string, since: number])[] = [
  ['inventories', 0],
  ['usages', 0],
  ['aggregates', 1],
  ['traits', 6],
  ['allocations', 11],
]

/** A provider as Placement shows it. @param base the URL path of the API. */
export function providerBody(view: ProviderView, base: string, version: number): object {
  const href = `${base}/resource_providers/${view.id}`
  return {
    uuid: view.id,
    name: view.name,
    generation: view.generation,
    ...(version >= 14 && {
      parent_provider_uuid: view.parentId,
      root_provider_uuid: view.rootId,
    }),
    links: [
      { rel: 'self', href },
      ...links
        .filter(([, since]) => version >= since)
        .map(([rel]) => ({ rel, href: `${href}/${rel}` })),
    ],
  }
}

const count = z.int().min(0).max(2_147_483_647)
const fields = {
  total: z.int().min(1).max(2_147_483_647),
  reserved: count.optional(),
  min_unit: z.int().min(1).max(2_147_483_647).optional(),
  max_unit: z.int().min(1).max(2_147_483_647).optional(),
  step_size: z.int().min(1).max(2_147_483_647).optional(),
  allocation_ratio: z.number().positive().max(3.40282e38).optional(),
}

/** One inventory of a body. */
export const inventoryFields = z.strictObject(fields)

/** All inventories of a provider. */
export const inventoriesReplace = z.strictObject({
  resource_provider_generation: z.int(),
  inventories: z.record(z.string(), inventoryFields),
})

export const inventoryReplace = z.strictObject({
  ...fields,
  resource_provider_generation: z.int(),
})

export const inventoryNew = z.strictObject({
  ...fields,
  resource_class: z.string(),
  resource_provider_generation: z.int().optional(),
})

/** What the core takes of an inventory: with its own defaults where nothing was said. */
export function inventoryInput(body: z.infer<typeof inventoryFields>): {
  total: number
} & Partial<ProviderInventory> {
  return {
    total: body.total,
    ...(body.reserved !== undefined && { reserved: body.reserved }),
    ...(body.min_unit !== undefined && { minUnit: body.min_unit }),
    ...(body.max_unit !== undefined && { maxUnit: body.max_unit }),
    ...(body.step_size !== undefined && { stepSize: body.step_size }),
    ...(body.allocation_ratio !== undefined && { ratio: body.allocation_ratio }),
  }
}

export function inventoryBody(inventory: ProviderInventory): object {
  return {
    total: inventory.total,
    reserved: inventory.reserved,
    min_unit: inventory.minUnit,
    max_unit: inventory.maxUnit,
    step_size: inventory.stepSize,
    allocation_ratio: inventory.ratio,
  }
}

/** All inventories of a provider as Placement shows them. */
export function inventoriesBody({ generation, inventories }: ProviderView): object {
  return {
    resource_provider_generation: generation,
    inventories: Object.fromEntries(
      Object.entries(inventories).map(([name, one]) => [name, inventoryBody(one)]),
    ),
  }
}
