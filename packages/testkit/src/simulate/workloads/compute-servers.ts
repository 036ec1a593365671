import {
  serverBatchGet,
  serverBatchProgress,
  type ServerBatchView,
  serverCreate,
  serverDelete,
  serverForceDelete,
  serverList,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim, forget, nameOf, remember } from './aim.ts'
import { create } from './create.ts'
import { createServerGroup, pickKeyName } from './compute-things.ts'
import { createNetwork } from './network-nets.ts'
import { createPort } from './network-ports.ts'

type Fields = Readonly<Record<string, unknown>>

const policies = ['pack', 'spread', 'balance', 'best-fit'] as const

/** What a request for servers names besides its count. */
async function wish(tenant: Tenant): Promise<Fields> {
  const { chance, common, known } = tenant
  const images = chance.happens(0.3) ? known : common
  const imageId = images.pick(images === known ? 'full image' : 'public image', chance)
  const network = await pickNetwork(tenant)
  const group = known.pick('server group', chance)
  const key = pickKeyName(tenant)
  const maybe = (share: number, fields: Fields): Fields => (chance.happens(share) ? fields : {})
  return {
    name: nameOf(tenant, 'vm', 1_000),
    flavorId: pickFlavor(tenant),
    imageId: imageId ?? common.pick('public image', chance) ?? (await aim(tenant, 'full image')),
    networks: network === undefined ? [] : [{ networkId: network }],
    ...(group === undefined ? {} : maybe(0.3, { groupId: group })),
    ...(key === undefined ? {} : maybe(0.3, { keyName: key })),
    ...maybe(0.2, { userData: btoa(`password: ${tenant.secret()}`) }),
    ...maybe(0.2, { metadata: { owner: tenant.name }, tags: [`${tenant.name}-tag`] }),
    ...maybe(0.3, { policy: chance.pick(policies) }),
  }
}

/** Small ones mostly; now and then one that few hosts have room for, or a foreign one. */
export function pickFlavor(tenant: Tenant): string {
  const { chance, common } = tenant
  const kind = chance.happens(0.85) ? 'small flavor' : 'flavor'
  return common.pick(kind, chance) ?? common.pick('flavor', chance) ?? 'none'
}

async function pickNetwork(tenant: Tenant): Promise<string | undefined> {
  const { chance, common } = tenant
  const share = chance.share()
  if (share < 0.3) return undefined
  if (share < 0.5) return common.pick('shared network', chance)
  return aim(tenant, 'network', createNetwork)
}

/** Asks for servers, and learns their ids. */
export async function createServers(
  tenant: Tenant,
  fields: Fields = {},
): Promise<ServerBatchView | undefined> {
  const { chance } = tenant
  const minCount = chance.happens(0.5) ? 1 : chance.whole(1, tenant.batch)
  const isElastic = chance.happens(0.3)
  const input: Fields = {
    ...(await wish(tenant)),
    minCount,
    ...(isElastic ? { maxCount: chance.whole(minCount, Math.max(minCount, tenant.batch)) } : {}),
    ...fields,
  }
  const batch = await create(tenant, 'batch', serverCreate, input)
  if (!batch) return undefined
  requireCount(tenant, batch, input)
  await learnServers(tenant, batch.id, batch.count)
  return batch
}

function requireCount(tenant: Tenant, batch: ServerBatchView, input: Fields): void {
  const least = Number(input['minCount'])
  const most = Number(input['maxCount'] ?? least)
  const { id, count, hostsUsed } = batch
  if (count < least || count > most) {
    tenant.report(5, id, `${least} to ${most} servers were asked for, ${count} are promised`)
  }
  if (hostsUsed < 1 || hostsUsed > count) {
    tenant.report(5, id, `${count} servers are said to lie on ${hostsUsed} hosts`)
  }
}

async function learnServers(tenant: Tenant, batchId: string, count: number): Promise<void> {
  const outcome = await tenant.call(serverList, { batchId })
  if (outcome.end !== 'ok') return
  const ids = outcome.answer.map(({ id }) => id)
  if (ids.length > count) {
    tenant.report(5, batchId, `a batch of ${count} has ${ids.length} servers`)
  }
  const known = new Set(tenant.known.all('server'))
  const fresh = ids.filter((id) => !known.has(id))
  remember(tenant, 'server', ...fresh)
}

const makeServers: Action = {
  name: 'create servers',
  weight: 10,
  run: async (tenant) => {
    await createServers(tenant)
  },
}

/** Strict groups: all on one host, or none two on one. */
const makeInGroup: Action = {
  name: 'create servers in a group',
  weight: 4,
  run: async (tenant) => {
    const groupId = await aim(tenant, 'server group', createServerGroup)
    const { chance } = tenant
    const minCount = chance.whole(1, Math.min(tenant.batch, 4))
    // Two requests for one group: its rule counts over both.
    await Promise.all([
      createServers(tenant, { groupId, minCount, maxCount: minCount + 2 }),
      chance.happens(0.3)
        ? createServers(tenant, { groupId, minCount: 1, maxCount: 1 })
        : undefined,
    ])
  },
}

/** A port made before, for two servers at once: one of them has it, at most. */
const makeWithPort: Action = {
  name: 'create servers with one port at once',
  weight: 2,
  run: async (tenant) => {
    const portId = await aim(tenant, 'port', createPort)
    const fields = { networks: [{ portId }], minCount: 1, maxCount: 1 }
    const made = await Promise.all([
      createServers(tenant, fields),
      tenant.chance.happens(0.5) ? createServers(tenant, fields) : undefined,
    ])
    if (made[0] && made[1] && made[0].id !== made[1].id) {
      tenant.report(9, portId, 'two servers were given one port')
    }
  },
}

const makeWithAddress: Action = {
  name: 'create a server with a fixed address',
  weight: 2,
  run: async (tenant) => {
    const networkId = await aim(tenant, 'network', createNetwork)
    const address = `10.0.${tenant.chance.whole(0, 2)}.${tenant.chance.whole(2, 6)}`
    await createServers(tenant, { networks: [{ networkId, address }], minCount: 1, maxCount: 1 })
  },
}

/** More than there is room for: as many as fit, or none. */
const makeTooMany: Action = {
  name: 'create as many servers as fit',
  weight: 1,
  run: async (tenant) => {
    const flavorId = tenant.common.pick('large flavor', tenant.chance) ?? 'none'
    const maxCount = tenant.batch * 2
    const minCount = tenant.chance.happens(0.5) ? 1 : maxCount
    await createServers(tenant, { flavorId, minCount, maxCount, networks: [] })
  },
}

/** Deleted as soon as they are promised, while they are built. */
const makeAndDelete: Action = {
  name: 'create servers and delete them at once',
  weight: 2,
  run: async (tenant) => {
    const batch = await createServers(tenant)
    if (!batch) return
    await tenant.rest(tenant.chance.between(0, 5_000))
    await deleteAll(tenant, batch.id)
  },
}

async function deleteAll(tenant: Tenant, batchId: string): Promise<void> {
  const outcome = await tenant.call(serverDelete, { batchId })
  if (outcome.end !== 'ok') return
  forget(tenant, 'batch', batchId)
  const left = await tenant.call(serverList, { batchId })
  if (left.end === 'ok') forget(tenant, 'server', ...left.answer.map(({ id }) => id))
}

const deleteServers: Action = {
  name: 'delete servers',
  weight: 5,
  run: async (tenant) => {
    const { chance, known } = tenant
    const first = await aim(tenant, 'server', createServers)
    const ids = chance.happens(0.7)
      ? [first]
      : [...new Set([first, known.pick('server', chance) ?? first])]
    const [one] = await Promise.all([
      tenant.call(serverDelete, { ids }),
      // Twice at once, each with a key of its own: deleting what is being deleted is a conflict.
      chance.happens(0.1) ? tenant.call(serverDelete, { ids: [first] }) : undefined,
    ])
    if (one.end === 'ok') forget(tenant, 'server', ...ids)
  },
}

const deleteBatch: Action = {
  name: 'delete a batch',
  weight: 3,
  run: async (tenant) => deleteAll(tenant, await aim(tenant, 'batch', createServers)),
}

const forceDelete: Action = {
  name: 'delete servers by force',
  weight: 1,
  run: async (tenant) => {
    const id = await aim(tenant, 'server', createServers)
    const manager = { ...tenant.member, roles: ['manager', ...tenant.member.roles] }
    const outcome = await tenant.call(serverForceDelete, { ids: [id] }, { as: manager })
    if (outcome.end === 'ok') forget(tenant, 'server', id)
  },
}

/** Everything that was promised is counted once. */
const readBatch: Action = {
  name: 'read a batch',
  weight: 4,
  run: async (tenant) => {
    const id = await aim(tenant, 'batch', createServers)
    const batch = await tenant.call(serverBatchGet, { id })
    const read = await tenant.call(serverBatchProgress, { id })
    if (read.end !== 'ok') return
    const { active, error, deleted, pending, count } = read.answer
    const all = [active, error, deleted, pending]
    if (all.some((part) => part < 0) || (batch.end === 'ok' && batch.answer.count !== count)) {
      tenant.report(
        5,
        id,
        `of ${count} servers are active, failed, deleted, pending: ${all.join()}`,
      )
    }
    if (pending === 0) tenant.sometimes('a batch has settled')
  },
}

/** Servers of requests that were never answered. */
const findServers: Action = {
  name: 'find servers made without an answer',
  weight: 2,
  run: async (tenant) => {
    const name = tenant.known.pick('lost batch', tenant.chance)
    const outcome = await tenant.call(serverList, {})
    if (outcome.end !== 'ok') return
    const known = new Set([...tenant.known.all('server'), ...tenant.known.all('gone server')])
    const found = outcome.answer.filter(({ id }) => !known.has(id))
    if (found.length === 0) return
    tenant.sometimes('servers made without an answer were found')
    remember(tenant, 'server', ...found.map(({ id }) => id))
    const batches = new Set(tenant.known.all('batch'))
    const fresh = new Set(found.map(({ batchId }) => batchId).filter((id) => !batches.has(id)))
    remember(tenant, 'batch', ...fresh)
    if (name !== undefined) tenant.known.remove('lost batch', name)
  },
}

export const serverActions: readonly Action[] = [
  makeServers,
  makeInGroup,
  makeWithPort,
  makeWithAddress,
  makeTooMany,
  makeAndDelete,
  deleteServers,
  deleteBatch,
  forceDelete,
  readBatch,
  findServers,
]
