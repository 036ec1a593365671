import { defineKind, type Stored } from '../kind.ts'
import type { ShareAccessState, ShareSnapshotStatus, ShareStatus } from './share-state.ts'

export const shareProtocols = ['NFS', 'CIFS', 'CEPHFS'] as const
export type ShareProtocol = (typeof shareProtocols)[number]

/** How many there are, and the latest of their `askedAt`; 0 without any. */
export interface ShareChildren {
  readonly count: number
  readonly askedAt: number
}

export const noChildren: ShareChildren = Object.freeze({ count: 0, askedAt: 0 })

/** A file system that servers mount over the network. */
export interface Share extends Stored {
  readonly projectId: string
  readonly name: string
  readonly description: string
  readonly protocol: ShareProtocol
  readonly sizeGb: number
  /** What it is being extended or shrunk to; null: it is as large as it shall be. */
  readonly targetGb: number | null
  /** What its contents were taken from; null: it was made empty. */
  readonly snapshotId: string | null
  /** The share of that snapshot. */
  readonly originId: string | null
  readonly status: ShareStatus
  /** Grows with every change that the storage must be told of. */
  readonly generation: number
  /** The generation that brought the present status about. */
  readonly askedAt: number
  /** What hangs on it, and the generation of the last order for any of them: tells old reads. */
  readonly snapshots: ShareChildren
  readonly rules: ShareChildren
  /** Where it is mounted from; empty until it is there. */
  readonly exportLocations: readonly string[]
  readonly metadata: Readonly<Record<string, string>>
  readonly createdAt: number
  readonly updatedAt: number
}

export const shareKind = defineKind<Share>('share', {
  byProject: { fields: ['projectId'] },
})

export interface ShareSnapshot extends Stored {
  readonly projectId: string
  readonly shareId: string
  readonly name: string
  readonly sizeGb: number
  readonly status: ShareSnapshotStatus
  readonly askedAt: number
  readonly createdAt: number
}

export const shareSnapshotKind = defineKind<ShareSnapshot>('shareSnapshot', {
  byProject: { fields: ['projectId'] },
  byShare: { fields: ['shareId'] },
})

export const shareAccessTypes = ['ip', 'user', 'cephx'] as const
export type ShareAccessType = (typeof shareAccessTypes)[number]

/** Who may mount a share: addresses, a user. */
export interface ShareAccess extends Stored {
  readonly projectId: string
  readonly shareId: string
  readonly type: ShareAccessType
  /** An address or a prefix, or a name. */
  readonly to: string
  readonly level: 'rw' | 'ro'
  readonly state: ShareAccessState
  readonly askedAt: number
  readonly createdAt: number
}

export const shareAccessKind = defineKind<ShareAccess>('shareAccess', {
  byShare: { fields: ['shareId', 'type', 'to'], unique: true },
})
