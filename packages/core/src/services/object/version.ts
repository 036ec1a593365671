import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { isExpired, objectKind } from '../../model/object/object.ts'
import { notFound } from '../fetch.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { fetchContainer } from './access.ts'
import { fetchVersion } from './fetch-object.ts'
import { browseVersions } from './browse-versions.ts'
import {
  accountField,
  containerNameField,
  namePartField,
  objectNameField,
  objectPath,
} from './fields.ts'
import { findCurrent, nextSequence, planRestore } from './plan.ts'
import { objectView, type ObjectView } from './view.ts'

/** Delete markers are versions too. */
export const objectVersionList = defineOperation({
  id: 'object.version.list',
  summary: 'Lists versions of objects: by name, oldest first.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: z.strictObject({
    account: accountField,
    container: containerNameField,
    /** Only those of this object. */
    name: objectNameField.optional(),
    ...pageFields,
  }),
  run: async (call, { name, limit, marker, ...path }): Promise<ObjectView[]> => {
    const container = await fetchContainer(call, path, 'list')
    const equals = name === undefined ? [container.id] : [container.id, name]
    const page = { limit, marker }
    const rows = await listPage(call, objectKind, { index: 'byVersion', equals }, page)
    return rows.map(objectView)
  },
})

export type ObjectVersionEntry =
  | { readonly type: 'version'; readonly name: string; readonly version: ObjectView }
  | { readonly type: 'prefix'; readonly name: string }

/** As S3 and Swift list versions: with a delimiter, names are rolled into one entry. */
export const objectVersionBrowse = defineOperation({
  id: 'object.version.browse',
  summary: 'Lists versions of objects: by name, newest first.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: z.strictObject({
    account: accountField,
    container: containerNameField,
    prefix: namePartField.default(''),
    delimiter: namePartField.default(''),
    /** Begins after all versions of this name; with `versionMarker`, after that one of them. */
    nameMarker: namePartField.optional(),
    versionMarker: idField.optional(),
    limit: z.int().min(1).max(limits.pageRows).default(limits.pageRows),
  }),
  run: async (call, { account, container: name, ...bounds }): Promise<ObjectVersionEntry[]> => {
    const container = await fetchContainer(call, { account, container: name }, 'list')
    const found = await browseVersions(call, container.id, bounds)
    return found.map((one) =>
      one.type === 'prefix'
        ? one
        : { type: 'version', name: one.row.name, version: objectView(one.row) },
    )
  },
})

/** What is current stays as a version where versions are kept, or was kept itself. */
export const objectVersionRestore = defineOperation({
  id: 'object.version.restore',
  summary: 'Makes an older version of an object the current one again.',
  policy: { scope: 'any', role: 'member' },
  mutates: true,
  input: z.strictObject({ ...objectPath, versionId: idField }),
  run: async (call, input): Promise<ObjectView> => {
    const { kernel } = call
    const container = await fetchContainer(call, input, 'write')
    const version = await fetchVersion(call, container, input.name, input.versionId)
    if (!version || isExpired(version, kernel.clock.now())) throw notFound('object', 'versionId')
    if (version.marker) {
      throw new CloudError('conflict', 'A delete marker has nothing to restore.', {
        field: 'versionId',
      })
    }
    if (version.currentName !== null) {
      const answer = objectView(version)
      await call.commit(new Writes(), [container.id, version.id], answer)
      return answer
    }
    const current = await findCurrent(kernel, container, input.name)
    const sequence = await nextSequence(kernel, container, input.name, current)
    const writes = new Writes()
    const restored = planRestore(writes, container, current, version, sequence)
    const answer = objectView(restored)
    await call.commit(writes, [container.id, version.id], answer)
    return answer
  },
})
