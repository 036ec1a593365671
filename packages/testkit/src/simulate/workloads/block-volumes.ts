import {
  messageList,
  snapshotCreate,
  snapshotDelete,
  snapshotList,
  snapshotUpdate,
  volumeCreate,
  volumeCreateMany,
  volumeDelete,
  volumeExtend,
  volumeGet,
  volumeList,
  volumeMigrate,
  volumeRetype,
  volumeRevert,
  volumeSummary,
  volumeUpdate,
  type VolumeView,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim, forget, nameOf, remember } from './aim.ts'
import { create, findLost, mutate } from './create.ts'
import { walk } from './pages.ts'

type Fields = Readonly<Record<string, unknown>>

/** What a volume is made of, and where. */
async function wish(tenant: Tenant): Promise<Fields> {
  const { chance, common, known } = tenant
  const sizeGb = chance.whole(1, 20)
  const type = chance.happens(0.4) ? common.pick('volume type', chance) : undefined
  const typed = type === undefined ? {} : { volumeType: type }
  const share = chance.share()
  if (share < 0.2) return { sizeGb, imageId: common.pick('public image', chance), ...typed }
  if (share < 0.35) return { sizeGb: 20, snapshotId: await aim(tenant, 'snapshot', keepVolume) }
  if (share < 0.5 && known.all('volume').length > 0) {
    return { sizeGb: 20, sourceVolumeId: await aim(tenant, 'volume', createVolume) }
  }
  return { sizeGb, ...typed }
}

/** A volume, empty or a copy; it is made by and by. */
export async function createVolume(
  tenant: Tenant,
  fields: Fields = {},
): Promise<VolumeView | undefined> {
  const input = { name: nameOf(tenant, 'volume', 1_000), ...(await wish(tenant)), ...fields }
  return create(tenant, 'volume', volumeCreate, input)
}

async function keepVolume(tenant: Tenant): Promise<void> {
  const volumeId = await aim(tenant, 'volume', createVolume)
  const input = { volumeId, name: nameOf(tenant, 'snapshot', 1_000), force: true }
  await create(tenant, 'snapshot', snapshotCreate, input)
}

const makeVolume: Action = {
  name: 'create a volume',
  weight: 6,
  run: async (tenant) => {
    await createVolume(tenant)
  },
}

/** Beside another volume, and apart from it: where that is, it may not be any more. */
const makeNeighbours: Action = {
  name: 'create volumes beside others and apart from them',
  weight: 1,
  run: async (tenant) => {
    const others = [await aim(tenant, 'volume', createVolume)]
    await createVolume(tenant, { sizeGb: 1, sameBackendAs: others })
    await createVolume(tenant, { sizeGb: 1, differentBackendFrom: others })
  },
}

const makeVolumes: Action = {
  name: 'create several volumes',
  weight: 2,
  run: async (tenant) => {
    const { batch, chance } = tenant
    const count = chance.whole(1, batch)
    const input = { ...(await wish(tenant)), name: nameOf(tenant, 'volumes', 1_000), count }
    const outcome = await mutate(tenant, volumeCreateMany, input)
    if (outcome.end !== 'ok') return
    const { volumes } = outcome.answer
    if (volumes.length !== count) {
      tenant.report(8, input.name, `${count} volumes were asked for, ${volumes.length} were made`)
    }
    remember(tenant, 'volume', ...volumes.map(({ id }) => id))
  },
}

const changeVolume: Action = {
  name: 'change a volume',
  weight: 6,
  run: async (tenant) => {
    const { chance, common, operator } = tenant
    const id = await aim(tenant, 'volume', createVolume)
    const share = chance.share()
    if (share < 0.4) await tenant.call(volumeExtend, { id, sizeGb: chance.whole(10, 60) })
    else if (share < 0.6) {
      const snapshotId = await aim(tenant, 'snapshot', keepVolume)
      await tenant.call(volumeRevert, { id, snapshotId })
    } else if (share < 0.75) {
      const volumeType = common.pick('volume type', chance) ?? 'none'
      const migrationPolicy = chance.pick(['never', 'on-demand', 'on-demand'])
      await tenant.call(volumeRetype, { id, volumeType, migrationPolicy })
    } else if (share < 0.85) await tenant.call(volumeMigrate, { id }, { as: operator })
    else await tenant.call(volumeUpdate, { id, name: nameOf(tenant, 'volume', 1_000) })
  },
}

const makeSnapshot: Action = { name: 'keep a volume as it is', weight: 4, run: keepVolume }

const deleteVolumes: Action = {
  name: 'delete volumes and snapshots',
  weight: 5,
  run: async (tenant) => {
    const { chance } = tenant
    const kind = chance.happens(0.5) ? 'volume' : 'snapshot'
    const ids = [...new Set([await aim(tenant, kind), await aim(tenant, kind)])]
    const chosen = chance.happens(0.6) ? ids.slice(0, 1) : ids
    const outcome =
      kind === 'volume'
        ? await tenant.call(volumeDelete, { ids: chosen, cascade: chance.happens(0.3) })
        : await tenant.call(snapshotDelete, { ids: chosen })
    if (outcome.end !== 'refused') forget(tenant, kind, ...chosen)
  },
}

const readVolumes: Action = {
  name: 'read volumes, snapshots and messages',
  weight: 3,
  run: async (tenant) => {
    const { chance } = tenant
    await tenant.call(volumeGet, { id: await aim(tenant, 'volume', createVolume) })
    await walk(tenant, volumeList, chance.pick([{}, { status: 'available' }, { bootable: true }]))
    const byName = { sort: [{ key: 'name', descending: true }] }
    await walk(tenant, volumeList, byName, { byId: false })
    await tenant.call(volumeSummary, {})
    await walk(tenant, snapshotList)
    await walk(tenant, messageList)
    const id = await aim(tenant, 'snapshot', keepVolume)
    await tenant.call(snapshotUpdate, { id, description: tenant.name })
  },
}

const findVolumes: Action = {
  name: 'find volumes made without an answer',
  weight: 1,
  run: (tenant) => findLost(tenant, 'volume', volumeList),
}

export const blockVolumeActions: readonly Action[] = [
  makeVolume,
  makeNeighbours,
  makeVolumes,
  changeVolume,
  makeSnapshot,
  deleteVolumes,
  readVolumes,
  findVolumes,
]
