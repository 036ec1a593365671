import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { serverGroupKind } from '../../model/compute/server-group.ts'
import type { Explanation } from '../../ports/scheduler.ts'
import { fetchOne } from '../fetch.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { flavorDemand, requireFlavor } from './flavor.ts'
import { groupRule } from './server-group.ts'
import { zoneField } from './server-input.ts'
import { aggregateSets, placementAsk, readAggregates } from './server-plan.ts'

/** How many more would fit, and why not one more. */
export interface CapacityAnswer {
  /** Servers that would fit now if nothing else were asked for; up to 2,147,483,647. */
  readonly servers: number
  /**
   * Why a request for one more would be refused; null when more fit than one request may ask for.
   */
  readonly explanation: Explanation | null
}

/**
 * How many servers of a flavor would fit now, in zones and in a group as a request would name them:
 * hosts only, whatever quotas and addresses say. It tells how full a cloud is, so it is for
 * operators; projects learn from a refusal how many would have fitted.
 *
 * @throws CloudError `notFound` for the flavor or the group.
 */
export const capacityAsk = defineOperation({
  id: 'compute.capacity.ask',
  summary: 'How many servers of a flavor would fit now.',
  policy: { scope: 'system', role: 'reader' },
  input: z.strictObject({
    flavorId: idField,
    /** Any of these zones; any zone at all when absent. */
    availabilityZones: z.array(zoneField).min(1).max(64).optional(),
    groupId: idField.optional(),
  }),
  mutates: false,
  run: async (call, input): Promise<CapacityAnswer> => {
    const { kernel } = call
    const flavor = await requireFlavor(call, input.flavorId)
    const group =
      input.groupId === undefined
        ? undefined
        : await fetchOne(call, serverGroupKind, input.groupId, 'groupId')
    const { aggregateSpecs, ...demand } = flavorDemand(flavor)
    const named = Object.keys(aggregateSpecs).length > 0
    const memberOf = named ? aggregateSets(await readAggregates(kernel), aggregateSpecs) : []
    const rule = group ? await groupRule(kernel, group) : null
    await kernel.fleet.sync()
    const ask = placementAsk(
      { demand: { ...demand, memberOf }, groupRule: rule },
      { min: 1, max: 1, zones: input.availabilityZones ?? [], policy: 'pack', seed: 0 },
    )
    const servers = kernel.fleet.room(ask)
    if (servers >= limits.batchServers) return { servers, explanation: null }
    const refusal = kernel.fleet.preview({ ...ask, min: servers + 1, max: servers + 1 })
    return { servers, explanation: refusal.ok ? null : refusal.explanation }
  },
})
