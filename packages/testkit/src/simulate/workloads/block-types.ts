import {
  messageDelete,
  messageGet,
  messageList,
  poolCreate,
  poolDelete,
  poolGet,
  poolList,
  poolUpdate,
  qosCreate,
  qosDelete,
  qosGet,
  qosList,
  qosUpdate,
  typeQuotaGet,
  typeQuotaSet,
  volumeCreate,
  volumeTypeAccessList,
  volumeTypeCreate,
  volumeTypeDelete,
  volumeTypeGet,
  volumeTypeGrant,
  volumeTypeList,
  volumeTypeRevoke,
  volumeTypeUpdate,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { nameOf, remember, settled } from './aim.ts'
import { mutate } from './create.ts'
import { walk } from './pages.ts'

/** A volume of a type; true if it was made, or may have been. */
async function useType(tenant: Tenant, typeId: string): Promise<boolean> {
  const made = await mutate(tenant, volumeCreate, { sizeGb: 1, typeId })
  if (made.end === 'ok') remember(tenant, 'volume', made.answer.id)
  return made.end !== 'refused'
}

/** A private type lives its life; a volume of it may come while it goes. */
const changeTypes: Action = {
  name: 'change types of volumes',
  weight: 2,
  run: async (tenant) => {
    const { chance, operator, projectId } = tenant
    const as = { as: operator }
    const input = { name: nameOf(tenant, 'type'), isPublic: false }
    const made = await mutate(tenant, volumeTypeCreate, input, as)
    if (made.end !== 'ok') return
    const typeId = made.answer.id
    await settled(tenant)
    await mutate(tenant, volumeTypeGrant, { typeId, projectId }, as)
    await settled(tenant)
    await tenant.call(volumeTypeGet, { id: typeId })
    await tenant.call(volumeTypeAccessList, { typeId }, as)
    await walk(tenant, volumeTypeList, {}, { as: operator })
    await tenant.call(volumeTypeUpdate, { id: typeId, extraSpecs: { disk: 'ssd' } }, as)
    await tenant.call(typeQuotaSet, { projectId, typeId, volumes: chance.whole(1, 3) }, as)
    const used = chance.happens(0.5) ? await useType(tenant, typeId) : false
    await tenant.call(typeQuotaGet, {})
    if (chance.happens(0.5)) await tenant.call(volumeTypeRevoke, { typeId, projectId }, as)
    if (used && chance.happens(0.5)) return
    await Promise.all([
      tenant.call(volumeTypeDelete, { id: typeId }, as),
      chance.happens(0.3) ? useType(tenant, typeId) : undefined,
    ])
  },
}

/** Limits of speed come to a type while they go. */
const changeSpeeds: Action = {
  name: 'change limits of speed of volumes',
  weight: 1,
  run: async (tenant) => {
    const { chance, operator } = tenant
    const as = { as: operator }
    const made = await mutate(tenant, qosCreate, { name: nameOf(tenant, 'speed') }, as)
    if (made.end !== 'ok') return
    const { id } = made.answer
    await settled(tenant)
    await tenant.call(qosUpdate, { id, specs: { total_iops_sec: '100' } }, as)
    await tenant.call(qosGet, { id }, as)
    await walk(tenant, qosList, {}, { as: operator })
    const input = { name: nameOf(tenant, 'type'), isPublic: false, qosId: id }
    const type = chance.happens(0.5) ? await mutate(tenant, volumeTypeCreate, input, as) : undefined
    if (type?.end === 'ok') {
      const change = { id: type.answer.id, qosId: null }
      await settled(tenant)
      if (chance.happens(0.7)) await tenant.call(volumeTypeUpdate, change, as)
    }
    await tenant.call(qosDelete, { id }, as)
  },
}

/** A pool that is closed, opened, and perhaps taken away again. */
const changePools: Action = {
  name: 'change pools of volumes',
  weight: 1,
  run: async (tenant) => {
    const { chance, operator } = tenant
    const as = { as: operator }
    const input = { name: `${nameOf(tenant, 'backend')}#x`, totalGb: 5, enabled: false }
    const made = await mutate(tenant, poolCreate, input, as)
    if (made.end !== 'ok') return
    const { id } = made.answer
    await settled(tenant)
    await tenant.call(poolGet, { id }, as)
    await walk(tenant, poolList, {}, { as: operator })
    await tenant.call(poolUpdate, { id, enabled: chance.happens(0.3), totalGb: 6 }, as)
    await tenant.rest(chance.between(0, 20_000))
    await tenant.call(poolDelete, { id }, as)
  },
}

const readMessages: Action = {
  name: 'read messages of volumes',
  weight: 1,
  run: async (tenant) => {
    const { chance } = tenant
    const read = await tenant.call(messageList, { limit: 5 })
    const message = read.end === 'ok' ? chance.pick(read.answer) : undefined
    if (!message) return
    await tenant.call(messageGet, { id: message.id })
    await tenant.call(messageDelete, { ids: [message.id] })
  },
}

export const blockTypeActions: readonly Action[] = [
  changeTypes,
  changeSpeeds,
  changePools,
  readMessages,
]
