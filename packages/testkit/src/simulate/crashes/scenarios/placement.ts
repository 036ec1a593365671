import {
  allocationSet,
  providerCreate,
  providerDelete,
  providerSetAggregates,
  providerSetInventory,
  providerSetTraits,
  providerUpdate,
  reshape,
  resourceClassCreate,
  resourceClassDelete,
  traitCreate,
  traitDelete,
} from '@nephos/core'
import type { CrashClient } from '../client.ts'
import type { Scenario } from '../scenario.ts'
import { stage } from '../stage.ts'

const seats = 'CUSTOM_SEAT'
const inventories = { [seats]: { total: 4 } }

/** A provider beneath a host, with four seats. */
async function theatre(
  client: CrashClient,
): Promise<{ readonly id: string; readonly hostId: string }> {
  const { hostIds } = await stage(client)
  const hostId = hostIds[0] as string
  await client.call(resourceClassCreate, { name: seats })
  const { id } = await client.call(providerCreate, { name: 'theatre', parentId: hostId })
  await client.call(providerSetInventory, { id, inventories })
  return { id, hostId }
}

const guest = (providerId: string, amount: number) => ({
  id: '00000000-0000-4000-8000-000000000001',
  projectId: 'theatre',
  userId: 'usher',
  allocations: amount === 0 ? [] : [{ providerId, resources: { [seats]: amount } }],
})

const providers: Scenario = {
  name: 'providers',
  prepare: async (client) => {
    const { hostId } = await theatre(client)
    return async () => {
      await client.call(traitCreate, { name: 'CUSTOM_LOUD' })
      const { id } = await client.call(providerCreate, { name: 'shelf', parentId: hostId })
      await client.call(providerSetInventory, { id, inventories })
      await client.call(providerSetTraits, { id, traits: ['CUSTOM_LOUD'] })
      await client.call(providerSetAggregates, { id, aggregateIds: ['somewhere'] })
      await client.call(providerUpdate, { id, parentId: null })
      await client.call(providerDelete, { id })
      await client.call(traitDelete, { name: 'CUSTOM_LOUD' })
      await client.call(resourceClassCreate, { name: 'CUSTOM_LANE' })
      await client.call(resourceClassDelete, { name: 'CUSTOM_LANE' })
    }
  },
}

const consumers: Scenario = {
  name: 'consumers',
  prepare: async (client) => {
    const { id } = await theatre(client)
    const { id: to } = await client.call(providerCreate, { name: 'other' })
    return async () => {
      await client.call(allocationSet, { consumers: [guest(id, 3)] })
      await client.call(reshape, {
        providers: [
          { id, generation: 1, inventories: {} },
          { id: to, generation: 0, inventories },
        ],
        consumers: [guest(to, 2)],
      })
      await client.call(allocationSet, { consumers: [guest(to, 0)] })
    }
  },
}

/** Providers of resources, and who takes of them. */
export const placementScenarios: readonly Scenario[] = [providers, consumers]
