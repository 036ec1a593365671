import { defineKind, type Stored } from '../kind.ts'

export const imageMemberStatuses = ['pending', 'accepted', 'rejected'] as const
export type ImageMemberStatus = (typeof imageMemberStatuses)[number]

/** A project with which an image is shared. Accepting puts the image into its lists. */
export interface ImageMember extends Stored {
  readonly imageId: string
  readonly projectId: string
  readonly status: ImageMemberStatus
  readonly createdAt: number
  readonly updatedAt: number
}

export const imageMemberKind = defineKind<ImageMember>('imageMember', {
  byImage: { fields: ['imageId'] },
  byProject: { fields: ['projectId', 'imageId'] },
})

export function imageMemberId(imageId: string, projectId: string): string {
  return `${imageId}:${projectId}`
}
