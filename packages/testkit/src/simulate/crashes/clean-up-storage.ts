import {
  attachmentDelete,
  backupDelete,
  containerDelete,
  groupSnapshotDelete,
  groupTypeDelete,
  metadefDelete,
  type MetadefNamespace,
  messageDelete,
  multipartUploadAbort,
  objectDelete,
  poolDelete,
  qosDelete,
  shareDelete,
  shareSnapshotDelete,
  snapshotDelete,
  type Stored,
  transferDelete,
  volumeDelete,
  volumeGroupDelete,
  volumeTypeDelete,
} from '@nephos/core'
import type { Made } from './clean-up-networks.ts'
import { type CrashClient, memberOf } from './client.ts'

interface Owned extends Stored {
  readonly projectId: string
}

interface InContainer extends Stored {
  readonly containerId: string
  readonly name: string
}

/** Volumes with all that was made of them; then what they were made with. */
export async function deleteVolumes(client: CrashClient, made: Made): Promise<void> {
  for (const { id } of made('volumeTransfer')) await client.call(transferDelete, { id })
  for (const { id } of made('volumeAttachment')) await client.call(attachmentDelete, { ids: [id] })
  await client.rest()
  // One that adds to another came later.
  for (const { id } of made('volumeBackup').reverse()) {
    await client.call(backupDelete, { ids: [id] })
    await client.rest()
  }
  for (const { id } of made('volumeGroupSnapshot')) await client.call(groupSnapshotDelete, { id })
  await client.rest()
  for (const { id } of made('volumeSnapshot')) await client.call(snapshotDelete, { ids: [id] })
  await client.rest()
  for (const { id } of made('volumeGroup')) {
    await client.call(volumeGroupDelete, { id, deleteVolumes: true })
  }
  await client.rest()
  for (const { id } of made('volume')) await client.call(volumeDelete, { ids: [id] })
  await client.rest()
  for (const { id } of made('volumeMessage')) await client.call(messageDelete, { ids: [id] })
  for (const { id } of made('volumeType')) await client.call(volumeTypeDelete, { id })
  for (const { id } of made('volumeGroupType')) await client.call(groupTypeDelete, { id })
  for (const { id } of made('volumeQos')) await client.call(qosDelete, { id })
  for (const { id } of made('volumePool')) await client.call(poolDelete, { id })
}

export async function deleteShares(client: CrashClient, made: Made): Promise<void> {
  for (const { id, projectId } of made<Owned>('shareSnapshot')) {
    await client.call(shareSnapshotDelete, { id }, memberOf(projectId))
  }
  await client.rest()
  for (const { id, projectId } of made<Owned>('share')) {
    await client.call(shareDelete, { id }, memberOf(projectId))
  }
  await client.rest()
}

/** What metadata of images and the like may say. */
async function deleteDefinitions(client: CrashClient, made: Made): Promise<void> {
  for (const { namespace } of made<MetadefNamespace>('metadefNamespace')) {
    await client.call(metadefDelete, { namespace })
  }
}

export async function deleteObjects(client: CrashClient, made: Made): Promise<void> {
  await deleteDefinitions(client, made)
  for (const { id, projectId, name: container } of made<Owned & { name: string }>('container')) {
    const path = { account: projectId, container }
    const within = (kind: string): readonly InContainer[] =>
      made<InContainer>(kind).filter(({ containerId }) => containerId === id)
    for (const upload of within('multipartUpload')) {
      const { name } = upload
      await client.call(multipartUploadAbort, { ...path, name, uploadId: upload.id })
    }
    for (const version of within('object')) {
      const { name } = version
      await client.call(objectDelete, { ...path, name, versionId: version.id })
    }
    await client.call(containerDelete, path)
  }
}
