import { defineKind, type Stored } from '../kind.ts'
import type { TempUrlKeys } from './account.ts'

/**
 * `off`: an overwrite is final. `enabled`: what is overwritten or deleted stays as a version.
 * `suspended`: versions stay, and no more are made.
 */
export const containerVersionings = ['off', 'enabled', 'suspended'] as const
export type ContainerVersioning = (typeof containerVersionings)[number]

export interface Container extends Stored {
  readonly projectId: string
  readonly name: string
  readonly metadata: Readonly<Record<string, string>>
  /** Who else may read, and who else may write: lists as Swift writes them, empty for nobody. */
  readonly readAcl: string
  readonly writeAcl: string
  /** Most current objects, and most bytes of objects and versions; null: no limit of its own. */
  readonly maxObjects: number | null
  readonly maxBytes: number | null
  readonly versioning: ContainerVersioning
  /**
   * The older way to keep versions (Swift's `X-Versions-Location`): what is replaced moves to the
   * container of this name, and comes back when what replaced it is deleted.
   */
  readonly versionsIn: string | null
  readonly tempUrlKeys: TempUrlKeys
  readonly createdAt: number
  readonly updatedAt: number
}

export const containerKind = defineKind<Container>('container', {
  byName: { fields: ['projectId', 'name'], unique: true },
})

/** Counts a container's current objects, its other versions, uploads in parts, bytes of all. */
export function containerScope(containerId: string): string {
  return `container:${containerId}`
}

export const containerCounters = ['objects', 'versions', 'uploads', 'bytes'] as const
