import { z } from 'zod'
import { batchScope, type ServerBatch, serverBatchKind } from '../../model/compute/server-batch.ts'
import { serverKind } from '../../model/compute/server.ts'
import type { Call } from '../call.ts'
import { fetchOne, fetchOwned } from '../fetch.ts'
import { idField, idsField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { detailServers, type ServerDetails } from './server-details.ts'
import { queryServers, type ServerListInput, serverListInput } from './server-query.ts'
import {
  type BatchProgress,
  type ServerAction,
  type ServerBatchView,
  type ServerView,
  viewBatch,
  viewServer,
} from './server-view.ts'

const reader = { scope: 'any', role: 'reader' } as const

export const serverGet = defineOperation({
  id: 'compute.server.get',
  summary: 'Servers by id, in the order asked.',
  policy: reader,
  input: z.strictObject({ ids: idsField }),
  mutates: false,
  run: async (call: Call, input: { ids: string[] }): Promise<ServerView[]> => {
    const servers = await fetchOwned(call, serverKind, input.ids, 'ids')
    return servers.map((server) => viewServer(server, { host: call.actor.system }))
  },
})

export const serverList = defineOperation({
  id: 'compute.server.list',
  summary: 'One page of servers, oldest first unless asked otherwise.',
  policy: reader,
  input: serverListInput,
  mutates: false,
  run: async (call: Call, input: ServerListInput): Promise<ServerView[]> => {
    const page = await queryServers(call, input)
    return page.map((server) => viewServer(server, { host: call.actor.system }))
  },
})

export const serverGetDetails = defineOperation({
  id: 'compute.server.getDetails',
  summary: 'Servers by id with their addresses, groups and volumes.',
  policy: reader,
  input: z.strictObject({ ids: idsField }),
  mutates: false,
  run: async (call: Call, input: { ids: string[] }): Promise<ServerDetails[]> => {
    const servers = await fetchOwned(call, serverKind, input.ids, 'ids')
    return detailServers(call.kernel, servers, { host: call.actor.system })
  },
})

export const serverListDetails = defineOperation({
  id: 'compute.server.listDetails',
  summary: 'One page of servers with their addresses, groups and volumes.',
  policy: reader,
  input: serverListInput,
  mutates: false,
  run: async (call: Call, input: ServerListInput): Promise<ServerDetails[]> =>
    detailServers(call.kernel, await queryServers(call, input), { host: call.actor.system }),
})

export const serverCount = defineOperation({
  id: 'compute.server.count',
  summary: 'Number of servers of the project.',
  policy: reader,
  input: z.strictObject({}),
  mutates: false,
  run: async (call: Call): Promise<{ count: number }> => {
    const { projectId } = call.actor
    const where = projectId === null ? {} : { index: 'byProject', equals: [projectId] }
    return { count: await call.kernel.store.count(serverKind, where) }
  },
})

export const serverActionList = defineOperation({
  id: 'compute.server.actions',
  summary: 'What was done to a server, newest last.',
  policy: reader,
  input: z.strictObject({ id: idField }),
  mutates: false,
  run: async (call: Call, input: { id: string }): Promise<readonly ServerAction[]> =>
    (await fetchOne(call, serverKind, input.id)).actions,
})

export const serverBatchGet = defineOperation({
  id: 'compute.serverBatch.get',
  summary: 'A request for servers.',
  policy: reader,
  input: z.strictObject({ id: idField }),
  mutates: false,
  run: async (call: Call, input: { id: string }): Promise<ServerBatchView> =>
    viewBatch(await fetchOne(call, serverBatchKind, input.id)),
})

export const serverBatchProgress = defineOperation({
  id: 'compute.serverBatch.progress',
  summary: 'How many members of a batch have settled, and how. Costs the same for any size.',
  policy: reader,
  input: z.strictObject({ id: idField }),
  mutates: false,
  run: async (call: Call, input: { id: string }): Promise<BatchProgress> => {
    const batch = await fetchOne<ServerBatch>(call, serverBatchKind, input.id)
    const counters = await call.kernel.store.counters([batchScope(batch.id)])
    const of = (name: string): number =>
      counters.find((counter) => counter.name === name)?.value ?? 0
    const settled = { active: of('active'), error: of('error'), deleted: of('deleted') }
    return {
      ...settled,
      count: batch.count,
      pending: batch.count - settled.active - settled.error - settled.deleted,
    }
  },
})
