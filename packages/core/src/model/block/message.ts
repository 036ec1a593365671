import { defineKind, type Stored } from '../kind.ts'

export const messageResources = ['volume', 'snapshot', 'attachment', 'backup'] as const
export type MessageResource = (typeof messageResources)[number]

/** Why something that took time has failed, for the users of its project. */
export interface VolumeMessage extends Stored {
  readonly projectId: string
  readonly resourceType: MessageResource
  readonly resourceId: string
  readonly requestId: string
  /** What was under way, e.g. `creating`. */
  readonly event: string
  readonly text: string
  readonly createdAt: number
  /** It is forgotten then. */
  readonly expiresAt: number
}

export const messageKind = defineKind<VolumeMessage>('volumeMessage', {
  byProject: { fields: ['projectId'] },
  byExpiry: { fields: ['expiresAt'] },
})
