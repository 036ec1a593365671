import { z } from 'zod'
import { Writes } from '../../commit/writes.ts'
import { messageKind, messageResources, type VolumeMessage } from '../../model/block/message.ts'
import { fetchOne, fetchOwned } from '../fetch.ts'
import { idField, idsField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { owner, reader } from './fields.ts'

export const messageGet = defineOperation({
  id: 'block.message.get',
  summary: 'Shows why something failed.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: (call, { id }): Promise<VolumeMessage> => fetchOne(call, messageKind, id),
})

export const messageList = defineOperation({
  id: 'block.message.list',
  summary: 'Lists why things of the project failed, by id; kept for 30 days.',
  policy: reader,
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    resourceType: z.enum(messageResources).optional(),
    resourceId: idField.optional(),
    requestId: z.string().min(1).max(64).optional(),
  }),
  run: (call, input): Promise<VolumeMessage[]> => {
    const { projectId, system } = call.actor
    const { resourceType, resourceId, requestId } = input
    const query = system ? {} : { index: 'byProject', equals: [projectId] }
    return listPage(call, messageKind, query, input, (row) => {
      if (resourceType !== undefined && row.resourceType !== resourceType) return false
      if (resourceId !== undefined && row.resourceId !== resourceId) return false
      return requestId === undefined || row.requestId === requestId
    })
  },
})

export const messageDelete = defineOperation({
  id: 'block.message.delete',
  summary: 'Forgets messages.',
  policy: owner,
  mutates: true,
  input: z.strictObject({ ids: idsField }),
  run: async (call, { ids }): Promise<{ readonly count: number }> => {
    const rows = await fetchOwned(call, messageKind, ids, 'ids')
    const answer = { count: rows.length }
    await call.commit(new Writes().remove(messageKind, ...rows), ids, answer)
    return answer
  },
})
