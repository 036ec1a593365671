import { z } from 'zod'
import { CloudError, isCloudError } from '../../../base/errors.ts'
import { limits } from '../../../base/limits.ts'
import { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import type { Draft } from '../../../model/kind.ts'
import { type ObjectPart, objectPartKind, uploadScope } from '../../../model/object/multipart.ts'
import { type LooseBytes, looseBytesKind } from '../../../model/object/object.ts'
import type { Actor } from '../../call.ts'
import { notFound } from '../../fetch.ts'
import { idField } from '../../fields.ts'
import { defineOperation, invoke, requireOptions } from '../../operation.ts'
import type { ObjectDigests, Room } from '../measure.ts'
import { objectUploadInput } from '../upload-input.ts'
import {
  giveUp,
  noRoom,
  readCounters,
  requireAsyncIterable,
  requireFits,
  requireUploading,
  roomFor,
  storeBytes,
  type StoreOptions,
} from '../upload.ts'
import { chargePart, fetchUpload, planPartRemoval, uploadPath } from './fetch-upload.ts'
import { type ObjectPartView, partView } from './upload.ts'

const policy = { scope: 'any', role: 'member' } as const

const partInput = z.strictObject({
  ...uploadPath,
  number: z.int().min(1).max(limits.uploadParts),
  size: objectUploadInput.shape.size,
  checksum: objectUploadInput.shape.checksum,
})
export type ObjectPartInput = z.input<typeof partInput>
type Part = z.output<typeof partInput>

interface Begun {
  readonly input: Part
  readonly loose: LooseBytes
  readonly room: Room
}

const objectPartBegin = defineOperation({
  id: 'object.data.beginPart',
  summary: 'Begins to store a part of an object.',
  policy,
  mutates: true,
  input: partInput,
  run: async (call, input): Promise<Begun> => {
    const { kernel } = call
    const { container } = await fetchUpload(call, input)
    const room = roomFor(await readCounters(call, container), container, undefined)
    if (input.size !== undefined && input.size > room.bytes) throw noRoom(room)
    const id = kernel.ids.next()
    const loose: Draft<LooseBytes> = {
      id,
      projectId: container.projectId,
      key: id,
      state: 'uploading',
      renewedAt: kernel.clock.now(),
    }
    await call.commit(new Writes().insert(looseBytesKind, loose), [loose.id], null)
    return { input, loose: { ...loose, rev: 1 }, room }
  },
})

/** The bytes are stored, and from here on they are the part's; what was the part before goes. */
function objectPartComplete(input: Part, digests: ObjectDigests) {
  return defineOperation({
    id: 'object.data.completePart',
    summary: 'Completes the storing of a part of an object.',
    policy,
    mutates: true,
    input: z.strictObject({ id: idField }),
    run: async (call, { id }): Promise<ObjectPartView> => {
      const { kernel } = call
      const { container, upload } = await fetchUpload(call, input)
      const loose = await requireUploading(kernel, id, container.projectId)
      const now = kernel.clock.now()
      const [before] = await kernel.store.lookup(objectPartKind, 'byNumber', [
        [upload.id, input.number],
      ])
      // The upload was read before this: it became an object meanwhile, and the part is that's.
      if (before?.state === 'used') throw notFound('upload', 'uploadId')
      const row: Draft<ObjectPart> = {
        id,
        projectId: container.projectId,
        containerId: container.id,
        uploadId: upload.id,
        number: input.number,
        state: 'pending',
        ...digests,
        lastModified: now,
      }
      const writes = new Writes().remove(looseBytesKind, loose).insert(objectPartKind, row)
      // The end of the upload would remove what was there before: its revision tells of it.
      if (before) planPartRemoval(writes, before, now)
      else writes.add({ scope: uploadScope(upload.id), name: 'parts', add: 1 })
      chargePart(writes, row, 1)
      await requireFits(call, container, writes)
      await call.commit(writes, [container.id, upload.id], null)
      return partView(row)
    },
  })
}

/**
 * Stores a part of an object that comes in parts, instead of what its number was before.
 *
 * @param data chunks of any size, each taken before the next is asked for.
 * @throws CloudError `notFound` (`uploadId`) for an upload that is not under way, at the beginning
 *   or at the end; and what `uploadObject` throws.
 */
export async function uploadObjectPart(
  kernel: Kernel,
  actor: Actor,
  input: ObjectPartInput,
  data: AsyncIterable<Uint8Array>,
  options: StoreOptions = {},
): Promise<ObjectPartView> {
  requireOptions(options)
  requireAsyncIterable(data)
  const { signal, requestId } = options
  const steps = { ...(signal && { signal }), ...(requestId !== undefined && { requestId }) }
  const begun = await invoke(kernel, actor, objectPartBegin, input, steps)
  const { id } = begun.loose
  try {
    const digests = await storeBytes(kernel, begun, data, signal)
    return await invoke(kernel, actor, objectPartComplete(begun.input, digests), { id }, steps)
  } catch (error) {
    await giveUp(kernel, actor, id, requestId)
    if (isCloudError(error)) throw error
    throw new CloudError('unavailable', 'The upload failed.', { cause: error })
  }
}
