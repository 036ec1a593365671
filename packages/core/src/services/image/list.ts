import { z } from 'zod'
import { CloudError, isCloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import {
  type Image,
  imageKind,
  imageVisibilities,
  type ImageVisibility,
} from '../../model/image/image.ts'
import { imageStatuses } from '../../model/image/image-state.ts'
import {
  imageMemberKind,
  type ImageMemberStatus,
  imageMemberStatuses,
} from '../../model/image/member.ts'
import type { Call } from '../call.ts'
import { idField, nameField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { type IdSource, mergedPage } from '../page.ts'
import { fetchImage, isGone } from './access.ts'
import { compareImages, findInput, matches } from './find-input.ts'
import { imageView, type ImageView } from './view.ts'

const listInput = z.strictObject({
  ...pageFields,
  name: nameField.optional(),
  status: z.enum(imageStatuses).optional(),
  visibility: z.enum(imageVisibilities).optional(),
  /** Hidden images are listed on their own. */
  hidden: z.boolean().default(false),
  tag: z.string().max(limits.tagLength).optional(),
  /** Of images shared with the project: which answer it gave. */
  memberStatus: z.enum(imageMemberStatuses).default('accepted'),
  /** The owner. */
  projectId: idField.optional(),
})

/** Which images a list is about, before its filters. */
interface Reach {
  readonly visibility?: ImageVisibility | 'all' | undefined
  readonly memberStatus: ImageMemberStatus | 'all'
}

/**
 * The project's own images, public ones, and those shared with it that it accepted; community
 * images of others only when `visibility` asks for them. Operators see all.
 */
export const imageList = defineOperation({
  id: 'image.image.list',
  summary: 'Lists images, oldest first.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: listInput,
  run: async (call, input): Promise<ImageView[]> => {
    const images = await mergedPage(call, sourcesFor(call, input), input, (image) => {
      if (isGone(image) || image.hidden !== input.hidden) return false
      if (input.name !== undefined && image.name !== input.name) return false
      if (input.status !== undefined && image.status !== input.status) return false
      if (input.visibility !== undefined && image.visibility !== input.visibility) return false
      if (input.projectId !== undefined && image.projectId !== input.projectId) return false
      return input.tag === undefined || image.tags.includes(input.tag)
    })
    return images.map(imageView)
  },
})

/**
 * As `imageList`, in any order. Only as many rows are held as two pages have, however many there
 * are; all that the caller sees are read.
 *
 * @throws CloudError `invalid` when the marker names no image that the caller sees.
 */
export const imageFind = defineOperation({
  id: 'image.image.find',
  summary: 'Finds images by what they are, newest first unless another order is asked for.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: findInput,
  run: async (call, input): Promise<ImageView[]> => {
    const compare = compareImages(input.sort)
    const marker = await markerImage(call, input.marker)
    const page = new FirstRows(input.limit, compare)
    for await (const images of pagesOf(call, input)) {
      for (const image of images) {
        if (isGone(image) || !matches(image, input)) continue
        if (marker && compare(image, marker) <= 0) continue
        page.add(image)
      }
    }
    return page.rows().map(imageView)
  },
})

async function markerImage(call: Call, marker: string | undefined): Promise<Image | undefined> {
  if (marker === undefined) return undefined
  try {
    return await fetchImage(call, marker, 'marker')
  } catch (error) {
    if (!isCloudError(error) || error.code !== 'notFound') throw error
    throw new CloudError('invalid', 'marker: names no image.', { field: 'marker' })
  }
}

async function* pagesOf(call: Call, reach: Reach): AsyncGenerator<readonly Image[]> {
  const sources = sourcesFor(call, reach)
  for (let marker: string | undefined; ;) {
    const page = { limit: limits.pageRows, ...(marker !== undefined && { marker }) }
    const images = await mergedPage(call, sources, page, () => true)
    yield images
    if (images.length < limits.pageRows) return
    marker = images.at(-1)?.id
  }
}

/** The first of many rows, in an order. */
class FirstRows {
  readonly #limit: number
  readonly #compare: (a: Image, b: Image) => number
  #rows: Image[] = []

  constructor(limit: number, compare: (a: Image, b: Image) => number) {
    this.#limit = limit
    this.#compare = compare
  }

  add(row: Image): void {
    this.#rows.push(row)
    if (this.#rows.length >= 2 * this.#limit + limits.pageRows) this.#rows = this.rows()
  }

  rows(): Image[] {
    return this.#rows.toSorted(this.#compare).slice(0, this.#limit)
  }
}

function sourcesFor(call: Call, input: Reach): readonly IdSource<Image>[] {
  const { projectId, system } = call.actor
  if (system) return [everyImage(call)]
  const sources = [imagesWhere(call, 'byProject', 'projectId', projectId as string)]
  const all = input.visibility === 'all'
  const usual = all || input.visibility === undefined
  if (usual || input.visibility === 'public') {
    sources.push(imagesWhere(call, 'byVisibility', 'visibility', 'public'))
  }
  if (all || input.visibility === 'community') {
    sources.push(imagesWhere(call, 'byVisibility', 'visibility', 'community'))
  }
  if (usual || input.visibility === 'shared') {
    sources.push(sharedImages(call, projectId as string, input))
  }
  return sources
}

function everyImage(call: Call): IdSource<Image> {
  return async (after, limit) => {
    const from = after === undefined ? {} : { after: { id: after, rev: 0 } }
    const rows = await call.kernel.store.query(imageKind, { limit, ...from })
    return { rows, last: rows.length < limit ? undefined : rows.at(-1)?.id }
  }
}

function imagesWhere(call: Call, index: string, field: string, value: string): IdSource<Image> {
  return async (after, limit) => {
    // A position in the index is all that `after` needs to name.
    const from = after === undefined ? {} : { after: { id: after, rev: 0, [field]: value } }
    const rows = await call.kernel.store.query(imageKind, {
      index,
      equals: [value],
      limit,
      ...from,
    })
    return { rows, last: rows.length < limit ? undefined : rows.at(-1)?.id }
  }
}

function sharedImages(call: Call, projectId: string, input: Reach): IdSource<Image> {
  const { store } = call.kernel
  return async (after, limit) => {
    const members = await store.query(imageMemberKind, {
      index: 'byProject',
      equals: [projectId],
      ...(after === undefined ? {} : { from: after }),
      limit,
    })
    const any = input.memberStatus === 'all'
    const answered = members.filter(
      ({ status, imageId }) => (any || status === input.memberStatus) && imageId !== after,
    )
    const images = await store.get(
      imageKind,
      answered.map((member) => member.imageId),
    )
    const rows = images.flatMap((image) => (image?.visibility === 'shared' ? [image] : []))
    return { rows, last: members.length < limit ? undefined : members.at(-1)?.imageId }
  }
}
