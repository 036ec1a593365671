import { z } from 'zod'
import { limits } from '../../../base/limits.ts'
import { Writes } from '../../../commit/writes.ts'
import type { Draft } from '../../../model/kind.ts'
import {
  type MultipartUpload,
  multipartUploadKind,
  type ObjectPart,
  objectPartKind,
  uploadScope,
} from '../../../model/object/multipart.ts'
import { afterPrefix, compareText } from '../../../ports/store-order.ts'
import { idField } from '../../fields.ts'
import { closeCounters } from '../../identity/references.ts'
import { defineOperation } from '../../operation.ts'
import { checkQuota } from '../../quota.ts'
import { fetchContainer } from '../access.ts'
import { accountField, containerNameField, namePartField, objectPath } from '../fields.ts'
import { describeFields } from '../upload-input.ts'
import {
  chargeUpload,
  fetchUpload,
  planPartRemoval,
  readParts,
  uploadPath,
} from './fetch-upload.ts'

const writer = { scope: 'any', role: 'member' } as const
const { contentType, contentEncoding, contentDisposition, metadata } = describeFields

/** An upload in parts, as shown. */
export type MultipartUploadView = Omit<MultipartUpload, 'rev' | 'containerId' | 'projectId'>

function uploadView(row: Omit<MultipartUpload, 'rev'>): MultipartUploadView {
  const { containerId: _container, projectId: _project, ...view } = row as MultipartUpload
  const { rev: _rev, ...shown } = view
  return shown
}

/** A part, as shown. */
export type ObjectPartView = Pick<ObjectPart, 'number' | 'size' | 'etag' | 'lastModified'>

export function partView({ number, size, etag, lastModified }: ObjectPartView): ObjectPartView {
  return { number, size, etag, lastModified }
}

/** @throws CloudError `quotaExceeded` (`objects`); and what `fetchContainer` throws. */
export const multipartUploadCreate = defineOperation({
  id: 'object.upload.create',
  summary: 'Begins an object that comes in parts.',
  policy: writer,
  mutates: true,
  input: z.strictObject({
    ...objectPath,
    contentType,
    contentEncoding,
    contentDisposition,
    metadata,
  }),
  run: async (call, { account, container: name, ...input }): Promise<MultipartUploadView> => {
    const { kernel } = call
    const container = await fetchContainer(call, { account, container: name }, 'write')
    await checkQuota(kernel, container.projectId, { objects: 1 })
    const row: Draft<MultipartUpload> = {
      id: kernel.ids.next(),
      projectId: container.projectId,
      containerId: container.id,
      ...input,
      createdAt: kernel.clock.now(),
    }
    const writes = new Writes().insert(multipartUploadKind, row)
    writes.limit({ scope: uploadScope(row.id), name: 'parts', limit: limits.uploadParts })
    chargeUpload(writes, row, 1)
    const answer = uploadView(row)
    await call.commit(writes, [container.id, row.id], answer)
    return answer
  },
})

/** By name; those of one name in the order of their ids. */
export const multipartUploadList = defineOperation({
  id: 'object.upload.list',
  summary: 'Lists the uploads in parts that are under way in a container.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: z.strictObject({
    account: accountField,
    container: containerNameField,
    prefix: namePartField.default(''),
    /** Begins after all uploads of this name; with `idMarker`, after that one of them. */
    nameMarker: namePartField.optional(),
    idMarker: idField.optional(),
    limit: z.int().min(1).max(limits.pageRows).default(limits.pageRows),
  }),
  run: async (call, { prefix, nameMarker, idMarker, limit, ...path }) => {
    const container = await fetchContainer(call, path, 'list')
    const to = afterPrefix(prefix)
    // The next text after a name is that name with the lowest character behind it.
    const next = nameMarker === undefined ? undefined : `${nameMarker}\u0001`
    const rows = await call.kernel.store.query(multipartUploadKind, {
      index: 'byName',
      equals: [container.id],
      from:
        idMarker === undefined && next !== undefined && compareText(next, prefix) > 0
          ? next
          : prefix,
      ...(to !== undefined && { to }),
      ...(nameMarker !== undefined &&
        idMarker !== undefined && { after: markerRow(container.id, nameMarker, idMarker) }),
      limit,
    })
    return rows.map(uploadView)
  },
})

function markerRow(containerId: string, name: string, id: string): MultipartUpload {
  return {
    id,
    rev: 0,
    projectId: '',
    containerId,
    name,
    contentType: '',
    contentEncoding: null,
    contentDisposition: null,
    metadata: {},
    createdAt: 0,
  }
}

export const objectPartList = defineOperation({
  id: 'object.part.list',
  summary: 'Lists the parts that an upload has so far.',
  policy: writer,
  mutates: false,
  input: z.strictObject({
    ...uploadPath,
    /** Begins after the part of this number. */
    after: z.int().min(0).max(limits.uploadParts).default(0),
    limit: z.int().min(1).max(limits.pageRows).default(limits.pageRows),
  }),
  run: async (call, { after, limit, ...path }): Promise<ObjectPartView[]> => {
    const { upload } = await fetchUpload(call, path)
    const rows = await call.kernel.store.query(objectPartKind, {
      index: 'byNumber',
      equals: [upload.id],
      from: after + 1,
      limit,
    })
    return rows.map(partView)
  },
})

/** Its parts go with it. */
export const multipartUploadAbort = defineOperation({
  id: 'object.upload.abort',
  summary: 'Gives up an object that comes in parts.',
  policy: writer,
  mutates: true,
  input: z.strictObject(uploadPath),
  run: async (call, input): Promise<void> => {
    const { container, upload } = await fetchUpload(call, input)
    const parts = await readParts(call.kernel, upload.id)
    const writes = new Writes().remove(multipartUploadKind, upload)
    const now = call.kernel.clock.now()
    for (const part of parts) planPartRemoval(writes, part, now)
    closeCounters(writes, uploadScope(upload.id), [{ name: 'parts', value: parts.length }])
    chargeUpload(writes, upload, -1)
    await call.commit(writes, [container.id, upload.id], null)
  },
})
