import {
  flavorAccessGrant,
  flavorAccessList,
  flavorAccessRevoke,
  flavorCreate,
  flavorDelete,
  flavorGet,
  flavorList,
  flavorUpdate,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { absentId, settled } from './aim.ts'
import { create, mutate } from './create.ts'
import { walk } from './pages.ts'

/** What servers are made of in every story; `small` ones fit on each host many times. */
const flavors = [
  { kind: 'small flavor', name: 'tiny', vcpus: 1, ramMb: 1_024, diskGb: 1 },
  { kind: 'small flavor', name: 'small', vcpus: 1, ramMb: 2_048, diskGb: 10 },
  { kind: 'small flavor', name: 'medium', vcpus: 2, ramMb: 4_096, diskGb: 20 },
  { kind: 'large flavor', name: 'large', vcpus: 8, ramMb: 16_384, diskGb: 100 },
  { kind: 'large flavor', name: 'wide', vcpus: 4, ramMb: 30_000, diskGb: 0 },
  {
    kind: 'picky flavor',
    name: 'fast',
    vcpus: 1,
    ramMb: 1_024,
    diskGb: 1,
    extraSpecs: { 'trait:CUSTOM_FAST': 'required' },
  },
  {
    kind: 'picky flavor',
    name: 'racked',
    vcpus: 1,
    ramMb: 1_024,
    diskGb: 1,
    extraSpecs: { 'aggregate_instance_extra_specs:speed': 'fast' },
  },
] as const

export async function prepareFlavors(tenant: Tenant): Promise<void> {
  for (const { kind, ...fields } of flavors) {
    const outcome = await tenant.call(flavorCreate, fields, { as: tenant.operator })
    if (outcome.end === 'ok') tenant.common.add(kind, outcome.answer.id)
    if (outcome.end === 'ok') tenant.common.add('flavor', outcome.answer.id)
  }
}

const makeFlavor: Action = {
  name: 'create a flavor',
  weight: 1,
  run: async (tenant) => {
    const { chance, common, operator } = tenant
    const fields = { name: `custom-${chance.whole(1, 8)}`, vcpus: chance.whole(1, 4), ramMb: 512 }
    const outcome = await mutate(tenant, flavorCreate, fields, { as: operator })
    if (outcome.end !== 'ok') return
    common.add('flavor', outcome.answer.id)
    common.add('custom flavor', outcome.answer.id)
  },
}

/** A flavor of the project's own: others do not see it, and it is taken away again. */
const grantFlavor: Action = {
  name: 'grant a private flavor and revoke it',
  weight: 1,
  run: async (tenant) => {
    const { chance, operator, projectId } = tenant
    const name = `${tenant.name}-flavor-${chance.whole(1, 100)}`
    const fields = { name, vcpus: 1, ramMb: 256, isPublic: false }
    const made = await create(tenant, 'flavor', flavorCreate, fields, { as: operator })
    if (!made) return
    const access = { flavorId: made.id, projectId }
    const granted = await tenant.call(flavorAccessGrant, access)
    await tenant.call(flavorAccessList, { flavorId: made.id })
    if (granted.end === 'ok' && chance.happens(0.5)) {
      const read = await tenant.call(flavorGet, { id: made.id })
      if (read.end === 'ok') tenant.sometimes('a private flavor was used')
    }
    const revoked = await tenant.call(flavorAccessRevoke, access)
    if (revoked.end !== 'ok') return
    await settled(tenant)
    const after = await tenant.call(flavorGet, { id: made.id })
    if (after.end === 'ok') tenant.report(24, made.id, 'a flavor is shown that was taken away')
  },
}

const readFlavors: Action = {
  name: 'read flavors',
  weight: 2,
  run: async (tenant) => {
    const { chance, common } = tenant
    await tenant.call(flavorGet, { id: common.pick('flavor', chance) ?? absentId(tenant) })
    await walk(tenant, flavorList, {})
  },
}

const updateFlavor: Action = {
  name: 'update a flavor',
  weight: 1,
  run: async (tenant) => {
    const { chance, common } = tenant
    const id = common.pick('custom flavor', chance) ?? absentId(tenant)
    const extraSpecs = chance.pick([
      { 'resources:VCPU': '2' },
      { 'resources:VCPU': null },
      { 'trait:CUSTOM_FAST': 'forbidden' },
      { 'trait:CUSTOM_FAST': null },
      { nonsense: 'refused' },
    ])
    await tenant.call(flavorUpdate, { id, extraSpecs })
  },
}

const deleteFlavor: Action = {
  name: 'delete a flavor',
  weight: 1,
  run: async (tenant) => {
    const { chance, common } = tenant
    const id = common.pick('custom flavor', chance) ?? absentId(tenant)
    const outcome = await tenant.call(flavorDelete, { id })
    if (outcome.end !== 'ok') return
    for (const kind of ['flavor', 'custom flavor']) common.remove(kind, id)
  },
}

export const flavorActions: readonly Action[] = [
  makeFlavor,
  grantFlavor,
  readFlavors,
  updateFlavor,
  deleteFlavor,
]
