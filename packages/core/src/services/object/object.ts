import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import {
  isExpired,
  type Manifest,
  objectKind,
  type ObjectVersion,
} from '../../model/object/object.ts'
import { notFound } from '../fetch.ts'
import { idField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { fetchContainer } from './access.ts'
import { requireWritable } from './conditions.ts'
import { listingFields } from './container-list.ts'
import { viewContent } from './download.ts'
import { fetchObject, fetchVersion } from './fetch-object.ts'
import {
  accountField,
  containerNameField,
  contentFields,
  objectNameField,
  objectPath,
  referrerField,
  writeConditions,
} from './fields.ts'
import { listNames } from './listing.ts'
import { planSegmentDeletion } from './manifest.ts'
import { planDeletionOf } from './archive-plan.ts'
import { findCurrent, planPromotion, planRemoval } from './plan.ts'
import { currentNames } from './segments.ts'
import { objectUploadInput } from './upload-input.ts'
import { objectView, type ObjectView } from './view.ts'

const writer = { scope: 'any', role: 'member' } as const
const reader = { scope: 'any', role: 'reader' } as const

/** A large object is looked at as a whole: with the size of all its segments. */
export const objectGet = defineOperation({
  id: 'object.object.get',
  summary: 'Shows what an object is, without its bytes.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ ...objectPath, versionId: idField.optional(), referrer: referrerField }),
  run: async (call, input): Promise<ObjectView> =>
    viewContent(call, (await fetchObject(call, input, 'read')).row),
})

/** What is given replaces what was; metadata as a whole. The bytes stay as they are. */
export const objectUpdate = defineOperation({
  id: 'object.object.update',
  summary: 'Changes what is said of an object: content type, metadata, expiry.',
  policy: writer,
  mutates: true,
  input: z.strictObject({
    ...objectPath,
    contentType: contentFields.contentType.optional(),
    contentEncoding: contentFields.contentEncoding.optional(),
    contentDisposition: contentFields.contentDisposition.optional(),
    metadata: contentFields.metadata.optional(),
    deleteAt: contentFields.deleteAt.optional(),
    /** Makes it a dynamic large object, or, null, one no more; what is static stays so. */
    dynamic: objectUploadInput.shape.dynamic.unwrap().nullable().optional(),
  }),
  run: async (call, { account, container, name, dynamic, ...patch }): Promise<ObjectView> => {
    const { row } = await fetchObject(call, { account, container, name }, 'write')
    if (dynamic) {
      const segments = { account: row.projectId, container: dynamic.container }
      await fetchContainer(call, segments, 'read', 'dynamic.container')
    }
    const now = call.kernel.clock.now()
    if (patch.deleteAt !== undefined && patch.deleteAt !== null && patch.deleteAt <= now) {
      throw new CloudError('invalid', 'deleteAt: has passed.', { field: 'deleteAt' })
    }
    const changed: ObjectVersion = {
      ...row,
      ...given(patch),
      manifest: changedManifest(row, dynamic),
      lastModified: now,
    }
    const answer = objectView(changed)
    await call.commit(new Writes().update(objectKind, changed), [row.containerId, row.id], answer)
    return answer
  },
})

function changedManifest(
  { manifest }: ObjectVersion,
  dynamic: { readonly container: string; readonly prefix: string } | null | undefined,
): Manifest | null {
  if (dynamic === undefined || (manifest && manifest.type !== 'dynamic')) return manifest
  return dynamic === null ? null : { type: 'dynamic', ...dynamic }
}

/** What a deletion left. */
export interface ObjectDeleted {
  /** The version that says that the object was deleted, where versions are kept. */
  readonly deleteMarkerId: string | null
  /** True: what went was such a marker itself. */
  readonly wasDeleteMarker: boolean
}

/**
 * Where versions are kept, the object stays as one of them, and a marker says that it was deleted.
 * With `versionId` that version goes for good, or that marker; what is current then stays so.
 *
 * @throws CloudError `notFound`; `conflict` for a condition that does not hold.
 */
export const objectDelete = defineOperation({
  id: 'object.object.delete',
  summary: 'Deletes an object, or one version of it for good.',
  policy: writer,
  mutates: true,
  input: z.strictObject({
    ...objectPath,
    ...writeConditions,
    versionId: idField.optional(),
    /** With `versionId`: if that was the last one, the one before it becomes current, as in S3. */
    promote: z.boolean().default(false),
    /** True: the segments of a static large object go as well. */
    withSegments: z.boolean().default(false),
  }),
  run: async (call, input): Promise<ObjectDeleted> => {
    const { kernel } = call
    const container = await fetchContainer(call, input, 'write')
    const writes = new Writes()
    if (input.versionId !== undefined) {
      const version = await fetchVersion(call, container, input.name, input.versionId)
      if (!version) throw notFound('object', 'versionId')
      planRemoval(writes, version)
      if (input.promote) await planPromotion(kernel, writes, version)
      const gone = { deleteMarkerId: null, wasDeleteMarker: version.marker }
      await call.commit(writes, [container.id, version.id], gone)
      return gone
    }
    const current = await findCurrent(kernel, container, input.name)
    const now = kernel.clock.now()
    requireWritable(input, current, now)
    if (!current || isExpired(current, now)) throw notFound('object', 'name')
    const marker = await planDeletionOf(kernel, writes, container, current)
    if (input.withSegments) await planSegmentDeletion(call, writes, current)
    const answer = { deleteMarkerId: marker?.id ?? null, wasDeleteMarker: false }
    await call.commit(writes, [container.id, current.id], answer)
    return answer
  },
})

/** What became of a bulk deletion. */
export interface ObjectsDeleted {
  readonly deleted: number
  /** Names of which there was no object. */
  readonly notFound: readonly string[]
}

/** One transaction, and as many statements, however many names. */
export const objectDeleteMany = defineOperation({
  id: 'object.object.deleteMany',
  summary: 'Deletes many objects of a container at once.',
  policy: writer,
  mutates: true,
  input: z.strictObject({
    account: accountField,
    container: containerNameField,
    names: z.array(objectNameField).min(1).max(limits.bulkObjects),
  }),
  run: async (call, input): Promise<ObjectsDeleted> => {
    const { kernel } = call
    const container = await fetchContainer(call, input, 'write')
    const names = [...new Set(input.names)]
    const keys = names.map((name) => [container.id, name])
    const rows = await kernel.store.lookup(objectKind, 'byName', keys)
    const now = kernel.clock.now()
    const live = new Map(rows.filter((row) => !isExpired(row, now)).map((row) => [row.name, row]))
    const writes = new Writes()
    const ids: string[] = []
    for (const name of names) {
      const row = live.get(name)
      if (!row) continue
      await planDeletionOf(kernel, writes, container, row)
      ids.push(row.id)
    }
    const answer = { deleted: ids.length, notFound: names.filter((name) => !live.has(name)) }
    await call.commit(writes, [container.id, ...ids], answer)
    return answer
  },
})

export type ObjectEntry =
  | { readonly type: 'object'; readonly name: string; readonly object: ObjectView }
  | { readonly type: 'prefix'; readonly name: string }

/**
 * In order of names, by code point. With a delimiter, names that share what comes before it are one
 * entry, whose cost is that of one, however many they are.
 */
export const objectList = defineOperation({
  id: 'object.object.list',
  summary: 'Lists the objects of a container by name.',
  policy: reader,
  mutates: false,
  input: z.strictObject({
    account: accountField,
    container: containerNameField,
    referrer: referrerField,
    ...listingFields,
  }),
  run: async (call, { account, container: name, referrer, ...bounds }): Promise<ObjectEntry[]> => {
    const container = await fetchContainer(call, { account, container: name, referrer }, 'list')
    const names = currentNames(container.id, call.kernel.clock.now())
    const listed = await listNames(call, names, bounds)
    return listed.map((one) =>
      one.type === 'prefix' ? one : { type: 'object', name: one.name, object: objectView(one.row) },
    )
  },
})
