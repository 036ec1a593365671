import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import {
  type Flavor,
  type FlavorAccess,
  flavorAccessId,
  flavorAccessKind,
  flavorKind,
} from '../../model/compute/flavor.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { descriptionField, idField, metadataField, nameField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { mergedPage } from '../page.ts'
import { checkExtraSpecs } from './flavor-demand.ts'

export { flavorDemand } from './flavor-demand.ts'

const operator = { scope: 'system', role: 'admin' } as const
const reader = { scope: 'any', role: 'reader' } as const

/** 16 TiB in MiB, and 1 PiB in GiB. */
const ramMbMax = 16 * 2 ** 20
const diskGbMax = 2 ** 20

/**
 * @throws CloudError `conflict` when the id or the name is taken; `invalid` for extra specs without
 *   effect.
 */
export const flavorCreate = defineOperation({
  id: 'compute.flavor.create',
  summary: 'Creates a flavor.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    /** Chosen by the operator, e.g. `m1.small`; made when absent. */
    id: idField.optional(),
    name: nameField,
    description: descriptionField.default(''),
    vcpus: z.int().min(1).max(1_024),
    ramMb: z.int().min(1).max(ramMbMax),
    diskGb: z.int().min(0).max(diskGbMax).default(0),
    ephemeralGb: z.int().min(0).max(diskGbMax).default(0),
    swapMb: z.int().min(0).max(ramMbMax).default(0),
    isPublic: z.boolean().default(true),
    rxtxFactor: z.number().positive().max(3.40282e38).optional(),
    extraSpecs: metadataField.default({}),
  }),
  run: async (call, input): Promise<Flavor> => {
    const { kernel } = call
    const at = kernel.clock.now()
    const { rxtxFactor, ...rest } = input
    const flavor = {
      ...rest,
      ...(rxtxFactor !== undefined && { rxtxFactor }),
      id: input.id ?? kernel.ids.next(),
      createdAt: at,
      updatedAt: at,
    }
    checkExtraSpecs(flavor)
    const [[sameId], [sameName]] = await Promise.all([
      kernel.store.get(flavorKind, [flavor.id]),
      kernel.store.lookup(flavorKind, 'byName', [[flavor.name]]),
    ])
    if (sameId) throw new CloudError('conflict', 'The id is taken.', { field: 'id' })
    if (sameName) throw new CloudError('conflict', 'The name is taken.', { field: 'name' })
    const answer = { ...flavor, rev: 1 }
    await call.commit(new Writes().insert(flavorKind, flavor), [flavor.id], answer)
    return answer
  },
})

export const flavorGet = defineOperation({
  id: 'compute.flavor.get',
  summary: 'Shows a flavor that the project may use.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: (call, input): Promise<Flavor> => requireFlavor(call, input.id, 'id'),
})

export const flavorList = defineOperation({
  id: 'compute.flavor.list',
  summary: 'Lists the flavors that the project may use, by id; operators see all.',
  policy: reader,
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    minRamMb: z.int().min(0).optional(),
    minDiskGb: z.int().min(0).optional(),
    isPublic: z.boolean().optional(),
  }),
  run: async (call, input): Promise<Flavor[]> => {
    const { actor, kernel } = call
    const granted = new Set<string>()
    if (!actor.system) {
      const access = await kernel.store.lookup(flavorAccessKind, 'byProject', [[actor.projectId]])
      for (const { flavorId } of access) granted.add(flavorId)
    }
    const byId = async (after: string | undefined, limit: number) => {
      const from = after === undefined ? {} : { after: { id: after, rev: 0 } }
      const rows = await kernel.store.query(flavorKind, { limit, ...from })
      return { rows, last: rows.length < limit ? undefined : rows.at(-1)?.id }
    }
    return mergedPage(call, [byId], input, (flavor) => {
      if (!actor.system && !flavor.isPublic && !granted.has(flavor.id)) return false
      if (input.isPublic !== undefined && flavor.isPublic !== input.isPublic) return false
      if (input.minRamMb !== undefined && flavor.ramMb < input.minRamMb) return false
      return input.minDiskGb === undefined || flavor.diskGb >= input.minDiskGb
    })
  },
})

/** Changes the description, sets (a value) or removes (null) extra specs; all else is for good. */
export const flavorUpdate = defineOperation({
  id: 'compute.flavor.update',
  summary: 'Describes a flavor, sets and removes its extra specs.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    id: idField,
    description: descriptionField.optional(),
    extraSpecs: z
      .record(
        z.string().min(1).max(limits.metadataLength),
        z.string().max(limits.metadataLength).nullable(),
      )
      .optional(),
  }),
  run: async (call, input): Promise<Flavor> => {
    const flavor = await requireFlavor(call, input.id, 'id')
    const specs = new Map(Object.entries(flavor.extraSpecs))
    for (const [key, value] of Object.entries(input.extraSpecs ?? {})) {
      if (value === null) specs.delete(key)
      else specs.set(key, value)
    }
    const next: Flavor = {
      ...flavor,
      description: input.description ?? flavor.description,
      extraSpecs: Object.fromEntries(specs),
      updatedAt: call.kernel.clock.now(),
    }
    checkExtraSpecs(next)
    const answer = { ...next, rev: flavor.rev + 1 }
    await call.commit(new Writes().update(flavorKind, next), [flavor.id], answer)
    return answer
  },
})

/** Servers keep what they have: each has a copy of its flavor. */
export const flavorDelete = defineOperation({
  id: 'compute.flavor.delete',
  summary: 'Deletes a flavor and its access list.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const flavor = await requireFlavor(call, id, 'id')
    const access = await call.kernel.store.lookup(flavorAccessKind, 'byFlavor', [[id]])
    const writes = new Writes().remove(flavorKind, flavor).remove(flavorAccessKind, ...access)
    await call.commit(writes, [id], null)
  },
})

/**
 * A flavor that the caller's project may use.
 *
 * @throws CloudError `notFound` with `field`, alike for an absent flavor and one without access.
 */
export async function requireFlavor(call: Call, id: string, field = 'flavorId'): Promise<Flavor> {
  const { actor, kernel } = call
  const accessId = flavorAccessId(id, actor.projectId ?? '')
  const [[flavor], [access]] = await Promise.all([
    kernel.store.get(flavorKind, [id]),
    kernel.store.get<FlavorAccess>(flavorAccessKind, [accessId]),
  ])
  if (flavor && (flavor.isPublic || actor.system || access)) return flavor
  throw notFound('flavor', field)
}
