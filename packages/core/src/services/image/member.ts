import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { projectKind } from '../../model/identity/project.ts'
import { type Image, imageKind } from '../../model/image/image.ts'
import {
  type ImageMember,
  imageMemberId,
  imageMemberKind,
  imageMemberStatuses,
} from '../../model/image/member.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { fetchImage, fetchOwnImage, ownsImage } from './access.ts'

const writer = { scope: 'any', role: 'member' } as const
const memberInput = z.strictObject({ imageId: idField, projectId: idField })

/**
 * @throws CloudError `conflict` unless the image is shared, or when the project is a member;
 *   `quotaExceeded`.
 */
export const imageMemberCreate = defineOperation({
  id: 'image.member.create',
  summary: 'Shares an image with a project.',
  policy: writer,
  mutates: true,
  input: memberInput,
  run: async (call, input): Promise<ImageMember> => {
    const { store, clock } = call.kernel
    const image = await fetchOwnImage(call, input.imageId, 'imageId')
    if (image.visibility !== 'shared') {
      throw new CloudError('conflict', `The image is ${image.visibility}, not shared.`, {
        field: 'imageId',
      })
    }
    const id = imageMemberId(image.id, input.projectId)
    const members = await store.lookup(imageMemberKind, 'byImage', [[image.id]])
    if (members.some((member) => member.id === id)) {
      throw new CloudError('conflict', 'The image is shared with this project already.', {
        field: 'projectId',
      })
    }
    if (members.length >= limits.imageMembers) {
      throw new CloudError('quotaExceeded', 'The image has too many members.', {
        field: 'imageId',
        limit: limits.imageMembers,
      })
    }
    const [project] = await store.get(projectKind, [input.projectId])
    if (!project) throw notFound('project', 'projectId')
    const at = clock.now()
    const row = { id, ...input, status: 'pending', createdAt: at, updatedAt: at } as const
    // Through the image's revision the bound holds, and a deletion and a new member exclude each
    // other.
    const writes = new Writes()
      .update(imageKind, { ...image, updatedAt: at })
      .insert(imageMemberKind, row)
    const answer = { ...row, rev: 1 }
    await call.commit(writes, [image.id], answer)
    return answer
  },
})

/** The member project itself answers; accepting puts the image into its lists. */
export const imageMemberUpdate = defineOperation({
  id: 'image.member.update',
  summary: 'Accepts or rejects an image shared with the project.',
  policy: writer,
  mutates: true,
  input: z.strictObject({ ...memberInput.shape, status: z.enum(imageMemberStatuses) }),
  run: async (call, input): Promise<ImageMember> => {
    const { member } = await requireMember(call, input)
    if (!call.actor.system && call.actor.projectId !== input.projectId) {
      throw new CloudError('forbidden', 'Only the member project answers.', { field: 'projectId' })
    }
    const next: ImageMember = {
      ...member,
      status: input.status,
      updatedAt: call.kernel.clock.now(),
    }
    const answer = { ...next, rev: member.rev + 1 }
    await call.commit(new Writes().update(imageMemberKind, next), [input.imageId], answer)
    return answer
  },
})

export const imageMemberGet = defineOperation({
  id: 'image.member.get',
  summary: 'Shows with which answer an image is shared with a project.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: memberInput,
  run: async (call, input): Promise<ImageMember> => (await requireMember(call, input)).member,
})

/** The owner sees all members; a member, itself. */
export const imageMemberList = defineOperation({
  id: 'image.member.list',
  summary: 'Lists the projects an image is shared with.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: z.strictObject({ imageId: idField }),
  run: async (call, input): Promise<ImageMember[]> => {
    const image = await fetchImage(call, input.imageId, 'imageId')
    const members = await call.kernel.store.lookup(imageMemberKind, 'byImage', [[image.id]])
    const all = ownsImage(call, image)
    return members.filter((member) => all || member.projectId === call.actor.projectId)
  },
})

export const imageMemberDelete = defineOperation({
  id: 'image.member.delete',
  summary: 'Stops sharing an image with a project.',
  policy: writer,
  mutates: true,
  input: memberInput,
  run: async (call, input): Promise<void> => {
    const { image, member } = await requireMember(call, input)
    if (!ownsImage(call, image)) {
      throw new CloudError('forbidden', 'Only the owner stops sharing.', { field: 'imageId' })
    }
    await call.commit(new Writes().remove(imageMemberKind, member), [image.id], null)
  },
})

/** A member as its image's owner or the member project itself may see it. */
async function requireMember(
  call: Call,
  input: { readonly imageId: string; readonly projectId: string },
): Promise<{ image: Image; member: ImageMember }> {
  const image = await fetchImage(call, input.imageId, 'imageId')
  const id = imageMemberId(image.id, input.projectId)
  const [member] = await call.kernel.store.get(imageMemberKind, [id])
  const visible = ownsImage(call, image) || call.actor.projectId === input.projectId
  if (!member || !visible) throw notFound('image member', 'projectId')
  return { image, member }
}
