import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  type Image,
  type ImageCopying,
  imageKind,
  imagePlaces,
  mostImageStores,
} from '../../model/image/image.ts'
import { type ImageImportMethod, type ImageTask, imageTaskKind } from '../../model/image/task.ts'
import type { Draft } from '../../model/kind.ts'
import { planWork } from '../../work/plan.ts'
import type { Call } from '../call.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { fetchOwnImage } from './access.ts'
import { nextStatus } from './next-status.ts'
import { requireFormats } from './store-bytes.ts'
import { imageStores, requireStore } from './stores.ts'
import { parseTarget, urlLength } from './web/guard.ts'

/** Time that an import may take: a large image over a slow line, in milliseconds. */
const importMs = 6 * 3_600_000

export const importProgram = {
  name: 'image.import',
  steps: [{ name: 'import' }, { name: 'copy' }],
} as const

/** Input of the `image.import` workflow. */
export interface ImportInput {
  readonly imageId: string
  readonly taskId: string
}

const methodField = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('glance-direct') }),
  z.strictObject({ name: z.literal('web-download'), uri: z.string().min(1).max(urlLength) }),
  z.strictObject({ name: z.literal('copy-image') }),
])

const storeNames = z.array(z.string().min(1).max(255)).min(1).max(mostImageStores)

/**
 * The image is `importing` when this returns, and `active` at the end, or `queued` again with
 * `importFailed`; the task tells why. It is active as soon as one store has it, and an image that
 * is copied stays so: what further stores get, or miss, is seen by its `stores`.
 *
 * @throws CloudError `conflict` unless the image waits for this, and while another
 *   import copies it; `invalid` for stores that there are not, while its formats are
 *   not set, and (field `method.name`) for a method that this cloud does not offer.
 */
export const imageImport = defineOperation({
  id: 'image.image.import',
  summary: 'Makes an image of what was staged, or of a page of the web; copies it to stores.',
  policy: { scope: 'any', role: 'member' },
  mutates: true,
  input: z.strictObject({
    id: idField,
    method: methodField,
    /** Where to; the first one gets the bytes first. */
    stores: storeNames.optional(),
    allStores: z.boolean().default(false),
    /** False: it is enough that one store is reached. */
    allMustSucceed: z.boolean().default(true),
  }),
  run: async (call, { id, method, ...where }): Promise<ImageTask> => {
    const { kernel } = call
    const image = await fetchOwnImage(call, id)
    requireMethod(kernel, method)
    const stores = storesOf(kernel, method, where)
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
      ...(stores && { stores, allMustSucceed: where.allMustSucceed }),
      status: 'pending',
      message: '',
      expiresAt: null,
      createdAt: at,
      updatedAt: at,
    }
    const isCopy = method.name === 'copy-image'
    const importing: Image = {
      ...image,
      ...(isCopy
        ? { copying: copyingTo(image, task) }
        : { status: nextStatus(image, 'import'), importFailed: false }),
      failedStores: [],
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
export function importMethods(
  kernel: Pick<Kernel, 'web' | 'images'>,
): readonly ImageImportMethod['name'][] {
  const several = imageStores(kernel).length > 1
  return [
    'glance-direct',
    ...(kernel.web ? (['web-download'] as const) : []),
    ...(several ? (['copy-image'] as const) : []),
  ]
}

/** What is to be copied where: to the stores that do not have it. */
export function copyingTo(image: Image, task: Pick<ImageTask, 'id' | 'stores'>): ImageCopying {
  const has = new Set(imagePlaces(image).map(({ store }) => store))
  const stores = [...new Set(task.stores)].filter((store) => !has.has(store))
  return { taskId: task.id, stores, serial: null, since: image.copied ?? 0, failed: [] }
}

/** @throws CloudError `invalid` for stores that there are not, and that a copy does not name. */
function storesOf(
  kernel: Kernel,
  method: ImageImportMethod,
  {
    stores,
    allStores,
  }: { readonly stores?: readonly string[] | undefined; readonly allStores: boolean },
): readonly string[] | undefined {
  if (stores && allStores) {
    throw new CloudError('invalid', 'stores: go not together with allStores.', { field: 'stores' })
  }
  for (const store of stores ?? []) requireStore(kernel, store, 'stores')
  if (allStores) return imageStores(kernel).map(({ name }) => name)
  if (stores || method.name !== 'copy-image') return stores
  throw new CloudError('invalid', 'stores: a copy names its stores.', { field: 'stores' })
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
  const waits = {
    'glance-direct': image.status === 'uploading' && image.upload === null,
    'web-download': image.status === 'queued',
    'copy-image': image.status === 'active' && !image.copying,
  }
  if (waits[name]) return
  throw new CloudError('conflict', `An image that is ${image.status} waits for no ${name}.`, {
    field: 'id',
    detail: { status: image.status },
  })
}
