import {
  allocationGet,
  allocationSet,
  candidatesFind,
  placementUsageGet,
  providerAllocations,
  providerCreate,
  providerDelete,
  providerGet,
  providerList,
  providerSetAggregates,
  providerSetInventory,
  providerSetTraits,
  providerUpdate,
  providerUsage,
  reshape,
  resourceClassCreate,
  resourceClassDelete,
  resourceClassList,
  traitCreate,
  traitDelete,
  traitList,
} from '@nephos/core'
import type { Action, Tenant, Workload } from '../workload.ts'
import { absentId } from './aim.ts'
import { mutate } from './create.ts'

const kind = 'provider'
const classes: readonly string[] = ['CUSTOM_SEAT', 'CUSTOM_LANE']
const traits: readonly string[] = ['CUSTOM_LOUD', 'CUSTOM_QUIET']
const mostConsumers = 6

function pickName({ chance }: Tenant, names: readonly string[]): string {
  return chance.pick(names) as string
}

/** Providers are everybody's: operators take from the same ones, and undo each other's work. */
async function pickProvider(tenant: Tenant): Promise<string> {
  const { chance, common } = tenant
  if (common.all(kind).length === 0) await makeProvider.run(tenant)
  return (chance.happens(0.97) ? common.pick(kind, chance) : undefined) ?? absentId(tenant)
}

const makeProvider: Action = {
  name: 'create a provider of resources',
  weight: 1,
  run: async (tenant) => {
    const { chance, common, operator } = tenant
    const parents = [null, common.pick('host', chance) ?? null, common.pick(kind, chance) ?? null]
    const parentId = chance.pick(parents)
    const name = `shelf-${chance.whole(1, 40)}`
    const made = await mutate(tenant, providerCreate, { name, parentId }, { as: operator })
    if (made.end !== 'ok') return
    common.add(kind, made.answer.id)
    await stock(tenant, made.answer.id)
  },
}

async function stock(tenant: Tenant, id: string): Promise<void> {
  const { chance } = tenant
  const name = pickName(tenant, classes)
  await tenant.call(resourceClassCreate, { name })
  const inventories = { [name]: { total: chance.whole(1, 8) } }
  await tenant.call(providerSetInventory, { id, inventories })
}

const changeProvider: Action = {
  name: 'change a provider of resources',
  weight: 2,
  run: async (tenant) => {
    const { chance, common } = tenant
    const id = await pickProvider(tenant)
    const name = pickName(tenant, traits)
    await tenant.call(traitCreate, { name })
    await tenant.call(providerSetTraits, { id, traits: chance.happens(0.6) ? [name] : [] })
    const aggregateIds = chance.happens(0.5) ? [absentId(tenant)] : []
    await tenant.call(providerSetAggregates, { id, aggregateIds })
    if (chance.happens(0.5)) await stock(tenant, id)
    const parentId = chance.happens(0.5) ? null : (common.pick(kind, chance) ?? null)
    await tenant.call(providerUpdate, { id, parentId })
  },
}

/** Few consumers, so that those of several tenants are the same ones. */
function order(tenant: Tenant, providerIds: readonly string[]): object {
  const { chance } = tenant
  const id = `00000000-0000-4000-8000-00000000000${chance.whole(1, mostConsumers)}`
  const allocations = providerIds.map((providerId) => {
    return { providerId, resources: { [pickName(tenant, classes)]: chance.whole(1, 3) } }
  })
  return { id, projectId: 'theatre', userId: 'usher', type: 'GUEST', allocations }
}

const takeResources: Action = {
  name: 'take resources of providers',
  weight: 4,
  run: async (tenant) => {
    const { chance, operator, common } = tenant
    const id = await pickProvider(tenant)
    const own = chance.happens(0.3) ? [] : [id]
    await mutate(tenant, allocationSet, { consumers: [order(tenant, own)] }, { as: operator })
    const hostId = common.pick('host', chance)
    if (!hostId || !chance.happens(0.2)) return
    const some = order(tenant, [])
    const allocations = [{ providerId: hostId, resources: { VCPU: chance.whole(1, 4) } }]
    await tenant.call(allocationSet, { consumers: [{ ...some, allocations }] })
    await tenant.rest(chance.between(0, 10_000))
    await tenant.call(allocationSet, { consumers: [some] })
  },
}

const moveResources: Action = {
  name: 'move inventories between providers',
  weight: 1,
  run: async (tenant) => {
    const { chance } = tenant
    const [from, to] = [await pickProvider(tenant), await pickProvider(tenant)]
    const read = await tenant.call(providerGet, { ids: [...new Set([from, to])] })
    if (read.end !== 'ok' || from === to) return
    const [first, second] = read.answer
    const inventories = { [pickName(tenant, classes)]: { total: chance.whole(1, 8) } }
    await tenant.call(reshape, {
      providers: [
        { id: from, generation: first?.generation ?? 0, inventories: {} },
        { id: to, generation: second?.generation ?? 0, inventories },
      ],
      consumers: [order(tenant, [to])],
    })
  },
}

const readProviders: Action = {
  name: 'read providers of resources',
  weight: 2,
  run: async (tenant) => {
    const { chance, operator, projectId } = tenant
    const id = await pickProvider(tenant)
    const usage = await tenant.call(providerUsage, { id })
    if (usage.end === 'ok') {
      for (const [name, used] of Object.entries(usage.answer.usages))
        if (used < 0) tenant.report(3, id, `${name}: ${used} are used`)
    }
    await tenant.call(providerAllocations, { id, limit: 5 })
    await tenant.call(providerList, { limit: chance.whole(1, 20) })
    await tenant.call(allocationGet, { id: '00000000-0000-4000-8000-000000000001' })
    await tenant.call(placementUsageGet, { projectId }, { as: operator })
    await tenant.call(traitList, { used: chance.happens(0.5) })
    await tenant.call(resourceClassList, {})
    const groups = [{ suffix: '', resources: { VCPU: chance.whole(1, 8) } }]
    await tenant.call(candidatesFind, { groups, limit: 5 })
  },
}

const deleteProvider: Action = {
  name: 'delete a provider of resources',
  weight: 1,
  run: async (tenant) => {
    const { common } = tenant
    const id = await pickProvider(tenant)
    const gone = await tenant.call(providerDelete, { id })
    if (gone.end === 'ok') common.remove(kind, id)
    await tenant.call(traitDelete, { name: pickName(tenant, traits) })
    await tenant.call(resourceClassDelete, { name: pickName(tenant, classes) })
  },
}

/** What is taken that servers do not take. */
export const placementWorkload: Workload = {
  service: 'placement',
  actions: [
    makeProvider,
    changeProvider,
    takeResources,
    moveResources,
    readProviders,
    deleteProvider,
  ],
}
