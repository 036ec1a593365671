import { defineKind, type Stored } from '../kind.ts'

/** A volume on offer: whoever has the key takes it into the own project. */
export interface VolumeTransfer extends Stored {
  /** Who offers. */
  readonly projectId: string
  readonly volumeId: string
  readonly name: string
  /** Of the key, which is shown once and kept by nobody. */
  readonly salt: string
  readonly keyHash: string
  /** False: snapshots stay with who made them. */
  readonly withSnapshots: boolean
  readonly createdAt: number
}

export const transferKind = defineKind<VolumeTransfer>('volumeTransfer', {
  byProject: { fields: ['projectId'] },
  byVolume: { fields: ['volumeId'], unique: true },
})
