import {
  containerCounters,
  containerKind,
  containerScope,
} from '../../../model/object/container.ts'
import {
  multipartUploadKind,
  objectPartKind,
  uploadScope,
} from '../../../model/object/multipart.ts'
import { objectKind } from '../../../model/object/object.ts'
import { containerUsage } from '../../object/plan.ts'
import { byField, opened, type Tally, tallyPart } from '../rule.ts'

/** What a container holds. */
export const containerTally: Tally = {
  prefix: 'container:',
  parts: [
    tallyPart(containerKind, ({ id }) => opened(containerScope(id), ...containerCounters), {
      name: '',
      keys: (id) => [id],
    }),
    tallyPart(
      objectKind,
      (row) => {
        const scope = containerScope(row.containerId)
        return Object.entries(containerUsage(row))
          .filter(([, amount]) => amount !== 0)
          .map(([name, amount]) => ({ scope, name, amount }))
      },
      byField('byVersion'),
    ),
    tallyPart(
      multipartUploadKind,
      ({ containerId }) => [{ scope: containerScope(containerId), name: 'uploads', amount: 1 }],
      byField('byName'),
    ),
    tallyPart(objectPartKind, ({ containerId, state, size }) =>
      state === 'used' || size === 0
        ? []
        : [{ scope: containerScope(containerId), name: 'bytes', amount: size }],
    ),
  ],
}

/** How many parts an upload has that is under way. */
export const uploadTally: Tally = {
  prefix: 'upload:',
  parts: [
    tallyPart(multipartUploadKind, ({ id }) => opened(uploadScope(id), 'parts'), {
      name: '',
      keys: (id) => [id],
    }),
    tallyPart(
      objectPartKind,
      ({ uploadId, state }) =>
        state === 'used' ? [] : [{ scope: uploadScope(uploadId), name: 'parts', amount: 1 }],
      byField('byNumber'),
    ),
  ],
}
