import {
  keyPairCreate,
  keyPairDelete,
  keyPairGet,
  keyPairList,
  serverGroupCreate,
  serverGroupDelete,
  serverGroupGet,
  serverGroupList,
  serverGroupMembers,
  serverGroupMembersOf,
  type ServerGroupView,
  zoneList,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim, forget, nameOf } from './aim.ts'
import { create, mutate } from './create.ts'
import { walk } from './pages.ts'

export function createServerGroup(tenant: Tenant): Promise<ServerGroupView | undefined> {
  const { chance } = tenant
  const policy = chance.pick([
    'affinity',
    'anti-affinity',
    'soft-affinity',
    'soft-anti-affinity',
  ]) as string
  return create(tenant, 'server group', serverGroupCreate, {
    name: nameOf(tenant, 'servers', 20),
    policy,
    ...(policy === 'anti-affinity' && chance.happens(0.3) ? { maxServerPerHost: 2 } : {}),
  })
}

const makeGroup: Action = {
  name: 'create a server group',
  weight: 2,
  run: async (tenant) => {
    await createServerGroup(tenant)
  },
}

const readGroups: Action = {
  name: 'read server groups',
  weight: 2,
  run: async (tenant) => {
    const { chance, operator } = tenant
    const id = await aim(tenant, 'server group', createServerGroup)
    const group = await tenant.call(
      serverGroupGet,
      { id },
      chance.happens(0.2) ? { as: operator } : {},
    )
    if (group.end === 'ok' && group.answer.hostCount > group.answer.memberCount) {
      tenant.report(4, id, `${group.answer.memberCount} members on ${group.answer.hostCount} hosts`)
    }
    await tenant.call(serverGroupMembers, { id, limit: 100 })
    await tenant.call(serverGroupMembersOf, { ids: [id] })
    await walk(tenant, serverGroupList, {}, { byId: false })
  },
}

const deleteGroup: Action = {
  name: 'delete a server group',
  weight: 1,
  run: async (tenant) => {
    const id = await aim(tenant, 'server group', createServerGroup)
    const outcome = await tenant.call(serverGroupDelete, { id })
    if (outcome.end === 'ok') forget(tenant, 'server group', id)
  },
}

/** A well-formed Ed25519 key that nobody has the other half of. */
function publicKey(tenant: Tenant): string {
  const type = new TextEncoder().encode('ssh-ed25519')
  const parts = [type, tenant.chance.bytes(32)]
  const blob = parts.flatMap((part) => [0, 0, 0, part.length, ...part])
  return `ssh-ed25519 ${btoa(String.fromCharCode(...blob))} ${tenant.name}`
}

/** A key pair of the user's, by name. */
export function pickKeyName(tenant: Tenant): string | undefined {
  return tenant.known.pick('key pair', tenant.chance)
}

async function createKey(tenant: Tenant): Promise<void> {
  const name = nameOf(tenant, 'key', 5)
  const input = { name, publicKey: publicKey(tenant) }
  const outcome = await mutate(tenant, keyPairCreate, input)
  const isNew = outcome.end !== 'refused' && !tenant.known.all('key pair').includes(name)
  if (isNew) tenant.known.add('key pair', name)
}

const makeKey: Action = { name: 'import a key pair', weight: 1, run: createKey }

const useKeys: Action = {
  name: 'read key pairs',
  weight: 1,
  run: async (tenant) => {
    const name = pickKeyName(tenant)
    if (name !== undefined) await tenant.call(keyPairGet, { name })
    await walk(tenant, keyPairList, {}, { byId: false })
  },
}

const deleteKey: Action = {
  name: 'delete a key pair',
  weight: 1,
  run: async (tenant) => {
    const name = pickKeyName(tenant) ?? nameOf(tenant, 'key', 5)
    const outcome = await tenant.call(keyPairDelete, { name })
    if (outcome.end === 'ok') tenant.known.remove('key pair', name)
  },
}

const readZones: Action = {
  name: 'read zones',
  weight: 1,
  run: async (tenant) => {
    const outcome = await tenant.call(zoneList, {})
    if (outcome.end !== 'ok') return
    const shown = outcome.answer.zones.some((zone) => zone.hosts !== undefined)
    if (shown) tenant.report(21, 'zones', 'a project is told how many hosts there are')
  },
}

export const thingActions: readonly Action[] = [
  makeGroup,
  readGroups,
  deleteGroup,
  makeKey,
  useKeys,
  deleteKey,
  readZones,
]
