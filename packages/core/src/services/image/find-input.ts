import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import {
  containerFormats,
  diskFormats,
  type Image,
  imageVisibilities,
} from '../../model/image/image.ts'
import { imageStatuses } from '../../model/image/image-state.ts'
import { imageMemberStatuses } from '../../model/image/member.ts'
import { idField, metadataField, pageFields, tagField } from '../fields.ts'

/** Values of which one must be the image's. */
const oneOf = <T extends z.ZodType>(value: T) => z.array(value).min(1).max(limits.bulkIds)
const bytes = z.int().min(0).max(limits.imageBytes)

/** Milliseconds since the epoch, compared. */
const moment = z.strictObject({
  is: z.enum(['gt', 'gte', 'lt', 'lte', 'eq', 'neq']),
  at: z.int(),
})

/** Fields that images are sorted by, and how each is compared. */
export const imageSortKeys = [
  'name',
  'status',
  'containerFormat',
  'diskFormat',
  'size',
  'id',
  'createdAt',
  'updatedAt',
] as const
export type ImageSortKey = (typeof imageSortKeys)[number]

export const findInput = z.strictObject({
  ...pageFields,
  visibility: z.enum([...imageVisibilities, 'all']).optional(),
  /** Hidden images are listed on their own. */
  hidden: z.boolean().default(false),
  /** Of images shared with the project: which answer it gave. */
  memberStatus: z.enum([...imageMemberStatuses, 'all']).default('accepted'),
  ids: oneOf(idField).optional(),
  names: oneOf(z.string().max(limits.nameLength)).optional(),
  statuses: oneOf(z.enum(imageStatuses)).optional(),
  diskFormats: oneOf(z.enum(diskFormats)).optional(),
  containerFormats: oneOf(z.enum(containerFormats)).optional(),
  projectId: idField.optional(),
  protected: z.boolean().optional(),
  /** All of them. */
  tags: z.array(tagField).max(limits.tags).optional(),
  size: bytes.optional(),
  sizeMin: bytes.optional(),
  sizeMax: bytes.optional(),
  minDiskGb: z.int().optional(),
  minRamMb: z.int().optional(),
  checksum: z.string().max(limits.metadataLength).optional(),
  osHashValue: z.string().max(limits.metadataLength).optional(),
  createdAt: z.array(moment).max(8).optional(),
  updatedAt: z.array(moment).max(8).optional(),
  properties: metadataField.optional(),
  sort: z
    .array(z.strictObject({ key: z.enum(imageSortKeys), descending: z.boolean() }))
    .min(1)
    .max(imageSortKeys.length)
    .default([{ key: 'createdAt', descending: true }]),
})
export type FindInput = z.output<typeof findInput>

type Moments = FindInput['createdAt']

/** True if the image is what is looked for. */
export function matches(image: Image, input: FindInput): boolean {
  const { visibility, properties = {} } = input
  if (image.hidden !== input.hidden) return false
  if (visibility !== undefined && visibility !== 'all' && image.visibility !== visibility) {
    return false
  }
  return (
    among(image.id, input.ids) &&
    among(image.name, input.names) &&
    among(image.status, input.statuses) &&
    among(image.diskFormat, input.diskFormats) &&
    among(image.containerFormat, input.containerFormats) &&
    is(image.projectId, input.projectId) &&
    is(image.protected, input.protected) &&
    is(image.minDiskGb, input.minDiskGb) &&
    is(image.minRamMb, input.minRamMb) &&
    (input.tags ?? []).every((tag) => image.tags.includes(tag)) &&
    Object.entries(properties).every(([key, value]) => image.properties[key] === value) &&
    hasBytes(image, input) &&
    isThen(image.createdAt, input.createdAt) &&
    isThen(image.updatedAt, input.updatedAt)
  )
}

function hasBytes({ digests }: Image, input: FindInput): boolean {
  const { size, sizeMin, sizeMax, checksum, osHashValue } = input
  if (sizeMin !== undefined && !(digests && digests.size >= sizeMin)) return false
  if (sizeMax !== undefined && !(digests && digests.size <= sizeMax)) return false
  return (
    is(digests?.size, size) &&
    is(digests?.checksum, checksum) &&
    is(digests?.osHashValue, osHashValue)
  )
}

function is<T>(own: T, wanted: T | undefined): boolean {
  return wanted === undefined || own === wanted
}

function among<T>(own: T | null, wanted: readonly T[] | undefined): boolean {
  return wanted === undefined || (own !== null && wanted.includes(own))
}

function isThen(time: number, wanted: Moments): boolean {
  return (wanted ?? []).every((one) => {
    const by = time - one.at
    return { gt: by > 0, gte: by >= 0, lt: by < 0, lte: by <= 0, eq: by === 0, neq: by !== 0 }[
      one.is
    ]
  })
}

/** Which of two images comes first, as `Array.sort` asks. What is not known comes first. */
export function compareImages(sort: FindInput['sort']): (a: Image, b: Image) => number {
  const last = sort[0]?.descending ?? true
  // Whatever is asked for, the order is one: a page goes on where the one before ended.
  const keys = [
    ...sort,
    { key: 'createdAt', descending: last } as const,
    { key: 'id', descending: last } as const,
  ]
  return (a, b) => {
    for (const { key, descending } of keys) {
      const order = compareValues(valueOf(a, key), valueOf(b, key))
      if (order !== 0) return descending ? -order : order
    }
    return 0
  }
}

function valueOf(image: Image, key: ImageSortKey): string | number | null {
  return key === 'size' ? (image.digests?.size ?? null) : image[key]
}

function compareValues(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  return a < b ? -1 : 1
}
