import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { hostKind } from '../../model/compute/host.ts'
import {
  migrationKind,
  migrationOutcome,
  type MigrationType,
} from '../../model/compute/migration.ts'
import type { Server } from '../../model/compute/server.ts'
import type { Call } from '../call.ts'
import { getAll } from '../fetch.ts'

/** Largest number that every client can hold: 31 bits. */
const numbers = 2 ** 31 - 1

/**
 * Records that a server goes to another host, in the commit that begins it.
 *
 * @param after the row to be written, on its new host.
 * @returns the row that names its migration.
 */
export async function recordMigration(
  { kernel, actor }: Call,
  writes: Writes,
  type: MigrationType,
  before: Server,
  after: Server,
): Promise<Server> {
  const hosts = await kernel.store.get(hostKind, [before.hostId, after.hostId])
  const [fromHost = '', toHost = ''] = hosts.map((host) => host?.name)
  const id = kernel.ids.next()
  writes.insert(migrationKind, {
    id,
    // Drawn, not counted: moves that begin at once do not wait for each other.
    number: 1 + (kernel.random.uint32() % numbers),
    type,
    serverId: before.id,
    projectId: before.projectId,
    userId: actor.userId,
    fromHost,
    toHost,
    fromFlavorId: before.flavor.id,
    toFlavorId: after.flavor.id,
    createdAt: kernel.clock.now(),
    endedAt: null,
    outcome: null,
  })
  return { ...after, migrationId: id }
}

/** A server before and after a commit; `after` undefined: it is gone. */
export interface Passage {
  readonly before: Server
  readonly after: Server | undefined
}

/** True if nothing of a migration is open once this is written. */
export function endsMigration({ before, after }: Passage): boolean {
  if (before.migrationId === undefined) return false
  return after === undefined || (after.task === null && after.resize === null)
}

/** The row without its migration, if that ends here. */
export function withoutMigration(before: Server, after: Server): Server {
  if (!endsMigration({ before, after })) return after
  const { migrationId: _, ...rest } = after
  return rest
}

/** Ends the records of migrations that end with a commit: one statement for all, or none. */
export async function endMigrations(
  kernel: Kernel,
  writes: Writes,
  passages: readonly Passage[],
): Promise<void> {
  const ended = passages.filter(endsMigration)
  const ids = ended.map(({ before }) => before.migrationId as string)
  const rows = await getAll(kernel, migrationKind, ids)
  const endedAt = kernel.clock.now()
  ended.forEach(({ before, after }, index) => {
    const row = rows[index]
    if (!row) return
    writes.update(migrationKind, { ...row, endedAt, outcome: migrationOutcome(before, after) })
  })
}
