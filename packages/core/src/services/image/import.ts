import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Image, imageKind } from '../../model/image/image.ts'
import { type ImageImportMethod, type ImageTask, imageTaskKind } from '../../model/image/task.ts'
import type { Draft } from '../../model/kind.ts'
import { planWork } from '../../work/plan.ts'
import type { Call } from '../call.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { fetchOwnImage } from './access.ts'
import { nextStatus } from './next-status.ts'
import { requireFormats } from './store-bytes.ts'
import { parseTarget, urlLength } from './web/guard.ts'

/** Time that an import may take: a large image over a slow line, in milliseconds. */
const importMs = 6 * 3_600_000

export const importProgram = { name: 'image.import', steps: [{ name: 'import' }] } as const

/** Input of the `image.import` workflow. */
export interface ImportInput {
  readonly imageId: string
  readonly taskId: string
}

const methodField = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('glance-direct') }),
  z.strictObject({ name: z.literal('web-download'), uri: z.string().min(1).max(urlLength) }),
])

/**
 * The image is `importing` when this returns, and `active` at the end, or `queued` again with
 * `importFailed`; the task tells why.
 *
 * @throws CloudError `conflict` unless the image waits for this; `invalid` while its formats are
 *   not set, and (field `method.name`) for a method that this cloud does not offer.
 */
export const imageImport = defineOperation({
  id: 'image.image.import',
  summary: 'Makes an image of what was staged, or of a page of the web.',
  policy: { scope: 'any', role: 'member' },
  mutates: true,
  input: z.strictObject({ id: idField, method: methodField }),
  run: async (call, { id, method }): Promise<ImageTask> => {
    const { kernel } = call
    const image = await fetchOwnImage(call, id)
    requireMethod(kernel, method)
    requireWaiting(image, method)
    requireFormats(image)
    const at = kernel.clock.now()
    const task: Draft<ImageTask> = {
      id: kernel.ids.next(),
      imageId: id,
      projectId: image.projectId,
      userId: call.actor.userId,
      requestId: call.requestId,
      method,
      status: 'pending',
      message: '',
      expiresAt: null,
      createdAt: at,
      updatedAt: at,
    }
    const importing: Image = {
      ...image,
      status: nextStatus(image, 'import'),
      importFailed: false,
      updatedAt: at,
    }
    const writes = new Writes().update(imageKind, importing).insert(imageTaskKind, task)
    planImport(call, writes, { imageId: id, taskId: task.id })
    const answer = { ...task, rev: 1 }
    await call.commit(writes, [id, task.id], answer)
    return answer
  },
})

/** The methods that this cloud offers. */
export function importMethods(kernel: Pick<Kernel, 'web'>): readonly ImageImportMethod['name'][] {
  return kernel.web ? ['glance-direct', 'web-download'] : ['glance-direct']
}

function planImport(call: Call, writes: Writes, input: ImportInput): void {
  const { ids, clock } = call.kernel
  const at = clock.now()
  const { requestId } = call
  planWork(writes, ids, importProgram, { input, at, deadline: at + importMs, requestId })
}

function requireMethod(kernel: Kernel, method: ImageImportMethod): void {
  if (!importMethods(kernel).includes(method.name)) {
    throw new CloudError('invalid', `method.name: ${method.name} is not offered here.`, {
      field: 'method.name',
      limit: importMethods(kernel).join(', '),
    })
  }
  if (method.name === 'web-download' && kernel.web) parseTarget(method.uri, kernel.web.policy)
}

function requireWaiting(image: Image, { name }: ImageImportMethod): void {
  const isStaged = image.status === 'uploading' && image.upload === null
  if (name === 'glance-direct' ? isStaged : image.status === 'queued') return
  throw new CloudError('conflict', `An image that is ${image.status} waits for no ${name}.`, {
    field: 'id',
    detail: { status: image.status },
  })
}
