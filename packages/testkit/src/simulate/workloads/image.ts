import {
  imageCreate,
  imageDelete,
  imageGet,
  imageList,
  imageMemberCreate,
  imageMemberDelete,
  imageMemberGet,
  imageMemberList,
  imageMemberUpdate,
  imageUpdate,
} from '@nephos/core'
import type { Action, Tenant, Workload } from '../workload.ts'
import { aim } from './aim.ts'
import { commonProject } from './common.ts'
import { imageDataActions, upload } from './image-data.ts'
import { imageImportActions } from './image-import.ts'
import { deleteImage } from './image-deletion.ts'
import { createImage, imageRecordActions } from './image-records.ts'
import { probe, probing } from './probe.ts'

const publicImages = 2

async function prepare(tenant: Tenant): Promise<void> {
  const projectId = await commonProject(tenant)
  if (projectId === undefined) return
  for (let i = 1; i <= publicImages; i++) {
    const input = { projectId, name: `image-${i}`, visibility: 'public' }
    const outcome = await tenant.call(imageCreate, input, { as: tenant.operator })
    if (outcome.end !== 'ok') continue
    const { id } = outcome.answer
    if (await upload(tenant, id, { as: tenant.operator })) tenant.common.add('public image', id)
  }
}

/** The owner shares, the other project answers, the owner takes it back. */
const shareImage: Action = {
  name: 'share an image',
  weight: 2,
  run: async (tenant) => {
    const { chance, common } = tenant
    const imageId = await aim(tenant, 'shared image', createImage)
    const projectId = common.pick('project', chance) ?? tenant.projectId
    const outcome = await tenant.call(imageMemberCreate, { imageId, projectId })
    if (outcome.end === 'ok') common.add(`images offered to ${projectId}`, imageId)
    await tenant.call(imageMemberList, { imageId })
    if (chance.happens(0.4)) await tenant.call(imageMemberDelete, { imageId, projectId })
  },
}

const answerShare: Action = {
  name: 'accept or reject a shared image',
  weight: 2,
  run: async (tenant) => {
    const { chance, common, projectId } = tenant
    const offered = common.pick(`images offered to ${projectId}`, chance)
    const imageId = offered ?? (await aim(tenant, 'shared image', createImage))
    const status = chance.pick(['accepted', 'accepted', 'rejected', 'pending'])
    await tenant.call(imageMemberUpdate, { imageId, projectId, status })
    await tenant.call(imageMemberGet, { imageId, projectId })
  },
}

const kind = 'private image'

export const imageWorkload: Workload = {
  service: 'image',
  prepare,
  actions: [
    ...imageRecordActions,
    deleteImage,
    ...imageDataActions,
    ...imageImportActions,
    shareImage,
    answerShare,
    probing('images', 2, [
      probe(kind, imageGet),
      probe(kind, imageUpdate, (id) => ({ id, name: 'mine' })),
      probe(kind, imageDelete),
      probe(kind, imageMemberList, (imageId) => ({ imageId })),
      probe(kind, imageMemberCreate, (imageId, { projectId }) => ({ imageId, projectId })),
      probe(kind, imageMemberDelete, (imageId, { projectId }) => ({ imageId, projectId })),
      probe(kind, imageList, (marker) => ({ marker, limit: 1, name: 'nobody-has-this' })),
    ]),
  ],
}
