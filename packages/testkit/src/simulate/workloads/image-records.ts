import {
  imageCreate,
  imageDeactivate,
  imageGet,
  imageList,
  imageReactivate,
  imageUpdate,
  type ImageView,
  metadefCreate,
  metadefDefine,
  metadefDelete,
  metadefGet,
  metadefList,
  type MetadefNamespace,
  metadefTag,
  metadefUndefine,
  metadefUpdate,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim, nameOf, remember, settled } from './aim.ts'
import { create, findLost } from './create.ts'
import { walk } from './pages.ts'

/** An image without bytes. Private ones stay private: others probe them. */
export async function createImage(tenant: Tenant): Promise<ImageView | undefined> {
  const { chance } = tenant
  const visibility = chance.pick(['private', 'private', 'shared', 'shared', 'community']) as string
  const image = await create(tenant, 'image', imageCreate, {
    name: nameOf(tenant, 'image', 30),
    visibility,
    tags: chance.happens(0.3) ? [`${tenant.name}-tag`] : [],
    properties: chance.happens(0.3) ? { owner: tenant.name } : {},
    ...(chance.happens(0.2) ? { minRamMb: chance.pick([512, 100_000]) } : {}),
    ...(chance.happens(0.1) ? { protected: true } : {}),
  })
  if (!image) return undefined
  tenant.known.add('empty image', image.id)
  remember(tenant, `${image.visibility} image`, image.id)
  return image
}

const makeImage: Action = {
  name: 'create an image',
  weight: 3,
  run: async (tenant) => {
    await createImage(tenant)
  },
}

const updateImage: Action = {
  name: 'update an image',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'image', createImage)
    const isPrivate = tenant.known.all('private image').includes(id)
    const patch = chance.pick([
      { name: nameOf(tenant, 'image', 30) },
      { tags: [`${tenant.name}-a`, `${tenant.name}-b`], hidden: chance.happens(0.2) },
      { properties: { changed: tenant.name } },
      { protected: chance.happens(0.3) },
      { diskFormat: chance.pick(['raw', 'qcow2']) },
      isPrivate ? { minDiskGb: 1 } : { visibility: chance.pick(['shared', 'community', 'public']) },
    ])
    await tenant.call(imageUpdate, { id, ...patch })
  },
}

const readImages: Action = {
  name: 'read images',
  weight: 3,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'image', createImage)
    await tenant.call(imageGet, { id })
    if (chance.happens(0.1)) {
      await walk(tenant, imageList, {}, { as: tenant.operator })
      return
    }
    const filter = chance.pick([{}, {}, { visibility: 'community' }, { status: 'active' }])
    await walk(tenant, imageList, filter, { visible: ({ visibility }) => visibility !== 'private' })
  },
}

const findImages: Action = {
  name: 'find images made without an answer',
  weight: 1,
  run: (tenant) => findLost(tenant, 'image', imageList),
}

const deactivateImage: Action = {
  name: 'deactivate an image and reactivate it',
  weight: 2,
  run: async (tenant) => {
    const { chance, known, operator } = tenant
    const id = known.pick('full image', chance) ?? (await aim(tenant, 'image', createImage))
    await tenant.call(imageDeactivate, { id })
    await tenant.rest(chance.between(0, 20_000))
    if (chance.happens(0.8)) await tenant.call(imageReactivate, { id }, { as: operator })
  },
}

/** Operators define what metadata may say; everybody reads it. */
const define: Action = {
  name: 'define what metadata may say',
  weight: 1,
  run: async (tenant) => {
    const as = { as: tenant.operator }
    const namespace = `OS::Kept${tenant.chance.whole(1, 1_000_000)}`
    await tenant.call(metadefCreate, { namespace, visibility: 'public' }, as)
    const value = { title: 'Size', type: 'integer' } as const
    const definition = { part: 'properties', value } as const
    await tenant.call(metadefDefine, { namespace, name: 'size', definition }, as)
    await tenant.call(metadefTag, { namespace, names: ['one'] }, as)
    await tenant.call(metadefUndefine, { namespace, part: 'tags' }, as)
    await tenant.call(metadefUpdate, { namespace, description: 'sizes' }, as)
    await settled(tenant)
    await tenant.call(metadefGet, { namespace })
    await walk(
      tenant,
      metadefList,
      {},
      { visible: (row: MetadefNamespace) => row.visibility === 'public' },
    )
    await tenant.call(metadefDelete, { namespace }, as)
  },
}

export const imageRecordActions: readonly Action[] = [
  define,
  makeImage,
  updateImage,
  readImages,
  findImages,
  deactivateImage,
]
