import type { MigrationView } from '@nephos/core'
import type { Body } from './server.ts'
import { microTime } from './time.ts'

/** What a migration looks like to whoever asks in a version. */
export interface MigrationShape {
  readonly version: number
  readonly url: (path: string) => string
  readonly bookmark: (path: string) => string
}

/** True while a live migration is under way: only then is it a part of its server. */
export function isInProgress({ type, status }: Pick<MigrationView, 'type' | 'status'>): boolean {
  return type === 'live-migration' && status === 'running'
}

/** A record in the list of all. */
export function migrationBody(row: MigrationView, shape: MigrationShape): Body {
  const { version } = shape
  return {
    ...sides(row),
    id: row.number,
    instance_uuid: row.serverId,
    new_instance_type_id: flavorNumber(row.toFlavorId),
    old_instance_type_id: flavorNumber(row.fromFlavorId),
    ...(version >= 23 && { migration_type: row.type }),
    ...(version >= 23 && isInProgress(row) && { links: linksOf(row, shape) }),
    ...identity(row, version),
  }
}

/** A live migration that is under way. What is left to copy, drivers do not tell. */
export function serverMigrationBody(row: MigrationView, version: number): Body {
  return {
    ...sides(row),
    id: row.number,
    server_uuid: row.serverId,
    disk_processed_bytes: null,
    disk_remaining_bytes: null,
    disk_total_bytes: null,
    memory_processed_bytes: null,
    memory_remaining_bytes: null,
    memory_total_bytes: null,
    ...identity(row, version),
  }
}

function sides({ fromHost, toHost, status, createdAt, updatedAt }: MigrationView): Body {
  return {
    created_at: microTime(createdAt),
    updated_at: microTime(updatedAt),
    status,
    source_compute: fromHost,
    source_node: fromHost,
    dest_compute: toHost,
    dest_node: toHost,
    dest_host: null,
  }
}

function identity({ id, userId, projectId }: MigrationView, version: number): Body {
  return {
    ...(version >= 59 && { uuid: id }),
    ...(version >= 80 && { user_id: userId, project_id: projectId }),
  }
}

function linksOf({ serverId, number }: MigrationView, shape: MigrationShape): readonly Body[] {
  const path = `/servers/${serverId}/migrations/${number}`
  return [
    { rel: 'self', href: shape.url(path) },
    { rel: 'bookmark', href: shape.bookmark(path) },
  ]
}

/** Flavors have numbers here that no other answer has: one of theirs, or one made of their id. */
function flavorNumber(id: string): number {
  if (/^[1-9]\d{0,8}$/.test(id)) return Number(id)
  let sum = 0
  for (const char of id) sum = (Math.imul(sum, 31) + (char.codePointAt(0) ?? 0)) >>> 1
  return sum
}
