import { objectAccountKind } from '../src/model/object/account.ts'
import { containerKind, containerScope } from '../src/model/object/container.ts'
import { multipartUploadKind, objectPartKind, uploadScope } from '../src/model/object/multipart.ts'
import { looseBytesKind, objectKind } from '../src/model/object/object.ts'
import { Writes } from '../src/commit/writes.ts'
import { containerUsage } from '../src/services/object/plan.ts'
import { quotaScope } from '../src/services/quota.ts'
import { edit, gone, move, overcount, type Plant } from './plants.ts'
import { textStream } from './streams.ts'

const account = { metadata: {}, tempUrlKeys: { first: null, second: null } }

/** Breaks of what holds of object storage, by invariant and rule. */
export const objectPlants: Readonly<Record<number, Readonly<Record<string, Plant>>>> = {
  3: {
    'container-counters': overcount(({ containerId }) => containerScope(containerId), 'objects'),
    'upload-counters': overcount(({ objectUploadId }) => uploadScope(objectUploadId), 'parts'),
  },
  14: {
    'objectAccount-project': () => [
      new Writes().insert(objectAccountKind, { id: gone, ...account, createdAt: 1, updatedAt: 1 }),
    ],
    'container-project': edit(
      containerKind,
      () => ({ projectId: gone }),
      (writes, { projectId }) =>
        move(writes, quotaScope(projectId), quotaScope(gone), 'containers'),
    ),
    'multipartUpload-container': edit(
      multipartUploadKind,
      () => ({ containerId: gone }),
      (writes, { containerId }) =>
        move(writes, containerScope(containerId), containerScope(gone), 'uploads'),
    ),
    'objectPart-multipartUpload': edit(
      objectPartKind,
      () => ({ uploadId: gone }),
      (writes, { uploadId }) => move(writes, uploadScope(uploadId), uploadScope(gone), 'parts'),
    ),
    'object-container': edit(
      objectKind,
      () => ({ containerId: gone }),
      (writes, row) => {
        for (const [name, add] of Object.entries(containerUsage(row))) {
          if (add === 0) continue
          writes.add({ scope: containerScope(row.containerId), name, add: -add })
          writes.add({ scope: containerScope(gone), name, add, limit: add })
        }
        return writes
      },
    ),
  },
  16: {
    'container-state': edit(containerKind, () => ({ versioning: 'odd' as 'off' })),
    'objectPart-state': edit(objectPartKind, () => ({ state: 'odd' as 'used' })),
    'object-state': edit(
      objectKind,
      () => ({ currentName: 'another' }),
      undefined,
      ({ currentName }) => currentName !== null,
    ),
  },
  19: {
    'object-orphans': async ({ kernel }) => {
      await kernel.objects.put('01234567-89ab-cdef-0123-456789abcdef', textStream('x'))
      return []
    },
    'object-discarded': ({ projectId }) => [
      new Writes().insert(looseBytesKind, {
        id: 'b1',
        projectId,
        key: 'k1',
        state: 'discarded',
        renewedAt: 1,
      }),
    ],
  },
  30: {
    'object-bytes': async (cloud) => {
      const { kernel } = cloud
      const rows = await kernel.store.query(objectKind, { limit: 9 })
      await kernel.objects.delete(rows.map(({ id }) => id))
      return [new Writes().update(objectKind, ...rows)]
    },
  },
  32: {
    'container-limits': edit(containerKind, () => ({ name: 'x'.repeat(257) })),
    'objectPart-limits': edit(objectPartKind, () => ({ number: 10_001 })),
    'multipartUpload-limits': edit(multipartUploadKind, () => ({
      metadata: { a: 'x'.repeat(4_097) },
    })),
    'object-limits': edit(objectKind, () => ({ metadata: { a: 'x'.repeat(4_097) } })),
  },
}
