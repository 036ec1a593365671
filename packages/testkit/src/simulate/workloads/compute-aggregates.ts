import {
  aggregateAddHosts,
  aggregateCreate,
  aggregateDelete,
  aggregateGet,
  aggregateHosts,
  aggregateList,
  aggregateRemoveHosts,
  aggregateSetMetadata,
  aggregateUpdate,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { absentId } from './aim.ts'
import { mutate } from './create.ts'
import { walk } from './pages.ts'

const kind = 'aggregate'
const mostNames = 6

/** Aggregates are everybody's: operators choose the same names, and undo each other's work. */
async function pickAggregate(tenant: Tenant): Promise<string> {
  const { chance, common } = tenant
  if (common.all(kind).length === 0) await createAggregate(tenant)
  return (chance.happens(0.97) ? common.pick(kind, chance) : undefined) ?? absentId(tenant)
}

async function createAggregate(tenant: Tenant): Promise<void> {
  const { chance, common, operator } = tenant
  const name = `rack-${chance.whole(1, mostNames)}`
  // The key `speed` is what a flavor demands.
  const metadata = { speed: chance.happens(0.5) ? 'fast' : 'slow' }
  const outcome = await mutate(tenant, aggregateCreate, { name, metadata }, { as: operator })
  if (outcome.end === 'ok') common.add(kind, outcome.answer.id)
}

const makeAggregate: Action = { name: 'create an aggregate', weight: 1, run: createAggregate }

const fillAggregate: Action = {
  name: 'put hosts into an aggregate, and out of it',
  weight: 2,
  run: async (tenant) => {
    const { chance, common } = tenant
    const id = await pickAggregate(tenant)
    const hosts = [1, 2, 3].map(() => common.pick('host', chance) ?? absentId(tenant))
    const hostIds = [...new Set(hosts)]
    const added = await tenant.call(aggregateAddHosts, { id, hostIds })
    if (added.end === 'ok' && added.answer.changed > hostIds.length) {
      tenant.report(3, id, `${hostIds.length} hosts were named, ${added.answer.changed} added`)
    }
    await tenant.rest(chance.between(0, 10_000))
    if (chance.happens(0.6)) await tenant.call(aggregateRemoveHosts, { id, hostIds })
  },
}

const changeAggregate: Action = {
  name: 'change an aggregate',
  weight: 1,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await pickAggregate(tenant)
    const name = `rack-${chance.whole(1, mostNames)}`
    if (chance.happens(0.4)) await tenant.call(aggregateUpdate, { id, name })
    const change = chance.happens(0.5) ? { metadata: { speed: 'fast' } } : { remove: ['speed'] }
    await tenant.call(aggregateSetMetadata, { id, ...change })
  },
}

const readAggregates: Action = {
  name: 'read aggregates',
  weight: 1,
  run: async (tenant) => {
    const id = await pickAggregate(tenant)
    const read = await tenant.call(aggregateGet, { id })
    if (read.end === 'ok' && read.answer.hostCount < 0) {
      tenant.report(3, id, `it has ${read.answer.hostCount} hosts`)
    }
    await tenant.call(aggregateHosts, { id, limit: 5 })
    await walk(tenant, aggregateList, {}, { byId: false })
  },
}

/** Now and then while hosts come to it: they would be in an aggregate that is gone. */
const deleteAggregate: Action = {
  name: 'delete an aggregate',
  weight: 1,
  run: async (tenant) => {
    const { chance, common } = tenant
    const id = await pickAggregate(tenant)
    const hosts = await tenant.call(aggregateHosts, { id })
    if (hosts.end === 'ok' && hosts.answer.length > 0 && chance.happens(0.8)) {
      await tenant.call(aggregateRemoveHosts, { id, hostIds: hosts.answer })
    }
    const host = common.pick('host', chance) ?? absentId(tenant)
    const [gone] = await Promise.all([
      tenant.call(aggregateDelete, { id }),
      chance.happens(0.2) ? tenant.call(aggregateAddHosts, { id, hostIds: [host] }) : undefined,
    ])
    if (gone.end === 'ok') common.remove(kind, id)
  },
}

export const aggregateActions: readonly Action[] = [
  makeAggregate,
  fillAggregate,
  changeAggregate,
  readAggregates,
  deleteAggregate,
]
