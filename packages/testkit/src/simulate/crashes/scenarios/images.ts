import {
  type Actor,
  imageCreate,
  imageDeactivate,
  imageDelete,
  imageGet,
  imageImport,
  imageMemberCreate,
  imageMemberDelete,
  imageMemberUpdate,
  imageReactivate,
  imageStoreDelete,
  imageTagAdd,
  imageTagRemove,
  imageUpdate,
  isCloudError,
  projectEnsure,
  stageImage as stageBytes,
  uploadImage,
  metadefCreate,
  metadefDefine,
  metadefDelete,
  metadefTag,
  metadefUndefine,
  metadefUpdate,
} from '@nephos/core'
import { type CrashClient, memberOf } from '../client.ts'
import type { Scenario } from '../scenario.ts'
import { bytes, stageImage } from '../stage.ts'

const images: Scenario = {
  name: 'images',
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const { id: otherId } = await client.call(projectEnsure, { name: 'other' })
    const member = memberOf(projectId)
    const imageId = await stageImage(client, member)
    const share = { imageId, projectId: otherId }
    return async () => {
      await client.call(imageCreate, { name: 'new', tags: ['new'] }, member)
      await client.call(imageUpdate, { id: imageId, name: 'renamed' }, member)
      await client.call(imageMemberCreate, share, member)
      await client.call(imageMemberUpdate, { ...share, status: 'accepted' }, memberOf(otherId))
      await client.call(imageMemberDelete, share, member)
      await client.call(imageDeactivate, { id: imageId })
      await client.call(imageReactivate, { id: imageId })
    }
  },
}

const retryMs = 60_000

/** Told that the image waits for no bytes, a user looks whether it has them, and tries again. */
const upload: Scenario = {
  name: 'image-upload',
  // Every upload that a crash cuts off is an attempt, and is counted.
  loose: ['attempt'],
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const member = memberOf(projectId)
    const { id } = await client.call(imageCreate, { name: 'image' }, member)
    return async () => {
      await client.attempt(async (plane) => {
        for (;;) {
          const { status } = await plane.invoke(member, imageGet, { id })
          if (status === 'active') return null
          if (status === 'queued') await uploadImage(plane.kernel, member, { id }, bytes())
          else await client.pass(retryMs)
        }
      })
    }
  },
}

/** The user stops in the middle; nobody sends the bytes again. */
const cut: Scenario = {
  name: 'image-upload-cut',
  loose: ['attempt'],
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const member = memberOf(projectId)
    const { id } = await client.call(imageCreate, { name: 'image' }, member)
    return async () => {
      await client.attempt(async (plane) => {
        const input = { id, size: 6 }
        const answer = uploadImage(plane.kernel, member, input, bytes())
        await answer.catch((error: unknown) => {
          if (!isCloudError(error) || !expected.has(error.code)) throw error
        })
        return null
      })
    }
  },
}

/** Too few bytes, or an upload before that is not given up yet. */
const expected: ReadonlySet<string> = new Set(['invalid', 'conflict'])

const remove: Scenario = {
  name: 'image-delete',
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const member = memberOf(projectId)
    const id = await stageImage(client, member)
    return async () => {
      await client.call(imageDelete, { id }, member)
    }
  },
}

/** Bytes are staged, then imported; told that the image is not ready for it, the user waits. */
const imported: Scenario = {
  name: 'image-import',
  // Every upload that a crash cuts off is an attempt, and is counted.
  loose: ['attempt'],
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const member = memberOf(projectId)
    const { id } = await client.call(imageCreate, { name: 'image' }, member)
    return async () => {
      do {
        await client.attempt(async (plane) => {
          const { status } = await plane.invoke(member, imageGet, { id })
          if (status === 'queued') await stageBytes(plane.kernel, member, { id }, bytes())
          return null
        })
      } while (!(await imports(client, id, member)))
      await client.call(imageTagAdd, { id, tag: 'imported' }, member)
      await client.call(imageTagRemove, { id, tag: 'imported' }, member)
    }
  },
}

/** False, later, while an upload that a crash cut off is not given up yet. */
async function imports(client: CrashClient, id: string, member: Actor): Promise<boolean> {
  try {
    await client.call(imageImport, { id, method: { name: 'glance-direct' } }, member)
    return true
  } catch (error) {
    if (!isCloudError(error) || error.code !== 'conflict') throw error
    await client.wait(retryMs)
    return false
  }
}

/** An image moves from one store to another. */
const copied: Scenario = {
  name: 'image-copy',
  // Every copy that a crash cuts off is counted.
  loose: ['copied', 'serial', 'since'],
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const member = memberOf(projectId)
    const id = await stageImage(client, member)
    return async () => {
      const method = { name: 'copy-image' } as const
      await client.call(imageImport, { id, method, stores: ['second'] }, member)
      await client.rest()
      await client.call(imageStoreDelete, { id, store: 'default' }, member)
    }
  },
}

/** What metadata may say is defined, and no more. */
const definitions: Scenario = {
  name: 'image-definitions',
  prepare: async (client) => {
    const namespace = 'OS::Test'
    await client.call(metadefCreate, { namespace: 'OS::Old' })
    return async () => {
      await client.call(metadefCreate, { namespace })
      const value = { title: 'Size', type: 'integer' } as const
      const definition = { part: 'properties', value } as const
      await client.call(metadefDefine, { namespace, name: 'size', definition })
      await client.call(metadefUndefine, { namespace, part: 'properties', name: 'size' })
      await client.call(metadefTag, { namespace, names: ['one', 'two'] })
      await client.call(metadefUpdate, { namespace, rename: 'OS::New' })
      await client.call(metadefDelete, { namespace: 'OS::Old' })
    }
  },
}

export const imageScenarios: readonly Scenario[] = [
  ...[images, upload, cut, imported, copied, remove, definitions],
]
