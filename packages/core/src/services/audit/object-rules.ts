import { limits } from '../../base/limits.ts'
import { projectKind } from '../../model/identity/project.ts'
import { objectAccountKind } from '../../model/object/account.ts'
import { containerKind, containerVersionings } from '../../model/object/container.ts'
import {
  multipartUploadKind,
  type ObjectPart,
  objectPartKind,
} from '../../model/object/multipart.ts'
import { hasObjectBytes, looseBytesKind, objectKind } from '../../model/object/object.ts'
import { byteLength, metadataBytes } from '../object/fields.ts'
import { strayKeys } from '../object/loose-bytes.ts'
import { pointerRule } from './pointer.ts'
import {
  type AuditKernel,
  concern,
  type Problem,
  type RowRule,
  rowRule,
  type Rule,
  type StoreRule,
  type SubjectRule,
} from './rule.ts'

/** Pointers between rows of object storage. */
export const objectParentRules: readonly Rule[] = [
  pointerRule(objectAccountKind, projectKind, (row) => row.id),
  pointerRule(containerKind, projectKind, (row) => row.projectId),
  pointerRule(objectKind, containerKind, (row) => row.containerId),
  pointerRule(multipartUploadKind, containerKind, (row) => row.containerId),
  pointerRule(objectPartKind, multipartUploadKind, ({ state, uploadId }) =>
    state === 'pending' ? uploadId : null,
  ),
]

export const objectStateRules: readonly RowRule[] = [
  rowRule('container-state', containerKind, ({ versioning }) =>
    containerVersionings.includes(versioning) ? [] : [`its versioning is ${versioning}`],
  ),
  rowRule('objectPart-state', objectPartKind, ({ state }) =>
    state === 'pending' || state === 'used' ? [] : [`its state is ${String(state)}`],
  ),
  rowRule('object-state', objectKind, function* (row) {
    if (row.currentName !== null && row.currentName !== row.name) {
      yield `is current as ${row.currentName}`
    }
    const isOfParts = row.manifest?.type === 'parts'
    if (isOfParts && row.manifest.size !== row.size) yield 'has other bytes than its parts'
    if (row.marker && (row.size !== 0 || row.currentName !== null)) {
      yield 'is a delete marker, and something else besides'
    }
  }),
]

export const objectLimitRules: readonly RowRule[] = [
  rowRule('container-limits', containerKind, (row) => [
    ...tooLarge('name', byteLength(row.name), limits.containerNameBytes),
    ...tooLarge('metadata', metadataBytes(row.metadata), limits.objectMetadataBytes),
  ]),
  rowRule('object-limits', objectKind, (row) => [
    ...tooLarge('name', byteLength(row.name), limits.objectNameBytes),
    ...tooLarge('metadata', metadataBytes(row.metadata), limits.objectMetadataBytes),
    ...tooLarge(
      'size',
      row.size,
      limits.objectBytes * (hasObjectBytes(row) ? 1 : limits.uploadParts),
    ),
  ]),
  rowRule('objectPart-limits', objectPartKind, (row) => [
    ...tooLarge('number', row.number, limits.uploadParts),
    ...tooLarge('size', row.size, limits.objectBytes),
  ]),
  rowRule('multipartUpload-limits', multipartUploadKind, (row) => [
    ...tooLarge('name', byteLength(row.name), limits.objectNameBytes),
    ...tooLarge('metadata', metadataBytes(row.metadata), limits.objectMetadataBytes),
  ]),
]

function tooLarge(field: string, size: number, limit: number): string[] {
  return size > limit ? [`${field} has ${size} of at most ${limit}`] : []
}

/** The bytes of every object are stored, all of them. */
export const objectBytesRule: SubjectRule = {
  type: 'subject',
  name: 'object-bytes',
  concerns: [
    concern(objectKind, (row) => (hasObjectBytes(row) ? [row.id] : [])),
    concern(objectPartKind, ({ id }) => [id]),
  ],
  check: async (kernel: AuditKernel, ids) => {
    const [objects, parts] = await Promise.all([
      kernel.store.get(objectKind, ids),
      kernel.store.get(objectPartKind, ids),
    ])
    const rows = [
      ...objects.flatMap((row) => (row && hasObjectBytes(row) ? [row] : [])),
      // Those of an object that is gone go one after the other.
      ...(await ownedParts(kernel, parts)),
    ]
    const sizes = rows.length === 0 ? [] : await kernel.objects.sizes(rows.map((row) => row.id))
    return rows.flatMap((row, index): Problem[] => {
      const held = sizes[index]
      if (held === row.size) return []
      const message = `has ${row.size} bytes, the store has ${held ?? 'none'}`
      return [{ of: row.id, subject: `object:${row.id}`, message }]
    })
  },
}

async function ownedParts(
  { store }: AuditKernel,
  found: readonly (ObjectPart | undefined)[],
): Promise<ObjectPart[]> {
  const parts = found.filter((part) => part !== undefined)
  const used = parts.filter(({ state }) => state === 'used')
  if (used.length === 0) return parts
  const objects = await store.get(
    objectKind,
    used.map(({ uploadId }) => uploadId),
  )
  const gone = new Set(used.filter((_, index) => !objects[index]).map(({ id }) => id))
  return parts.filter(({ id }) => !gone.has(id))
}

/** Keys looked up at once: bounds memory whatever the store holds. */
const keysPerLook = 500

export const objectOrphanRules: readonly StoreRule[] = [
  {
    type: 'store',
    name: 'object-orphans',
    async *find(kernel): AsyncGenerator<Problem> {
      for (let after: string | undefined; ;) {
        const page = { limit: keysPerLook, ...(after !== undefined && { after }) }
        const keys = await kernel.objects.list(page)
        for (const key of await strayKeys(kernel, keys)) {
          yield { of: key, subject: `objectBytes:${key}`, message: 'belong to no object' }
        }
        if (keys.length < keysPerLook) return
        after = keys.at(-1)
      }
    },
  },
  {
    type: 'store',
    name: 'object-discarded',
    async *find({ store }): AsyncGenerator<Problem> {
      const rows = await store.query(looseBytesKind, { limit: keysPerLook })
      for (const { id, state } of rows) {
        const message = state === 'discarded' ? 'are not removed yet' : 'come for ever'
        yield { of: id, subject: `objectBytes:${id}`, message }
      }
    },
  },
]
