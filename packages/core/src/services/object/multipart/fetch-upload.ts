import type { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import { type Container, containerScope } from '../../../model/object/container.ts'
import {
  type MultipartUpload,
  multipartUploadKind,
  type ObjectPart,
  objectPartKind,
} from '../../../model/object/multipart.ts'
import { discardedId, looseBytesKind } from '../../../model/object/object.ts'
import { limits } from '../../../base/limits.ts'
import type { Call } from '../../call.ts'
import { notFound } from '../../fetch.ts'
import { idField } from '../../fields.ts'
import { chargeQuota } from '../../quota.ts'
import { type ContainerPath, fetchContainer } from '../access.ts'
import { objectPath } from '../fields.ts'

/** Where an upload in parts is. */
export const uploadPath = { ...objectPath, uploadId: idField }

export interface UploadPath extends ContainerPath {
  readonly name: string
  readonly uploadId: string
}

/** @throws CloudError `notFound` with `uploadId`; and what `fetchContainer` throws. */
export async function fetchUpload(
  call: Call,
  path: UploadPath,
): Promise<{ readonly container: Container; readonly upload: MultipartUpload }> {
  const container = await fetchContainer(call, path, 'write')
  const upload = await findUpload(call, container, path)
  if (upload) return { container, upload }
  throw notFound('upload', 'uploadId')
}

export async function findUpload(
  call: Call,
  container: Container,
  { name, uploadId }: Pick<UploadPath, 'name' | 'uploadId'>,
): Promise<MultipartUpload | undefined> {
  const [upload] = await call.kernel.store.get(multipartUploadKind, [uploadId])
  return upload?.containerId === container.id && upload.name === name ? upload : undefined
}

/** All parts of an upload, by number: as many as it may have at most. */
export function readParts(
  { store }: Pick<Kernel, 'store'>,
  uploadId: string,
): Promise<ObjectPart[]> {
  return store.query(objectPartKind, {
    index: 'byNumber',
    equals: [uploadId],
    limit: limits.uploadParts,
  })
}

/** Charges a part that belongs to no object yet (sign 1), or gives it back (sign −1). */
export function chargePart(
  writes: Writes,
  { containerId, projectId, size }: Pick<ObjectPart, 'containerId' | 'projectId' | 'size'>,
  sign: 1 | -1,
): void {
  writes.add({ scope: containerScope(containerId), name: 'bytes', add: sign * size })
  chargeQuota(writes, projectId, { objectBytes: size }, sign)
}

/** Charges an upload: it counts as the object that it is to become. */
export function chargeUpload(
  writes: Writes,
  { containerId, projectId }: Pick<MultipartUpload, 'containerId' | 'projectId'>,
  sign: 1 | -1,
): void {
  writes.add({ scope: containerScope(containerId), name: 'uploads', add: sign })
  chargeQuota(writes, projectId, { objects: 1 }, sign)
}

/** Removes a part that belongs to no object: its bytes are removed next. */
export function planPartRemoval(writes: Writes, part: ObjectPart, now: number): void {
  writes.remove(objectPartKind, part)
  chargePart(writes, part, -1)
  writes.insert(looseBytesKind, {
    id: discardedId(part.id),
    projectId: part.projectId,
    key: part.id,
    state: 'discarded',
    renewedAt: now,
  })
}
