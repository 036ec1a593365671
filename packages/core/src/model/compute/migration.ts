import { defineKind, type Stored } from '../kind.ts'
import type { Server } from './server.ts'

export const migrationTypes = ['resize', 'migration', 'live-migration', 'evacuation'] as const
export type MigrationType = (typeof migrationTypes)[number]

/** How migrations end. */
export type MigrationOutcome = 'completed' | 'done' | 'confirmed' | 'reverted' | 'error' | 'failed'

/** As Nova's administrators know them. */
export const migrationStatuses = [
  'pre-migrating',
  'migrating',
  'running',
  'finished',
  'confirming',
  'reverting',
  'completed',
  'done',
  'confirmed',
  'reverted',
  'error',
  'failed',
] as const
export type MigrationStatus = (typeof migrationStatuses)[number]

/**
 * That a server was to go from one host to another: written by the commit that begins it, ended by
 * the one that ends it. What is under way meanwhile is in the server's own row.
 */
export interface Migration extends Stored {
  /** What clients call it that know no other ids: drawn, from 1 on. */
  readonly number: number
  readonly type: MigrationType
  readonly serverId: string
  readonly projectId: string
  /** Who asked for it. */
  readonly userId: string
  /** Hosts by their names at that time: records outlive them. */
  readonly fromHost: string
  readonly toHost: string
  readonly fromFlavorId: string
  readonly toFlavorId: string
  /** Milliseconds since the epoch; null = it is open. */
  readonly createdAt: number
  readonly endedAt: number | null
  readonly outcome: MigrationOutcome | null
}

export const migrationKind = defineKind<Migration>('migration', {
  byNumber: { fields: ['number'], unique: true },
  byServer: { fields: ['serverId'] },
  byEnd: { fields: ['endedAt'] },
})

type Moving = Pick<Server, 'vmState' | 'task' | 'resize' | 'fault'>

/** The status of a migration: while it is open, it follows from the server's state. */
export function migrationStatus(
  { outcome, type }: Pick<Migration, 'outcome' | 'type'>,
  server: Moving | undefined,
): MigrationStatus {
  if (outcome !== null) return outcome
  if (!server) return 'error'
  const { task, vmState } = server
  if (task === 'resizing') return 'migrating'
  if (task === 'migrating') return 'running'
  if (task === 'confirmingResize') return 'confirming'
  if (task === 'revertingResize') return 'reverting'
  if (vmState === 'error' && task === null) return 'error'
  return type === 'evacuation' ? 'pre-migrating' : 'finished'
}

/**
 * How a migration ended, from its server as it was before.
 *
 * @param after undefined: the server is gone.
 */
export function migrationOutcome(before: Moving, after: Moving | undefined): MigrationOutcome {
  // Whoever deletes what was moved leaves it where it is.
  if (!after) return before.resize && before.vmState === 'resized' ? 'confirmed' : 'error'
  if (before.task === 'migrating') return before.resize?.returning ? 'error' : 'completed'
  if (before.task === 'confirmingResize') return 'confirmed'
  if (before.task === 'revertingResize') return 'reverted'
  return after.fault === null && after.vmState !== 'error' ? 'done' : 'failed'
}
