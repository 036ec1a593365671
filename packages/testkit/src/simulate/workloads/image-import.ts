import {
  imageFind,
  imageImport,
  imageStoreDelete,
  imageTagAdd,
  imageTagRemove,
  imageTaskGet,
  imageTaskList,
  stageImage,
} from '@nephos/core'
import type { Action } from '../workload.ts'
import { aim, settled } from './aim.ts'
import { chunks, content, expectBytes } from './image-data.ts'
import { createImage } from './image-records.ts'
import { walk } from './pages.ts'

/** Bytes that are staged become an image's by its import, or by none. */
const importImage: Action = {
  name: 'stage bytes and import them',
  weight: 2,
  run: async (tenant) => {
    const { chance, known, member } = tenant
    const id = await aim(tenant, 'empty image', (maker) => createImage(maker))
    const seed = chance.uint32()
    expectBytes(tenant, id, seed, false)
    const staged = await tenant.attempt(
      'image.data.stage',
      (plane, signal) =>
        stageImage(plane.kernel, member, { id }, chunks(tenant, content(seed), 2, 0), { signal }),
      false,
    )
    if (staged.end === 'ok') known.remove('empty image', id)
    const method = { name: 'glance-direct' } as const
    const begun = await tenant.call(imageImport, { id, method })
    await tenant.rest(chance.pick([1_000, 20_000]) as number)
    if (begun.end === 'ok') await tenant.call(imageTaskGet, { id: begun.answer.id })
    await walk(tenant, imageTaskList, chance.happens(0.5) ? { imageId: id } : {})
  },
}

const tagImage: Action = {
  name: 'tag an image and find it',
  weight: 1,
  run: async (tenant) => {
    const { chance, name } = tenant
    const id = await aim(tenant, 'image', createImage)
    const tag = `${name}-${chance.pick(['red', 'blue'])}`
    await tenant.call(imageTagAdd, { id, tag })
    await settled(tenant)
    await tenant.call(imageFind, { tags: [tag], visibility: 'all', limit: 5 })
    await tenant.call(imageFind, { ids: [id], sort: [{ key: 'name', descending: false }] })
    if (chance.happens(0.6)) await tenant.call(imageTagRemove, { id, tag })
  },
}

/** Copies go to the second store and from one of the two; others read the image meanwhile. */
const copyImage: Action = {
  name: 'copy an image, and take a copy away',
  weight: 2,
  run: async (tenant) => {
    const { chance, known } = tenant
    const id = known.pick('full image', chance)
    if (id === undefined) return
    const method = { name: 'copy-image' } as const
    const stores = chance.pick([['second'], ['default'], ['second', 'default']]) as string[]
    const allMustSucceed = chance.happens(0.5)
    await tenant.call(imageImport, { id, method, stores, allMustSucceed })
    if (chance.happens(0.6)) await tenant.rest(chance.pick([500, 20_000]) as number)
    const store = chance.pick(['default', 'second']) as string
    const dropped = await tenant.call(imageStoreDelete, { id, store })
    if (dropped.end === 'ok') tenant.sometimes('a copy of an image was taken away')
  },
}

export const imageImportActions: readonly Action[] = [importImage, copyImage, tagImage]
