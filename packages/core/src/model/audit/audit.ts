import { defineKind, type Stored } from '../kind.ts'

/**
 * One line per accepted mutation: who did what to which resources, in which request. Append-only.
 */
export interface AuditRecord extends Stored {
  readonly at: number
  readonly userId: string
  readonly projectId: string | null
  readonly requestId: string
  readonly operation: string
  /** At most `auditTargets` ids; `targetCount` tells how many there were. */
  readonly targets: readonly string[]
  readonly targetCount: number
}

/** Ids listed in one audit record: keeps the record small for a request of thousands. */
export const auditTargets = 16

/** In the feed: the order of the commits is that in which records are sealed. */
export const auditKind = defineKind<AuditRecord>(
  'audit',
  { byProject: { fields: ['projectId'] } },
  { feed: true },
)
