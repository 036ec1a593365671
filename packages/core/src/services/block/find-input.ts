import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { isVolumeClosed, statusOf, volumeStatuses } from '../../model/block/volume-state.ts'
import type { Volume } from '../../model/block/volume.ts'
import { idField, metadataField } from '../fields.ts'
import { sortFields } from '../sorted-page.ts'
import { volumeNameField, zoneNameField } from './fields.ts'

/** A moment in milliseconds since the epoch, compared. */
const moments = z
  .array(z.strictObject({ is: z.enum(['gt', 'gte', 'lt', 'lte', 'eq', 'neq']), at: z.number() }))
  .max(8)
  .optional()
type Moments = z.output<typeof moments>

const text = z.string().max(limits.nameLength)

/** What all nouns are looked for by. */
const commonFields = {
  name: volumeNameField.optional(),
  /** A part of the name. */
  nameLike: text.optional(),
  /** Of operators: of one project alone. */
  projectId: idField.optional(),
  metadata: metadataField.optional(),
  createdAt: moments,
  updatedAt: moments,
}

interface Common {
  readonly name: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly projectId: string
  readonly createdAt: number
  readonly updatedAt: number
}

type CommonInput = z.output<z.ZodObject<typeof commonFields>>

function matchesCommon(row: Common, input: CommonInput): boolean {
  return (
    (input.name === undefined || row.name === input.name) &&
    (input.nameLike === undefined || row.name.includes(input.nameLike)) &&
    (input.projectId === undefined || row.projectId === input.projectId) &&
    has(row.metadata, input.metadata) &&
    within(row.createdAt, input.createdAt) &&
    within(row.updatedAt, input.updatedAt)
  )
}

function has(
  items: Readonly<Record<string, string>> | undefined,
  wanted: Readonly<Record<string, string>> | undefined,
): boolean {
  return Object.entries(wanted ?? {}).every(([key, value]) => items?.[key] === value)
}

const comparisons: Readonly<
  Record<NonNullable<Moments>[number]['is'], (a: number, b: number) => boolean>
> = {
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  eq: (a, b) => a === b,
  neq: (a, b) => a !== b,
}

function within(at: number, wanted: Moments): boolean {
  return (wanted ?? []).every((moment) => comparisons[moment.is](at, moment.at))
}

/** What volumes are looked for by. */
export const volumeFilters = {
  ...commonFields,
  status: z.enum(volumeStatuses).optional(),
  bootable: z.boolean().optional(),
  multiattach: z.boolean().optional(),
  encrypted: z.boolean().optional(),
  availabilityZone: zoneNameField.optional(),
  groupId: idField.optional(),
  typeId: idField.optional(),
  sizeGb: z.int().optional(),
  userId: idField.optional(),
  imageMetadata: metadataField.optional(),
  description: z.string().max(limits.descriptionLength).optional(),
  /** As the back-end calls its pool; of operators. */
  pool: text.optional(),
  /** True: not those that go. */
  isKept: z.boolean().optional(),
}
type VolumeFilters = z.output<z.ZodObject<typeof volumeFilters>>

/** True if the volume is what is looked for. */
export function matchesVolume(volume: Volume, input: VolumeFilters): boolean {
  const same = (key: 'bootable' | 'multiattach' | 'encrypted' | 'groupId' | 'typeId' | 'sizeGb') =>
    input[key] === undefined || volume[key] === input[key]
  const { description, pool, userId, availabilityZone: zone } = input
  return (
    matchesCommon(volume, input) &&
    (input.status === undefined || statusOf(volume) === input.status) &&
    same('bootable') &&
    same('multiattach') &&
    same('encrypted') &&
    same('groupId') &&
    same('typeId') &&
    same('sizeGb') &&
    (zone ?? volume.zone) === volume.zone &&
    (userId ?? volume.userId) === volume.userId &&
    (description ?? volume.description) === volume.description &&
    (pool ?? volume.poolName) === volume.poolName &&
    has(volume.imageMetadata, input.imageMetadata) &&
    !(input.isKept === true && isVolumeClosed(volume))
  )
}

/** What volumes are sorted by. */
export const volumeSort = sortFields([
  'createdAt',
  'updatedAt',
  'id',
  'name',
  'status',
  'sizeGb',
  'zone',
  'bootable',
  'userId',
  'poolName',
])

/** What snapshots, backups and groups are looked for by. */
export const copyFilters = commonFields

/** True if it is what is looked for. */
export function matchesCopy(row: Common, input: CommonInput): boolean {
  return matchesCommon(row, input)
}

/** What snapshots, backups and groups are sorted by. */
export const copySort = sortFields([
  'createdAt',
  'updatedAt',
  'id',
  'name',
  'status',
  'volumeId',
  'sizeGb',
])

/** The value of a row that is sorted by it; null: it has none. */
export function copyValue(
  row: {
    readonly id: string
    readonly name: string
    readonly createdAt: number
    readonly updatedAt: number
    readonly status?: string
    readonly volumeId?: string
    readonly sizeGb?: number
  },
  key: 'createdAt' | 'updatedAt' | 'id' | 'name' | 'status' | 'volumeId' | 'sizeGb',
): string | number | null {
  return row[key] ?? null
}
