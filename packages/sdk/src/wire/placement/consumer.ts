import type { ConsumerView, InputOf, allocationSet } from '@nephos/core'
import { CloudError } from '@nephos/core'
import { z } from 'zod'

type Order = InputOf<typeof allocationSet>['consumers'][number]

/** Whom Placement names as owner of consumers of whom nobody said it, before 1.8. */
const nobody = '00000000-0000-0000-0000-000000000000'

const resources = z
  .record(z.string().regex(/^[A-Z0-9_]+$/), z.int().min(1))
  .refine((all) => Object.keys(all).length > 0, 'names no resource class')

const byProvider = z.record(
  z.uuid(),
  // What was read may be written: its generation is not looked at.
  z.strictObject({ resources, generation: z.int().optional() }),
)

const list = z
  .array(z.strictObject({ resource_provider: z.strictObject({ uuid: z.uuid() }), resources }))
  .min(1)

const mappings = z.record(z.string().regex(/^[A-Za-z0-9_-]{0,64}$/), z.array(z.uuid()).min(1))

const owner = z.string().min(1).max(255)

/** What a consumer is to take. Which fields there must be, `orderOf` says by version. */
export const consumerBody = z.strictObject({
  allocations: z.union([byProvider, list]),
  project_id: owner.optional(),
  user_id: owner.optional(),
  consumer_generation: z.int().nullable().optional(),
  consumer_type: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[A-Z0-9_]+$/)
    .optional(),
  mappings: mappings.optional(),
})

/** Those of several consumers, by their ids. */
export const consumersBody = z.record(z.uuid(), consumerBody)

/**
 * The order that a body is, in a version.
 *
 * @throws CloudError `invalid` for fields that the version does not know, or misses.
 */
export function orderOf(
  id: string,
  body: z.infer<typeof consumerBody>,
  version: number,
  options: { readonly mayBeEmpty?: boolean } = {},
): Order {
  const since = (field: keyof typeof body, from: number, needed: boolean): void => {
    const given = body[field] !== undefined
    if (given && version < from) throw invalid(field, 'Additional properties are not allowed')
    if (!given && needed && version >= from) throw invalid(field, 'is a required property')
  }
  since('project_id', 8, true)
  since('user_id', 8, true)
  since('consumer_generation', 28, true)
  since('mappings', 34, false)
  since('consumer_type', 38, true)
  const { allocations } = body
  const isList = Array.isArray(allocations)
  if (isList !== version < 12) throw invalid('allocations', 'is not of the form of this version')
  const entries: readonly (readonly [string, Record<string, number>])[] = isList
    ? allocations.map((one) => [one.resource_provider.uuid, one.resources])
    : Object.entries(allocations).map(([providerId, one]) => [providerId, one.resources])
  if (entries.length === 0 && version < 28 && !options.mayBeEmpty) {
    throw invalid('allocations', 'names no provider')
  }
  return {
    id,
    projectId: body.project_id ?? nobody,
    userId: body.user_id ?? nobody,
    type: body.consumer_type ?? null,
    ...(version >= 28 && { generation: body.consumer_generation ?? null }),
    allocations: entries.map(([providerId, amounts]) => ({ providerId, resources: amounts })),
  }
}

function invalid(field: string, message: string): CloudError {
  return new CloudError('invalid', `${field}: ${message}.`, { field })
}

/** What a consumer of whom nobody said a type is called. */
export const unknownType = 'unknown'

/** What a consumer takes, as Placement shows it. */
export function allocationsBody(view: ConsumerView | null, version: number): object {
  if (!view) return { allocations: {} }
  return {
    allocations: Object.fromEntries(
      view.allocations.map((one) => [
        one.providerId,
        { generation: one.providerGeneration, resources: one.resources },
      ]),
    ),
    ...(version >= 12 && { project_id: view.projectId, user_id: view.userId }),
    ...(version >= 28 && { consumer_generation: view.generation }),
    ...(version >= 38 && { consumer_type: view.type ?? unknownType }),
  }
}
