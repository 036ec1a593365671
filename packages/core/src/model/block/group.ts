import { defineKind, type Stored } from '../kind.ts'
import type { SnapshotStatus } from './snapshot.ts'

/** What groups of volumes may be. */
export interface GroupType extends Stored {
  readonly name: string
  readonly description: string
  /** False: operators alone make groups of it. */
  readonly isPublic: boolean
  readonly specs: Readonly<Record<string, string>>
  readonly createdAt: number
  readonly updatedAt: number
}

export const groupTypeKind = defineKind<GroupType>('volumeGroupType', {
  byName: { fields: ['name'], unique: true },
})

export const groupStatuses = [
  'available',
  'creating',
  'updating',
  'deleting',
  'error',
  'error_deleting',
] as const
export type GroupStatus = (typeof groupStatuses)[number]

/** Volumes that are kept together: snapshots of all of them are of one moment. */
export interface VolumeGroup extends Stored {
  readonly projectId: string
  readonly name: string
  readonly description: string
  readonly groupTypeId: string
  /** Types that its volumes may have. */
  readonly volumeTypeIds: readonly string[]
  readonly zone: string
  /** What an operator says its status is. */
  readonly override?: GroupStatus
  /** What it was made of, if anything. */
  readonly sourceGroupId: string | null
  readonly sourceSnapshotId: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

export const volumeGroupKind = defineKind<VolumeGroup>('volumeGroup', {
  byProject: { fields: ['projectId'] },
  byType: { fields: ['groupTypeId'] },
})

/** Snapshots of all volumes of a group, made in one decision. What they are it is. */
export interface GroupSnapshot extends Stored {
  readonly projectId: string
  readonly groupId: string
  readonly groupTypeId: string
  readonly name: string
  readonly description: string
  /** What an operator says its status is. */
  readonly override?: SnapshotStatus
  readonly createdAt: number
  readonly updatedAt: number
}

export const groupSnapshotKind = defineKind<GroupSnapshot>('volumeGroupSnapshot', {
  byProject: { fields: ['projectId'] },
  byGroup: { fields: ['groupId'] },
})
