import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { imageKind } from '../../model/image/image.ts'
import { notFound } from '../fetch.ts'
import { idField, tagField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { commitUnchanged } from '../unchanged.ts'
import { fetchOwnImage } from './access.ts'
import { commitImage } from './image.ts'
import { imageView, type ImageView } from './view.ts'

const member = { scope: 'any', role: 'member' } as const

/** @throws CloudError `quotaExceeded` when the image has as many as it may. */
export const imageTagAdd = defineOperation({
  id: 'image.tag.add',
  summary: 'Adds a tag to an image.',
  policy: member,
  mutates: true,
  input: z.strictObject({ id: idField, tag: tagField }),
  run: async (call, { id, tag }): Promise<ImageView> => {
    const image = await fetchOwnImage(call, id)
    if (image.tags.includes(tag)) return commitUnchanged(call, imageKind, image, [id], imageView)
    if (image.tags.length >= limits.tags) {
      throw new CloudError('quotaExceeded', 'The image has too many tags.', {
        field: 'tag',
        limit: limits.tags,
      })
    }
    return commitImage(call, image, { ...image, tags: [...image.tags, tag] })
  },
})

/** @throws CloudError `notFound`, field `tag`, when the image has it not. */
export const imageTagRemove = defineOperation({
  id: 'image.tag.remove',
  summary: 'Removes a tag from an image.',
  policy: member,
  mutates: true,
  input: z.strictObject({ id: idField, tag: tagField }),
  run: async (call, { id, tag }): Promise<ImageView> => {
    const image = await fetchOwnImage(call, id)
    if (!image.tags.includes(tag)) throw notFound('tag of this image', 'tag')
    return commitImage(call, image, { ...image, tags: image.tags.filter((one) => one !== tag) })
  },
})
