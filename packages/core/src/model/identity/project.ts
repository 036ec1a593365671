import { defineKind, type Stored } from '../kind.ts'
import type { Extra } from './extra.ts'

/** What owns resources, and what quotas limit. */
export interface Project extends Stored {
  readonly domainId: string
  /** Unique in its domain. */
  readonly name: string
  readonly description: string
  /** False: nobody may act in it, nor in the projects beneath it. */
  readonly enabled: boolean
  /** Null: directly in its domain. */
  readonly parentId: string | null
  /**
   * The projects above it, the root first, its parent last. Set at creation and never changed: a
   * cycle cannot arise, and one read finds every project whose inherited roles count here.
   */
  readonly ancestorIds: readonly string[]
  readonly tags: readonly string[]
  /** What else clients want to keep with it. */
  readonly extra?: Extra
  readonly createdAt: number
  readonly updatedAt: number
}

export const projectKind = defineKind<Project>(
  'project',
  {
    byName: { fields: ['domainId', 'name'], unique: true },
    byParent: { fields: ['parentId'] },
  },
  { events: {}, rights: 'written' },
)
