import {
  serverActionList,
  serverAddTags,
  serverCount,
  serverDeleteMetadata,
  serverGet,
  serverList,
  serverLock,
  serverMergeMetadata,
  serverRemoveTags,
  serverReplaceMetadata,
  serverReplaceTags,
  serverStop,
  serverUnlock,
  serverUpdate,
} from '@nephos/core'
import type { Action } from '../workload.ts'
import { aim, nameOf } from './aim.ts'
import { createServers } from './compute-servers.ts'
import { walk } from './pages.ts'

const readServers: Action = {
  name: 'read servers',
  weight: 6,
  run: async (tenant) => {
    const { chance, known } = tenant
    const first = await aim(tenant, 'server', createServers)
    const ids = [...new Set([first, known.pick('server', chance) ?? first])]
    const read = await tenant.call(serverGet, { ids })
    if (read.end === 'ok' && read.answer.some(({ id }, at) => id !== ids[at])) {
      tenant.report(0, first, 'servers were answered in another order than asked')
    }
    await tenant.call(serverActionList, { id: first })
  },
}

const listServers: Action = {
  name: 'list servers',
  weight: 4,
  run: async (tenant) => {
    const { chance, known } = tenant
    const batchId = chance.happens(0.3) ? known.pick('batch', chance) : undefined
    await walk(tenant, serverList, batchId === undefined ? {} : { batchId })
    const count = await tenant.call(serverCount, {})
    if (count.end === 'ok' && count.answer.count < 0) {
      tenant.report(3, tenant.projectId, `it has ${count.answer.count} servers`)
    }
  },
}

const tagServer: Action = {
  name: 'tag a server',
  weight: 2,
  run: async (tenant) => {
    const { chance, name } = tenant
    const id = await aim(tenant, 'server', createServers)
    const tags = [`${name}-a`, `${name}-b`]
    const operation = chance.pick([serverAddTags, serverReplaceTags]) ?? serverAddTags
    const tagged = await tenant.call(operation, { id, tags })
    if (tagged.end === 'ok' && !tags.every((tag) => tagged.answer.tags.includes(tag))) {
      tenant.report(8, id, 'a tag that was added is not in the answer')
    }
    if (chance.happens(0.6)) await tenant.call(serverRemoveTags, { id, tags: [`${name}-a`] })
  },
}

/** Two merges at once: what each set is there afterwards. */
const describeServer: Action = {
  name: 'describe a server',
  weight: 2,
  run: async (tenant) => {
    const { chance, name } = tenant
    const id = await aim(tenant, 'server', createServers)
    if (chance.happens(0.2)) await tenant.call(serverUpdate, { id, name: nameOf(tenant, 'vm') })
    if (chance.happens(0.3)) {
      await tenant.call(serverReplaceMetadata, { id, metadata: { replaced: name } })
    }
    await Promise.all(
      ['one', 'two'].map((key) =>
        tenant.call(serverMergeMetadata, { id, metadata: { [key]: name } }),
      ),
    )
    if (chance.happens(0.5)) await tenant.call(serverDeleteMetadata, { id, key: 'one' })
  },
}

/** A locked server takes actions from administrators only. */
const lockServer: Action = {
  name: 'lock a server',
  weight: 2,
  run: async (tenant) => {
    const id = await aim(tenant, 'server', createServers)
    const locked = await tenant.call(serverLock, { id })
    const as = { ...tenant.member, roles: ['member', 'reader'] }
    if (locked.end === 'ok') await tenant.call(serverStop, { ids: [id] }, { as })
    if (tenant.chance.happens(0.9)) await tenant.call(serverUnlock, { id })
  },
}

export const labelActions: readonly Action[] = [
  readServers,
  listServers,
  tagServer,
  describeServer,
  lockServer,
]
