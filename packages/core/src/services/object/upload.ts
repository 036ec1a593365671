import { z } from 'zod'
import { CloudError, isCloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import type { Draft } from '../../model/kind.ts'
import { type Container, containerScope } from '../../model/object/container.ts'
import {
  type LooseBytes,
  looseBytesKind,
  type Manifest,
  type ObjectVersion,
} from '../../model/object/object.ts'
import type { Counter } from '../../ports/store.ts'
import type { Actor, Call, CallOptions } from '../call.ts'
import { idField } from '../fields.ts'
import { defineOperation, invoke, requireOptions } from '../operation.ts'
import { quotaScope, requireQuota } from '../quota.ts'
import { fetchContainer } from './access.ts'
import { fetchArchive } from './archive-plan.ts'
import { requireWritable } from './conditions.ts'
import { measureObject, type ObjectDigests, type Room } from './measure.ts'
import { findCurrent, nextSequence, planStore } from './plan.ts'
import {
  describe,
  objectUploadInput,
  type ObjectUpload,
  type ObjectUploadInput,
} from './upload-input.ts'
import { objectView, type ObjectView } from './view.ts'

const policy = { scope: 'any', role: 'member' } as const

export type StoreOptions = Pick<CallOptions, 'signal' | 'requestId'>

/** An upload that may begin: the row that stands for its bytes, and how many may come. */
interface Begun {
  readonly input: ObjectUpload
  readonly loose: LooseBytes
  readonly room: Room
}

/** What storing bytes needs to know. */
interface Storing {
  readonly input: Pick<ObjectUpload, 'size' | 'checksum'>
  readonly loose: LooseBytes
  readonly room: Room
}

/** First step of an upload: a row that says whose bytes are coming, so that none are ever lost. */
export const objectUploadBegin = defineOperation({
  id: 'object.data.begin',
  summary: 'Begins to store an object.',
  policy,
  mutates: true,
  input: objectUploadInput,
  run: async (call, input): Promise<Begun> => {
    const { kernel } = call
    const container = await fetchContainer(call, input, 'write')
    const now = kernel.clock.now()
    describe(input, now)
    if (input.dynamic) {
      const segments = { account: container.projectId, container: input.dynamic.container }
      await fetchContainer(call, segments, 'read', 'dynamic.container')
    }
    const current = await findCurrent(kernel, container, input.name)
    requireWritable(input, current, now)
    const counters = await readCounters(call, container)
    const room = roomFor(counters, container, current)
    if (input.size !== undefined && input.size > room.bytes) throw noRoom(room)
    const id = kernel.ids.next()
    const loose: Draft<LooseBytes> = {
      id,
      projectId: container.projectId,
      key: id,
      state: 'uploading',
      renewedAt: now,
    }
    await call.commit(new Writes().insert(looseBytesKind, loose), [loose.id], null)
    return { input, loose: { ...loose, rev: 1 }, room }
  },
})

/** Last step: the bytes are stored, and from here on they are the object's. */
function objectUploadComplete(
  input: ObjectUpload,
  digests: ObjectDigests,
  manifest: Manifest | null,
) {
  return defineOperation({
    id: 'object.data.complete',
    summary: 'Completes the storing of an object.',
    policy,
    mutates: true,
    input: z.strictObject({ id: idField }),
    run: async (call, { id }): Promise<ObjectView> => {
      const { kernel } = call
      const container = await fetchContainer(call, input, 'write')
      const loose = await requireUploading(kernel, id, container.projectId)
      const now = kernel.clock.now()
      const current = await findCurrent(kernel, container, input.name)
      requireWritable(input, current, now)
      const row: Draft<ObjectVersion> = {
        id,
        projectId: container.projectId,
        containerId: container.id,
        name: input.name,
        currentName: input.name,
        sequence: await nextSequence(kernel, container, input.name, current),
        marker: false,
        kept: container.versioning === 'enabled',
        ...digests,
        ...describe(input, now),
        manifest,
        damaged: false,
        lastModified: now,
      }
      const writes = new Writes().remove(looseBytesKind, loose)
      const archive = current && (await fetchArchive(kernel, container))
      planStore(writes, container, current, row, archive)
      await requireFits(call, container, writes)
      if (archive) await requireFits(call, archive, writes)
      const answer = objectView(row)
      await call.commit(writes, [container.id, id], null)
      return answer
    },
  })
}

/** Instead of completing: the bytes are nobody's. */
const objectUploadFail = defineOperation({
  id: 'object.data.fail',
  summary: 'Gives up storing an object.',
  policy,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const [loose] = await call.kernel.store.get(looseBytesKind, [id])
    // Not there: completed after all, given up by another, or not to be read yet. The bytes are
    // judged by those who can tell.
    if (loose?.state !== 'uploading') return
    const discarded: LooseBytes = { ...loose, state: 'discarded' }
    await call.commit(new Writes().update(looseBytesKind, discarded), [id], null)
  },
})

/**
 * Stores an object: its bytes as they come, hashed on the way, then the object in one commit.
 * Nothing is held in memory but the chunk at hand. Until that commit readers see what was there
 * before; an upload that fails leaves nothing, and of two at once the later commit stays.
 *
 * @param data chunks of any size, each taken before the next is asked for.
 * @throws CloudError `notFound` and `forbidden` for the container; `conflict` (field `ifMatch` or
 *   `ifNoneMatch`) for a condition that does not hold, at the beginning or at the end;
 *   `quotaExceeded` (`objects`, `objectBytes`, `maxObjects`, `maxBytes`); `tooLarge` and `invalid`
 *   (field `size`) for more and fewer bytes than declared; `checksumMismatch`; `aborted`.
 */
export async function uploadObject(
  kernel: Kernel,
  actor: Actor,
  input: ObjectUploadInput,
  data: AsyncIterable<Uint8Array>,
  options: StoreOptions = {},
): Promise<ObjectView> {
  requireOptions(options)
  requireAsyncIterable(data)
  return storeObject(kernel, actor, input, data, options, ({ input: { dynamic } }) =>
    dynamic ? { type: 'dynamic', ...dynamic } : null,
  )
}

/** @param manifestOf what the object is made of besides its own bytes, once these are known. */
export async function storeObject(
  kernel: Kernel,
  actor: Actor,
  input: unknown,
  data: AsyncIterable<Uint8Array>,
  options: StoreOptions,
  manifestOf: (begun: { readonly input: ObjectUpload }) => Manifest | null,
): Promise<ObjectView> {
  const { signal, requestId } = options
  const steps = { ...(signal && { signal }), ...(requestId !== undefined && { requestId }) }
  const begun = await invoke(kernel, actor, objectUploadBegin, input, steps)
  const { id } = begun.loose
  try {
    const digests = await storeBytes(kernel, begun, data, signal)
    const complete = objectUploadComplete(begun.input, digests, manifestOf(begun))
    return await invoke(kernel, actor, complete, { id }, steps)
  } catch (error) {
    await giveUp(kernel, actor, id, requestId)
    if (isCloudError(error)) throw error
    throw new CloudError('unavailable', 'The upload failed.', { cause: error })
  }
}

export function requireAsyncIterable(data: unknown): void {
  const isObject = typeof data === 'object' && data !== null
  if (isObject && Symbol.asyncIterator in data) return
  throw new CloudError('invalid', 'data: is not an async iterable of Uint8Array.', {
    field: 'data',
  })
}

export async function storeBytes(
  kernel: Kernel,
  { input, loose, room }: Storing,
  data: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<ObjectDigests> {
  const measured = measureObject(data, {
    digest: kernel.digest,
    declared: input,
    room,
    signal,
    onProgress: renewer(kernel, loose),
  })
  const stored = await kernel.objects.put(loose.id, measured.bytes, signal ? { signal } : {})
  const digests = measured.finish()
  if (stored === digests.size) return digests
  throw new CloudError('unavailable', 'The object store kept another number of bytes.', {
    internal: { stored, sent: digests.size },
  })
}

/** Renews the row while bytes arrive, and ends the upload early when it was given up meanwhile. */
function renewer(kernel: Kernel, { id, projectId }: LooseBytes): () => Promise<void> {
  const every = limits.objectStallMs / 3
  let renewedAt = kernel.clock.elapsed()
  return async () => {
    if (kernel.clock.elapsed() - renewedAt < every) return
    renewedAt = kernel.clock.elapsed()
    const loose = await requireUploading(kernel, id, projectId)
    const renewed: LooseBytes = { ...loose, renewedAt: kernel.clock.now() }
    try {
      await kernel.committer.commit(new Writes().update(looseBytesKind, renewed))
    } catch (error) {
      // Given up at the same moment: the next renewal finds out.
      if (!(error instanceof CommitConflict)) throw error
    }
  }
}

export async function requireUploading(
  kernel: Kernel,
  id: string,
  projectId: string,
): Promise<LooseBytes> {
  const [loose] = await kernel.store.get(looseBytesKind, [id])
  if (loose?.state === 'uploading' && loose.projectId === projectId) return loose
  throw new CloudError('conflict', 'The upload was given up meanwhile.', { field: 'name' })
}

export async function giveUp(
  kernel: Kernel,
  actor: Actor,
  id: string,
  requestId: string | undefined,
): Promise<void> {
  try {
    const options = requestId === undefined ? {} : { requestId }
    await invoke(kernel, actor, objectUploadFail, { id }, options)
  } catch (error) {
    kernel.telemetry.meter.count('object_upload_undo_failed')
    const attributes = { objectId: id, error: String(error) }
    kernel.telemetry.logger.log('warn', 'upload left to the reconciler', attributes)
  }
}

export function readCounters({ kernel }: Call, container: Container): Promise<Counter[]> {
  return kernel.store.counters([quotaScope(container.projectId), containerScope(container.id)])
}

/** Bytes that may come: what the quotas leave, and what an overwrite gives back. */
export function roomFor(
  counters: readonly Counter[],
  container: Container,
  current: ObjectVersion | undefined,
): Room {
  const isKept = container.versioning === 'enabled' || current?.kept === true
  const back = current && !isKept ? current.size : 0
  const left = (scope: string, name: string): number => {
    const counter = counters.find((one) => one.scope === scope && one.name === name)
    return counter ? Math.max(0, counter.limit - counter.value + back) : limits.objectBytes
  }
  const project = left(quotaScope(container.projectId), 'objectBytes')
  const own = left(containerScope(container.id), 'bytes')
  return own < project
    ? { bytes: own, field: 'maxBytes' }
    : { bytes: project, field: 'objectBytes' }
}

export function noRoom({ bytes, field }: Room): CloudError {
  return new CloudError('quotaExceeded', `Quota exceeded: ${bytes} bytes are left.`, {
    field,
    limit: bytes,
  })
}

const containerQuotas: Readonly<Record<string, string>> = {
  objects: 'maxObjects',
  bytes: 'maxBytes',
}

/**
 * Refuses what does not fit; the commit's counters guard it again.
 *
 * @throws CloudError `quotaExceeded`.
 */
export async function requireFits(call: Call, container: Container, writes: Writes): Promise<void> {
  const counters = await readCounters(call, container)
  const asked = writes.batch('', 0).add ?? []
  const added = (scope: string, name: string): number =>
    asked.find((one) => one.scope === scope && one.name === name)?.add ?? 0
  const project = quotaScope(container.projectId)
  const quota = new Map(
    counters.filter(({ scope }) => scope === project).map((one) => [one.name, one]),
  )
  requireQuota(quota, {
    objects: added(project, 'objects'),
    objectBytes: added(project, 'objectBytes'),
  })
  const own = new Map(
    counters
      .filter(({ scope }) => scope !== project)
      .map((one) => [containerQuotas[one.name] ?? one.name, one]),
  )
  for (const [name, field] of Object.entries(containerQuotas)) {
    const counter = own.get(field)
    const more = added(containerScope(container.id), name)
    if (!counter || more <= 0 || counter.value + more <= counter.limit) continue
    throw new CloudError('quotaExceeded', `Quota exceeded for ${field} of the container.`, {
      field,
      limit: counter.limit,
      detail: { asked: more, used: counter.value },
    })
  }
}
