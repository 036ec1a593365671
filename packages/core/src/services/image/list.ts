import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { type Image, imageKind, imageVisibilities } from '../../model/image/image.ts'
import { imageStatuses } from '../../model/image/image-state.ts'
import { imageMemberKind, imageMemberStatuses } from '../../model/image/member.ts'
import type { Call } from '../call.ts'
import { idField, nameField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { type IdSource, mergedPage } from '../page.ts'
import { isGone } from './access.ts'
import { imageView, type ImageView } from './view.ts'

const listInput = z.strictObject({
  ...pageFields,
  name: nameField.optional(),
  status: z.enum(imageStatuses).optional(),
  visibility: z.enum(imageVisibilities).optional(),
  /** Hidden images are listed on their own. */
  hidden: z.boolean().default(false),
  tag: z.string().max(limits.tagLength).optional(),
  /** Of images shared with the project: which answer it gave. */
  memberStatus: z.enum(imageMemberStatuses).default('accepted'),
  /** The owner. */
  projectId: idField.optional(),
})

type ListInput = z.output<typeof listInput>

/**
 * The project's own images, public ones, and those shared with it that it accepted; community
 * images of others only when `visibility` asks for them. Operators see all.
 */
export const imageList = defineOperation({
  id: 'image.image.list',
  summary: 'Lists images, oldest first.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: listInput,
  run: async (call, input): Promise<ImageView[]> => {
    const images = await mergedPage(call, sourcesFor(call, input), input, (image) => {
      if (isGone(image) || image.hidden !== input.hidden) return false
      if (input.name !== undefined && image.name !== input.name) return false
      if (input.status !== undefined && image.status !== input.status) return false
      if (input.visibility !== undefined && image.visibility !== input.visibility) return false
      if (input.projectId !== undefined && image.projectId !== input.projectId) return false
      return input.tag === undefined || image.tags.includes(input.tag)
    })
    return images.map(imageView)
  },
})

function sourcesFor(call: Call, input: ListInput): readonly IdSource<Image>[] {
  const { projectId, system } = call.actor
  if (system) return [everyImage(call)]
  const sources = [imagesWhere(call, 'byProject', 'projectId', projectId as string)]
  if (input.visibility === undefined || input.visibility === 'public') {
    sources.push(imagesWhere(call, 'byVisibility', 'visibility', 'public'))
  }
  if (input.visibility === 'community') {
    sources.push(imagesWhere(call, 'byVisibility', 'visibility', 'community'))
  }
  if (input.visibility === undefined || input.visibility === 'shared') {
    sources.push(sharedImages(call, projectId as string, input))
  }
  return sources
}

function everyImage(call: Call): IdSource<Image> {
  return async (after, limit) => {
    const from = after === undefined ? {} : { after: { id: after, rev: 0 } }
    const rows = await call.kernel.store.query(imageKind, { limit, ...from })
    return { rows, last: rows.length < limit ? undefined : rows.at(-1)?.id }
  }
}

function imagesWhere(call: Call, index: string, field: string, value: string): IdSource<Image> {
  return async (after, limit) => {
    // A position in the index is all that `after` needs to name.
    const from = after === undefined ? {} : { after: { id: after, rev: 0, [field]: value } }
    const rows = await call.kernel.store.query(imageKind, {
      index,
      equals: [value],
      limit,
      ...from,
    })
    return { rows, last: rows.length < limit ? undefined : rows.at(-1)?.id }
  }
}

function sharedImages(call: Call, projectId: string, input: ListInput): IdSource<Image> {
  const { store } = call.kernel
  return async (after, limit) => {
    const members = await store.query(imageMemberKind, {
      index: 'byProject',
      equals: [projectId],
      ...(after === undefined ? {} : { from: after }),
      limit,
    })
    const answered = members.filter((m) => m.status === input.memberStatus && m.imageId !== after)
    const images = await store.get(
      imageKind,
      answered.map((member) => member.imageId),
    )
    const rows = images.flatMap((image) => (image?.visibility === 'shared' ? [image] : []))
    return { rows, last: members.length < limit ? undefined : members.at(-1)?.imageId }
  }
}
