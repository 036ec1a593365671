import { z } from 'zod'
import { Writes } from '../../commit/writes.ts'
import { CommitConflict } from '../../commit/committer.ts'
import type { Kernel } from '../../kernel.ts'
import { type ImageTask, imageTaskKind, imageTaskStatuses } from '../../model/image/task.ts'
import type { Reconciler } from '../../work/reconciler.ts'
import { fetchOne } from '../fetch.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { fetchImage, ownsImage } from './access.ts'

const reader = { scope: 'any', role: 'reader' } as const

export const imageTaskGet = defineOperation({
  id: 'image.task.get',
  summary: 'Shows an import and what came of it.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: (call, { id }): Promise<ImageTask> => fetchOne(call, imageTaskKind, id),
})

/** Of one image, or of all images of the project; operators see all. */
export const imageTaskList = defineOperation({
  id: 'image.task.list',
  summary: 'Lists imports of images, oldest first.',
  policy: reader,
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    imageId: idField.optional(),
    status: z.enum(imageTaskStatuses).optional(),
  }),
  run: async (call, { imageId, status, ...page }): Promise<ImageTask[]> => {
    const keep = (task: ImageTask): boolean => status === undefined || task.status === status
    if (imageId !== undefined) {
      const image = await fetchImage(call, imageId, 'imageId')
      if (!ownsImage(call, image)) return []
      return listPage(call, imageTaskKind, { index: 'byImage', equals: [imageId] }, page, keep)
    }
    const { projectId, system } = call.actor
    const all = system || projectId === null
    const query = all ? {} : { index: 'byProject', equals: [projectId] }
    return listPage(call, imageTaskKind, query, page, keep)
  },
})

/** Tasks forgotten in one round. */
const perRound = 500

/** Forgets imports some time after their end. */
export function imageTasks(kernel: Kernel): Reconciler {
  return {
    name: 'image-tasks',
    run: async () => {
      const rows = await kernel.store.query(imageTaskKind, {
        index: 'byExpiry',
        from: 0,
        to: kernel.clock.now(),
        limit: perRound,
      })
      if (rows.length === 0) return
      try {
        await kernel.committer.commit(new Writes().remove(imageTaskKind, ...rows))
      } catch (error) {
        // Another process forgets them, too.
        if (!(error instanceof CommitConflict)) throw error
      }
    },
  }
}
