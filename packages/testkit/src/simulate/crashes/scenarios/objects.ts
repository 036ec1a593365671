import {
  type Actor,
  containerCreate,
  containerDelete,
  containerUpdate,
  multipartUploadAbort,
  multipartUploadComplete,
  multipartUploadCreate,
  objectAccountUpdate,
  objectDelete,
  objectDeleteMany,
  objectUpdate,
  objectVersionRestore,
  projectEnsure,
  uploadObject,
  uploadObjectPart,
} from '@nephos/core'
import { type CrashClient, memberOf } from '../client.ts'
import type { Scenario } from '../scenario.ts'
import { bytes } from '../stage.ts'

const container = 'box'

async function stageContainer(
  client: CrashClient,
  versioning: 'off' | 'enabled' = 'off',
): Promise<Actor> {
  const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
  const member = memberOf(projectId)
  await client.call(containerCreate, { name: container, versioning }, member)
  return member
}

/** Stores five bytes. @returns the id of what is stored. */
function put(client: CrashClient, member: Actor, name: string): Promise<string> {
  return client.attempt(async ({ kernel }) => {
    const { id } = await uploadObject(kernel, member, { container, name }, bytes())
    return id
  })
}

const containers: Scenario = {
  name: 'containers',
  prepare: async (client) => {
    const member = await stageContainer(client)
    return async () => {
      await client.call(objectAccountUpdate, { metadata: { a: 'b' } }, member)
      await client.call(containerCreate, { name: 'new' }, member)
      await client.call(containerUpdate, { container: 'new', metadata: { a: 'b' } }, member)
      await client.call(containerDelete, { container }, member)
    }
  },
}

/** An object takes the place of another; what is sent again takes it once more. */
const upload: Scenario = {
  name: 'object-upload',
  prepare: async (client) => {
    const member = await stageContainer(client)
    await put(client, member, 'kept')
    return async () => {
      await put(client, member, 'kept')
    }
  },
  // Told in the order in which they came, of which a repeat counts.
  loose: ['sequence'],
}

const objects: Scenario = {
  name: 'objects',
  prepare: async (client) => {
    const member = await stageContainer(client)
    for (const name of ['a', 'b', 'c', 'd']) await put(client, member, name)
    return async () => {
      const change = { container, name: 'a', metadata: { changed: 'yes' } }
      await client.call(objectUpdate, change, member)
      await client.call(objectDelete, { container, name: 'b' }, member)
      await client.call(objectDeleteMany, { container, names: ['c', 'd'] }, member)
    }
  },
}

const versions: Scenario = {
  name: 'object-versions',
  prepare: async (client) => {
    const member = await stageContainer(client, 'enabled')
    const versionId = await put(client, member, 'kept')
    await put(client, member, 'kept')
    return async () => {
      await client.call(objectDelete, { container, name: 'kept' }, member)
      const version = { container, name: 'kept', versionId }
      await client.call(objectVersionRestore, version, member)
    }
  },
}

/** An object comes in two parts; of another one only the first comes. */
const parts: Scenario = {
  name: 'object-parts',
  prepare: async (client) => {
    const member = await stageContainer(client)
    return async () => {
      const path = { container, name: 'whole' }
      const { id: uploadId } = await client.call(multipartUploadCreate, path, member)
      const etag = await client.attempt(async ({ kernel }) => {
        const part = { ...path, uploadId, number: 1 }
        return (await uploadObjectPart(kernel, member, part, bytes())).etag
      })
      const whole = { ...path, uploadId, parts: [{ number: 1, etag }] }
      await client.call(multipartUploadComplete, whole, member)
      const left = { container, name: 'left' }
      const { id } = await client.call(multipartUploadCreate, left, member)
      await client.call(multipartUploadAbort, { ...left, uploadId: id }, member)
    }
  },
  loose: ['sequence'],
}

export const objectScenarios: readonly Scenario[] = [containers, upload, objects, versions, parts]
