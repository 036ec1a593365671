import {
  imageMemberCreate,
  imageMemberDelete,
  imageMemberGet,
  imageMemberList,
  imageMemberUpdate,
  imageMemberStatuses,
  isCloudError,
} from '@nephos/core'
import { z } from 'zod'
import { memberBody } from '../../wire/image/member.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { json, nothing } from '../reply.ts'

const path = '/images/{image_id}/members'

function named<Q, B>(x: Exchange<Q, B>): { imageId: string; projectId: string } {
  return { imageId: x.param('image_id'), projectId: x.param('member_id') }
}

/** Members of images (https://docs.openstack.org/api-ref/image/v2/#sharing). */
export const imageMembers: readonly EndpointRow[] = [
  endpoint({
    id: 'image.members.create',
    method: 'POST',
    path,
    summary: 'Shares an image with a project.',
    access: 'token',
    operations: [imageMemberCreate],
    body: z.object({ member: z.string().min(1).max(255) }),
    status: 200,
    async run(x) {
      const input = { imageId: x.param('image_id'), projectId: x.body.member }
      try {
        return json(memberBody(await x.invokeAny(imageMemberCreate, input)))
      } catch (error) {
        const isOther = isCloudError(error) && error.code === 'conflict'
        if (!isOther || error.field !== 'imageId') throw error
        throw new HttpError(403, 'Only shared images have members.', { cause: error })
      }
    },
  }),
  endpoint({
    id: 'image.members.list',
    method: 'GET',
    path,
    summary: 'Lists the projects that an image is shared with.',
    access: 'token',
    operations: [imageMemberList],
    status: 200,
    async run(x) {
      const members = await x.invokeAny(imageMemberList, { imageId: x.param('image_id') })
      return json({ members: members.map(memberBody), schema: '/v2/schemas/members' })
    },
  }),
  endpoint({
    id: 'image.members.show',
    method: 'GET',
    path: `${path}/{member_id}`,
    summary: 'Shows with which answer an image is shared.',
    access: 'token',
    operations: [imageMemberGet],
    status: 200,
    run: async (x) => json(memberBody(await x.invokeAny(imageMemberGet, named(x)))),
  }),
  endpoint({
    id: 'image.members.update',
    method: 'PUT',
    path: `${path}/{member_id}`,
    summary: 'Accepts or rejects an image that is shared with the project.',
    access: 'token',
    operations: [imageMemberUpdate],
    body: z.object({ status: z.enum(imageMemberStatuses) }),
    status: 200,
    async run(x) {
      const input = { ...named(x), status: x.body.status }
      return json(memberBody(await x.invokeAny(imageMemberUpdate, input)))
    },
  }),
  endpoint({
    id: 'image.members.delete',
    method: 'DELETE',
    path: `${path}/{member_id}`,
    summary: 'Stops sharing an image with a project.',
    access: 'token',
    operations: [imageMemberDelete],
    status: 204,
    async run(x) {
      await x.invokeAny(imageMemberDelete, named(x))
      return nothing
    },
  }),
]
