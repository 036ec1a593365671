import { defineKind, type Stored } from '../kind.ts'

export const attachmentStatuses = [
  /** The volume is kept for it; where it will be used is not known yet. */
  'reserved',
  'attaching',
  'attached',
  'detaching',
  /** It could not be attached; it may be attached or detached again. */
  'error_attaching',
  /** Nobody knows whether it is still connected: it may be detached again. */
  'error_detaching',
] as const
export type AttachmentStatus = (typeof attachmentStatuses)[number]

export const attachmentEvents = ['connect', 'connected', 'detach', 'detached', 'fail'] as const
export type AttachmentEvent = (typeof attachmentEvents)[number]

type Row = Readonly<Record<AttachmentEvent, AttachmentStatus | 'gone' | null>>

/** What each event makes of each status; null: refused. */
export const attachmentTransitions: Readonly<Record<AttachmentStatus, Row>> = Object.freeze({
  reserved: {
    connect: 'attaching',
    connected: 'attached',
    detach: 'detaching',
    detached: 'gone',
    fail: null,
  },
  attaching: {
    connect: null,
    connected: 'attached',
    detach: 'detaching',
    detached: null,
    fail: 'error_attaching',
  },
  attached: {
    connect: null,
    connected: 'attached',
    detach: 'detaching',
    detached: null,
    fail: null,
  },
  detaching: {
    connect: null,
    connected: null,
    detach: null,
    detached: 'gone',
    fail: 'error_detaching',
  },
  error_attaching: {
    connect: 'attaching',
    connected: null,
    detach: 'detaching',
    detached: null,
    fail: null,
  },
  error_detaching: {
    connect: null,
    connected: null,
    detach: 'detaching',
    detached: null,
    fail: null,
  },
})

export const attachModes = ['rw', 'ro'] as const
export type AttachMode = (typeof attachModes)[number]

/** A use of a volume: by a server of this cloud, or by whoever brings a connector. */
export interface Attachment extends Stored {
  readonly projectId: string
  readonly volumeId: string
  /** Null: a use from outside, whose host is in its connector. */
  readonly serverId: string | null
  /** The server that an outside user says it is for. */
  readonly instanceId?: string
  readonly status: AttachmentStatus
  readonly mode: AttachMode
  /** Where the guest finds it, e.g. `/dev/vdb`; null: it is the driver's choice. */
  readonly device: string | null
  readonly boot: boolean
  /** True: the volume goes with its server. */
  readonly deleteOnTermination: boolean
  /** Who connects, as an outside user says. */
  readonly connector: Readonly<Record<string, string>> | null
  /** How the volume is reached, as the driver says once it is connected. */
  readonly connection: Readonly<Record<string, string>> | null
  /** Its server's at the time of its last order, or a count of its own: the driver's fence. */
  readonly generation: number
  readonly createdAt: number
  readonly updatedAt: number
}

export const attachmentKind = defineKind<Attachment>('volumeAttachment', {
  byVolume: { fields: ['volumeId'] },
  byProject: { fields: ['projectId'] },
})
