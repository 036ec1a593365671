import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import type { Container } from '../../model/object/container.ts'
import type { ObjectVersion } from '../../model/object/object.ts'
import type { Actor, Call } from '../call.ts'
import { idField } from '../fields.ts'
import { defineOperation, invoke, requireOptions } from '../operation.ts'
import { accountOf, fetchContainer } from './access.ts'
import { fetchObject } from './fetch-object.ts'
import {
  accountField,
  containerNameField,
  objectNameField,
  objectPath,
  writeConditions,
} from './fields.ts'
import { planDeletionOf } from './archive-plan.ts'
import {
  contentFacts,
  findSegments,
  manifestBytes,
  readManifest,
  type Segment,
  tooDeep,
} from './segments.ts'
import { describeFields } from './upload-input.ts'
import { storeObject, type StoreOptions } from './upload.ts'
import type { ObjectView } from './view.ts'

const segmentField = z.strictObject({
  container: containerNameField,
  name: objectNameField,
  /** What it must be; anything by default. */
  etag: z
    .string()
    .regex(/^[0-9a-fA-F]{32}(?:-\d{1,5})?$/)
    .optional(),
  size: z.int().min(1).optional(),
  /** The part of it that counts; all of it by default. */
  start: z.int().min(0).optional(),
  end: z.int().min(1).optional(),
})

const segmentsField = z.array(segmentField).min(1).max(limits.manifestSegments)

const manifestInput = z.strictObject({
  ...objectPath,
  ...describeFields,
  ...writeConditions,
  segments: segmentsField,
})
export type ObjectManifestInput = z.input<typeof manifestInput>

/** Segments as a manifest keeps them, and what they make together. */
interface Checked {
  readonly segments: readonly Segment[]
  readonly size: number
  readonly etag: string
}

/** @throws CloudError `invalid` naming the segment that is not there, or not what was said. */
export const objectManifestCheck = defineOperation({
  id: 'object.manifest.check',
  summary: 'Checks the segments of a static large object.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: z.strictObject({ account: accountField, segments: segmentsField }),
  run: async (call, input): Promise<Checked> => {
    const account = accountOf(call, input.account)
    for (const container of new Set(input.segments.map((one) => one.container))) {
      await fetchContainer(call, { account, container }, 'read', 'segments')
    }
    const rows = await findSegments(call, account, input.segments)
    const segments = input.segments.map((asked, index) => checked(asked, rows[index], index))
    const text = segments.map(({ etag, start, end, size }) =>
      start === 0 && end === size ? etag : `${etag}:${start}-${end - 1};`,
    )
    return {
      segments,
      size: segments.reduce((sum, { start, end }) => sum + end - start, 0),
      etag: call.kernel.digest.hash('md5', text.join('')),
    }
  },
})

function checked(
  asked: z.output<typeof segmentField>,
  row: ObjectVersion | undefined,
  index: number,
): Segment {
  const wrong = (field: string, message: string): CloudError => wrongSegment(index, field, message)
  if (!row) throw wrong('name', 'is no object, or a dynamic large one.')
  const { etag, size } = contentFacts(row)
  if (asked.etag !== undefined && asked.etag.toLowerCase() !== etag) {
    throw wrong('etag', 'is not that of the object.')
  }
  if (asked.size !== undefined && asked.size !== size) {
    throw wrong('size', 'is not that of the object.')
  }
  const { start = 0, end = size } = asked
  if (end > size) throw wrong('end', 'lies beyond the end of the object.')
  if (start >= end) throw wrong('start', 'leaves no bytes.')
  const { container, name } = asked
  return { container, name, etag, size, start, end }
}

function wrongSegment(index: number, field: string, message: string): CloudError {
  return new CloudError('invalid', `segments[${index}].${field}: ${message}`, {
    field: `segments[${index}].${field}`,
  })
}

/**
 * Stores a static large object: a list of segments, checked now, whose bytes are read one after
 * the other. Segments stay objects of their own: one that is changed or deleted breaks the whole.
 *
 * @throws CloudError `invalid` naming the segment that is not there, or not what was said; and what
 *   `uploadObject` throws.
 */
export async function storeManifest(
  kernel: Kernel,
  actor: Actor,
  input: ObjectManifestInput,
  options: StoreOptions = {},
): Promise<ObjectView> {
  requireOptions(options)
  requireOptions(input)
  const { segments, ...rest } = input
  const { account } = rest
  const found = await invoke(kernel, actor, objectManifestCheck, { account, segments }, options)
  const itself = found.segments.findIndex(
    ({ container, name }) => container === rest.container && name === rest.name,
  )
  if (itself >= 0) throw wrongSegment(itself, 'name', 'is the object itself.')
  const bytes = manifestBytes(found.segments)
  const { size, etag } = found
  return storeObject(kernel, actor, rest, once(bytes), options, () => ({
    type: 'static',
    size,
    etag,
  }))
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

export const objectManifestGet = defineOperation({
  id: 'object.manifest.get',
  summary: 'Shows the segments of a static large object.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: z.strictObject({ ...objectPath, versionId: idField.optional() }),
  run: async (call, input): Promise<readonly Segment[]> => {
    const { row } = await fetchObject(call, input, 'read')
    if (row.manifest?.type === 'static') return readManifest(call.kernel, row)
    throw new CloudError('conflict', 'The object is no static large object.', { field: 'name' })
  },
})

/**
 * Deletes what a static large object lists, and what those list, as far as it is still that.
 *
 * @throws CloudError `forbidden` and `notFound` for containers that the caller may not write.
 */
export async function planSegmentDeletion(
  call: Call,
  writes: Writes,
  row: ObjectVersion,
): Promise<void> {
  const containers = new Map<string, Container>()
  const done = new Set<string>([row.id])
  for (let level = [row], depth = 0; level.length > 0 && depth <= limits.manifestDepth; depth++) {
    const next: ObjectVersion[] = []
    for (const large of level.filter(({ manifest }) => manifest?.type === 'static')) {
      const segments = await readManifest(call.kernel, large)
      const rows = await findSegments(call, row.projectId, segments)
      for (const [index, { container: name, etag }] of segments.entries()) {
        const found = rows[index]
        if (!found || contentFacts(found).etag !== etag || done.has(found.id)) continue
        done.add(found.id)
        const path = { account: row.projectId, container: name }
        const container = containers.get(name) ?? (await fetchContainer(call, path, 'write'))
        containers.set(name, container)
        await planDeletionOf(call.kernel, writes, container, found)
        next.push(found)
        if (done.size > limits.manifestPieces) throw tooDeep(limits.manifestPieces)
      }
    }
    level = next
  }
}
