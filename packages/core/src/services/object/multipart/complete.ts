import { z } from 'zod'
import { CloudError } from '../../../base/errors.ts'
import { limits } from '../../../base/limits.ts'
import { Writes } from '../../../commit/writes.ts'
import type { Draft } from '../../../model/kind.ts'
import type { Container } from '../../../model/object/container.ts'
import {
  type MultipartUpload,
  multipartUploadKind,
  type ObjectPart,
  objectPartKind,
  uploadScope,
} from '../../../model/object/multipart.ts'
import { objectKind, type ObjectVersion } from '../../../model/object/object.ts'
import type { Digest } from '../../../ports/digest.ts'
import type { Call } from '../../call.ts'
import { notFound } from '../../fetch.ts'
import { closeCounters } from '../../identity/references.ts'
import { defineOperation } from '../../operation.ts'
import { fetchContainer } from '../access.ts'
import { fetchArchive } from '../archive-plan.ts'
import { requireWritable } from '../conditions.ts'
import { writeConditions } from '../fields.ts'
import { bytesOf } from '../hmac.ts'
import { findCurrent, nextSequence, planStore } from '../plan.ts'
import { requireFits } from '../upload.ts'
import { objectView, type ObjectView } from '../view.ts'
import {
  chargePart,
  chargeUpload,
  findUpload,
  planPartRemoval,
  readParts,
  uploadPath,
} from './fetch-upload.ts'

const partsField = z
  .array(
    z.strictObject({
      number: z.int().min(1).max(limits.uploadParts),
      /** What it must be. */
      etag: z.string().regex(/^[0-9a-fA-F]{32}$/),
    }),
  )
  .min(1)
  .max(limits.uploadParts)

/**
 * The parts named become the object, in one commit; those not named go. Asked again for the same
 * upload, it answers with the object that it became.
 *
 * @throws CloudError `notFound` (`uploadId`); `invalid` (`parts[n].number`, `parts[n].etag`,
 *   `parts[n].size`) for parts out of order, absent, other than said, or too small; `conflict` for
 *   a condition that does not hold.
 */
export const multipartUploadComplete = defineOperation({
  id: 'object.upload.complete',
  summary: 'Makes an object of the parts that came.',
  policy: { scope: 'any', role: 'member' },
  mutates: true,
  input: z.strictObject({ ...uploadPath, ...writeConditions, parts: partsField }),
  run: async (call, input): Promise<ObjectView> => {
    const { kernel } = call
    const container = await fetchContainer(call, input, 'write')
    const upload = await findUpload(call, container, input)
    if (!upload) return objectView(await becameOf(call, container, input))
    const current = await findCurrent(kernel, container, input.name)
    const now = kernel.clock.now()
    requireWritable(input, current, now)
    const held = await readParts(kernel, upload.id)
    const used = chosen(held, input.parts)
    const isUsed = new Set(used.map(({ id }) => id))
    const archive = current && (await fetchArchive(kernel, container))
    const sequence = await nextSequence(kernel, container, input.name, current)
    const row = objectOf(kernel.digest, upload, used, {
      sequence,
      kept: container.versioning === 'enabled',
      lastModified: now,
    })
    const writes = new Writes().remove(multipartUploadKind, upload)
    for (const part of held) {
      if (!isUsed.has(part.id)) {
        planPartRemoval(writes, part, now)
        continue
      }
      writes.update(objectPartKind, { ...part, state: 'used' })
      chargePart(writes, part, -1)
    }
    closeCounters(writes, uploadScope(upload.id), [{ name: 'parts', value: held.length }])
    chargeUpload(writes, upload, -1)
    planStore(writes, container, current, row, archive)
    await requireFits(call, container, writes)
    if (archive) await requireFits(call, archive, writes)
    const answer = objectView(row)
    await call.commit(writes, [container.id, row.id], answer)
    return answer
  },
})

/** The object that the upload became, for a caller who did not hear of it. */
async function becameOf(
  { kernel }: Call,
  container: Container,
  { name, uploadId }: { readonly name: string; readonly uploadId: string },
): Promise<ObjectVersion> {
  const [row] = await kernel.store.get(objectKind, [uploadId])
  if (row?.containerId === container.id && row.name === name) return row
  throw notFound('upload', 'uploadId')
}

/** The parts that are named, in order. */
function chosen(
  held: readonly ObjectPart[],
  asked: z.output<typeof partsField>,
): readonly ObjectPart[] {
  const byNumber = new Map(held.map((part) => [part.number, part]))
  const wrong = (index: number, field: string, message: string): CloudError =>
    new CloudError('invalid', `parts[${index}].${field}: ${message}`, {
      field: `parts[${index}].${field}`,
      ...(field === 'size' && { limit: limits.uploadPartBytes }),
    })
  const disorder = asked.findIndex(({ number }, at) => number <= (asked[at - 1]?.number ?? 0))
  if (disorder >= 0) throw wrong(disorder, 'number', 'is out of order.')
  return asked.map(({ number, etag }, index) => {
    const part = byNumber.get(number)
    if (part?.etag !== etag.toLowerCase()) throw wrong(index, 'etag', 'is that of no such part.')
    if (part.size < limits.uploadPartBytes && index < asked.length - 1) {
      throw wrong(index, 'size', 'is too small for any but the last.')
    }
    return part
  })
}

function objectOf(
  digest: Digest,
  { createdAt: _createdAt, rev: _rev, ...upload }: MultipartUpload,
  parts: readonly ObjectPart[],
  version: Pick<ObjectVersion, 'sequence' | 'kept' | 'lastModified'>,
): Draft<ObjectVersion> {
  const size = parts.reduce((sum, part) => sum + part.size, 0)
  const hashes = bytesOf(parts.map(({ etag }) => etag).join(''))
  const etag = `${digest.hash('md5', hashes)}-${parts.length}`
  return {
    ...upload,
    ...version,
    currentName: upload.name,
    marker: false,
    size,
    etag,
    sha256: '',
    deleteAt: null,
    manifest: { type: 'parts', size, etag },
    damaged: false,
  }
}
