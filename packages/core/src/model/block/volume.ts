import { defineKind, type Stored, type UsageMeter } from '../kind.ts'
import type { AttachmentStatus } from './attachment.ts'
import type { VolumeStatus } from './volume-state.ts'

/** What the bytes of a new volume are a copy of. */
export interface VolumeSource {
  readonly type: 'image' | 'snapshot' | 'volume' | 'backup'
  readonly id: string
}

/** What is to become of a volume, beyond its status. */
export interface VolumeOrder {
  /** GiB after an extension: charged from its beginning. */
  readonly sizeGb?: number
  /** The snapshot or backup whose bytes it shall have. */
  readonly from?: VolumeSource
  /** Where it moves to, which is charged as well until it has left. */
  readonly poolId?: string
  readonly poolName?: string
  /** Its type afterwards. */
  readonly typeId?: string | null
  readonly multiattach?: boolean
  readonly encrypted?: boolean
  /** The image that is made of it. */
  readonly imageId?: string
  /** Who has asked for that, and whether others may see it. */
  readonly userId?: string
  /** The backup that is made of it. */
  readonly backupId?: string
  /** True: it goes once its snapshots, which go as well, are gone. */
  readonly cascade?: boolean
  /** What its back-end has it as already: it is taken over, and not made. */
  readonly adopt?: string
  /** True: its back-end keeps it when it is gone from here. */
  readonly release?: true
  /** The offer that it waits for to be taken. */
  readonly transferId?: string
}

/** A raw disk. Server batches write hundreds of these: keep it small. */
export interface Volume extends Stored {
  readonly projectId: string
  readonly userId: string
  readonly name: string
  readonly description: string
  /** GiB. */
  readonly sizeGb: number
  readonly typeId: string | null
  readonly zone: string
  readonly poolId: string
  /** As its back-end calls the pool. */
  readonly poolName: string
  readonly status: VolumeStatus
  /** What an operator says its status is: gone with the next thing that happens to it. */
  readonly override?: VolumeStatus
  readonly bootable: boolean
  readonly readOnly: boolean
  /** True: somebody has said so, or not so. */
  readonly readOnlySaid?: true
  readonly multiattach: boolean
  readonly encrypted: boolean
  readonly source: VolumeSource | null
  readonly groupId: string | null
  /** Grows with every order to the driver: the fence that back-ends check. */
  readonly generation: number
  /** Of the action under way; null: none that needs more than its status. */
  readonly order: VolumeOrder | null
  /** Its uses: their rows say more. */
  readonly attachments: readonly { readonly id: string; readonly status: AttachmentStatus }[]
  readonly metadata: Readonly<Record<string, string>>
  /** What its image said of itself, and what users made of that. */
  readonly imageMetadata?: Readonly<Record<string, string>>
  readonly createdAt: number
  readonly updatedAt: number
}

/** A volume is used from when it is asked for, by the GiB that its project is charged. */
const volumeMeter: UsageMeter<Volume> = {
  classes: ['volumes', 'gigabytes'],
  index: 'byProject',
  amounts: (volume) => [1, chargedGb(volume)],
}

export const volumeKind = defineKind<Volume>(
  'volume',
  {
    byProject: { fields: ['projectId'] },
    byPool: { fields: ['poolId'] },
    byGroup: { fields: ['groupId'] },
  },
  { meter: volumeMeter, events: { state: ({ status }) => status } },
)

/** The volume without an operator's word about it. */
export function unspoken<T extends { readonly override?: unknown }>(row: T): Omit<T, 'override'> {
  const { override: _, ...rest } = row
  return rest
}

/** What depends on a volume: its snapshots, and copies and backups of it under way. */
export function volumeScope(volumeId: string): string {
  return `volume:${volumeId}`
}

/** GiB that a volume takes of its project's quota. */
export function chargedGb(volume: Pick<Volume, 'sizeGb' | 'order'>): number {
  return volume.order?.sizeGb ?? volume.sizeGb
}
