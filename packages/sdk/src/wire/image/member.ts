import type { ImageMember } from '@nephos/core'
import { moment } from './image.ts'

/** A project that an image is shared with. */
export function memberBody(member: ImageMember): Readonly<Record<string, unknown>> {
  return {
    image_id: member.imageId,
    member_id: member.projectId,
    status: member.status,
    created_at: moment(member.createdAt),
    updated_at: moment(member.updatedAt),
    schema: '/v2/schemas/member',
  }
}
