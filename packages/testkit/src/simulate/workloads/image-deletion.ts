import { imageDelete, imageUpdate } from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim, forget } from './aim.ts'
import { upload } from './image-data.ts'
import { createImage } from './image-records.ts'

/** An image that has bytes: deleting it takes more than its row. */
async function createFullImage(tenant: Tenant): Promise<void> {
  const image = await createImage(tenant)
  if (!image || !(await upload(tenant, image.id))) return
  tenant.known.remove('empty image', image.id)
  tenant.known.add('full image', image.id)
}

/** Images that are deleted at once: the more, the likelier one of them gets stuck half-way. */
const together = [1, 1, 2, 6] as const

/** What an image may be known as besides. */
const kinds = [
  'empty image',
  'full image',
  'private image',
  'shared image',
  'community image',
] as const

export const deleteImage: Action = {
  name: 'delete images',
  weight: 3,
  run: async (tenant) => {
    const { chance, known } = tenant
    const ids = new Set<string>()
    for (let left = chance.pick<number>(together) as number; left > 0; left--) {
      const id = chance.happens(0.3)
        ? await aim(tenant, 'image', createImage)
        : await aim(tenant, 'full image', createFullImage)
      ids.add(id)
      // The next one is to be another.
      known.remove('full image', id)
    }
    await Promise.all([...ids].map((id) => remove(tenant, id)))
  },
}

async function remove(tenant: Tenant, id: string): Promise<void> {
  const { chance, known } = tenant
  const outcomes = await Promise.all([
    tenant.call(imageDelete, { id }),
    // Now and then while something else is done with it.
    chance.happens(0.2) ? tenant.call(imageUpdate, { id, protected: false }) : undefined,
  ])
  if (outcomes[0].end !== 'ok') return
  forget(tenant, 'image', id)
  for (const kind of kinds) known.remove(kind, id)
}
