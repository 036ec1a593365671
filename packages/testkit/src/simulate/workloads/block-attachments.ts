import {
  attachmentComplete,
  attachmentCreate,
  attachmentDelete,
  attachmentList,
  attachmentUpdate,
  serverAttachVolumes,
  serverDetachVolumes,
  volumeCreate,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim, nameOf, remember } from './aim.ts'
import { createVolume } from './block-volumes.ts'
import { createServers } from './compute-servers.ts'
import { create, mutate } from './create.ts'
import { walk } from './pages.ts'

const attach: Action = {
  name: 'attach volumes to servers',
  weight: 8,
  run: async (tenant) => {
    const { chance } = tenant
    const attachments = []
    for (let i = chance.whole(1, 3); i > 0; i--) {
      attachments.push({
        serverId: await aim(tenant, 'server', createServers),
        volumeId: await aim(tenant, 'volume', createVolume),
        deleteOnTermination: chance.happens(0.3),
      })
    }
    await tenant.rest(chance.between(0, 10_000))
    const outcome = await mutate(tenant, serverAttachVolumes, { attachments })
    if (outcome.end !== 'ok') return
    remember(tenant, 'attachment', ...outcome.answer.attachments.map(({ id }) => id))
    if (chance.happens(0.4)) return
    await tenant.rest(chance.between(0, 20_000))
    await tenant.call(serverDetachVolumes, {
      attachments: attachments.map(({ serverId, volumeId }) => ({ serverId, volumeId })),
    })
  },
}

/** One that several servers have at once, and two that want the same one. */
const race: Action = {
  name: 'attach one volume twice',
  weight: 3,
  run: async (tenant) => {
    const { chance } = tenant
    const volumeId = await aim(tenant, 'volume', createVolume)
    const uses = [await aim(tenant, 'server', createServers), await aim(tenant, 'server')].map(
      (serverId) => ({ attachments: [{ serverId, volumeId }] }),
    )
    const outcomes = await Promise.all(uses.map((use) => tenant.call(serverAttachVolumes, use)))
    for (const outcome of outcomes) {
      if (outcome.end !== 'ok') continue
      remember(tenant, 'attachment', ...outcome.answer.attachments.map(({ id }) => id))
    }
    if (outcomes.every(({ end }) => end === 'ok')) tenant.sometimes('a volume is attached twice')
    await tenant.rest(chance.between(0, 5_000))
  },
}

const outside: Action = {
  name: 'use a volume from outside',
  weight: 4,
  run: async (tenant) => {
    const { chance } = tenant
    const volumeId = await aim(tenant, 'volume', createVolume)
    const made = await create(tenant, 'attachment', attachmentCreate, { volumeId })
    if (!made) return
    const { id } = made
    if (chance.happens(0.8)) {
      await tenant.call(attachmentUpdate, { id, connector: { host: `${tenant.name}-metal` } })
      await tenant.rest(chance.between(0, 20_000))
      await tenant.call(attachmentComplete, { id })
    }
    if (chance.happens(0.8)) await tenant.call(attachmentDelete, { ids: [id] })
  },
}

const detach: Action = {
  name: 'detach volumes by their attachments',
  weight: 4,
  run: async (tenant) => {
    await walk(tenant, attachmentList)
    await tenant.call(attachmentDelete, { ids: [await aim(tenant, 'attachment')] })
  },
}

/** Servers that boot from volumes: most go with them. */
const bootServers: Action = {
  name: 'create servers that boot from volumes',
  weight: 6,
  run: async (tenant) => {
    const { chance, common } = tenant
    const imageId = common.pick('public image', chance) ?? 'none'
    const deleteOnTermination = chance.happens(0.7)
    const bootVolume = { imageId, sizeGb: chance.whole(20, 40), deleteOnTermination }
    await createServers(tenant, { imageId: undefined, bootVolume })
  },
}

/** A server that boots from a volume made before. */
const bootGiven: Action = {
  name: 'boot a server from its volume',
  weight: 2,
  run: async (tenant: Tenant) => {
    const { chance, common } = tenant
    const imageId = common.pick('public image', chance) ?? 'none'
    const name = nameOf(tenant, 'root', 1_000)
    const volume = await create(tenant, 'volume', volumeCreate, { name, imageId, sizeGb: 20 })
    if (!volume) return
    await tenant.rest(10_000)
    const bootVolume = { volumeId: volume.id, deleteOnTermination: chance.happens(0.5) }
    const fields = { imageId: undefined, minCount: 1, maxCount: 1, bootVolume }
    await createServers(tenant, fields)
  },
}

export const blockAttachmentActions: readonly Action[] = [
  attach,
  race,
  outside,
  detach,
  bootServers,
  bootGiven,
]
