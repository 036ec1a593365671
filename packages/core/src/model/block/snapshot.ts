import { defineKind, type Stored, type UsageMeter } from '../kind.ts'

export const snapshotStatuses = [
  'creating',
  'available',
  'deleting',
  'error',
  'error_deleting',
] as const
export type SnapshotStatus = (typeof snapshotStatuses)[number]

/** Where each status ends that work must end. */
export const snapshotEnds: Readonly<
  Partial<
    Record<
      SnapshotStatus,
      { readonly done: SnapshotStatus | 'gone'; readonly failed: SnapshotStatus }
    >
  >
> = {
  creating: { done: 'available', failed: 'error' },
  deleting: { done: 'gone', failed: 'error_deleting' },
}

/** Statuses from which a snapshot may be deleted. */
export const snapshotDeletable: readonly SnapshotStatus[] = ['available', 'error', 'error_deleting']

/** A volume as it was: in the pool of its volume, which stays as long as it does. */
export interface Snapshot extends Stored {
  readonly projectId: string
  readonly volumeId: string
  readonly name: string
  readonly description: string
  /** GiB of its volume when it was made. */
  readonly sizeGb: number
  /** Of its volume when it was made: what counts against it. */
  readonly typeId: string | null
  readonly poolId: string
  readonly poolName: string
  readonly status: SnapshotStatus
  /** What an operator says its status is. */
  readonly override?: SnapshotStatus
  /** Set when it was made together with others of a group. */
  readonly groupSnapshotId: string | null
  readonly generation: number
  /** What its back-end has it as already: it is taken over, and not made. */
  readonly adopt?: string
  /** True: its back-end keeps it when it is gone from here. */
  readonly release?: true
  /** Of its volume when it was made. */
  readonly bootable?: boolean
  readonly imageMetadata?: Readonly<Record<string, string>>
  readonly metadata: Readonly<Record<string, string>>
  readonly createdAt: number
  readonly updatedAt: number
}

const snapshotMeter: UsageMeter<Snapshot> = {
  classes: ['snapshots', 'snapshotGigabytes'],
  index: 'byProject',
  amounts: ({ sizeGb }) => [1, sizeGb],
}

export const snapshotKind = defineKind<Snapshot>(
  'volumeSnapshot',
  {
    byProject: { fields: ['projectId'] },
    byVolume: { fields: ['volumeId'] },
    byGroupSnapshot: { fields: ['groupSnapshotId'] },
  },
  { meter: snapshotMeter, events: { state: ({ status }) => status } },
)

/** What depends on a snapshot: copies of it under way. */
export function snapshotScope(snapshotId: string): string {
  return `volumeSnapshot:${snapshotId}`
}

/** True while nothing new may come to depend on the snapshot. */
export function isSnapshotClosed({ status }: { readonly status: SnapshotStatus }): boolean {
  return status === 'deleting' || status === 'error_deleting'
}
