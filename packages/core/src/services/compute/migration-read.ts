import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import {
  type Migration,
  migrationKind,
  migrationStatus,
  type MigrationStatus,
  migrationStatuses,
  migrationTypes,
} from '../../model/compute/migration.ts'
import { serverKind } from '../../model/compute/server.ts'
import type { Call } from '../call.ts'
import { pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'

/** A record of a migration, with what has become of it. */
export interface MigrationView extends Migration {
  readonly status: MigrationStatus
  /** Milliseconds since the epoch: its end, or when its server changed last. */
  readonly updatedAt: number
}

const nameFilter = z.string().max(limits.nameLength).optional()
const listInput = z.strictObject({
  ...pageFields,
  number: z.int().min(1).optional(),
  serverId: nameFilter,
  projectId: nameFilter,
  userId: nameFilter,
  type: z.enum(migrationTypes).optional(),
  status: z.enum(migrationStatuses).optional(),
  /** Name of the host that it left. */
  fromHost: nameFilter,
  /** Name of the host that it left or went to. */
  host: nameFilter,
  /** Milliseconds since the epoch, both inclusive. */
  changedFrom: z.number().optional(),
  changedTo: z.number().optional(),
})
type ListInput = z.infer<typeof listInput>

/** Those of all projects, newest first. Filters cost statements by the page they pass over. */
export const migrationList = defineOperation({
  id: 'compute.migration.list',
  summary: 'One page of the records of migrations, newest first.',
  policy: { scope: 'system', role: 'reader' },
  input: listInput,
  mutates: false,
  run: async (call: Call, input: ListInput): Promise<MigrationView[]> => {
    const { status, changedFrom = -Infinity, changedTo = Infinity } = input
    const found: MigrationView[] = []
    for (let marker = input.marker; found.length < input.limit;) {
      const page = await listPage(
        call,
        migrationKind,
        { ...indexOf(input), reverse: true },
        { limit: limits.pageRows, marker },
        (row) => matches(input, row),
      )
      const views = await viewed(call, page)
      const kept = views.filter(
        (one) =>
          (status === undefined || one.status === status) &&
          one.updatedAt >= changedFrom &&
          one.updatedAt <= changedTo,
      )
      found.push(...kept.slice(0, input.limit - found.length))
      marker = page.at(-1)?.id
      if (page.length < limits.pageRows) break
    }
    return found
  },
})

function indexOf({ serverId, number }: ListInput): {
  readonly index?: string
  readonly equals?: readonly (string | number)[]
} {
  if (number !== undefined) return { index: 'byNumber', equals: [number] }
  return serverId === undefined ? {} : { index: 'byServer', equals: [serverId] }
}

function matches(wanted: ListInput, row: Migration): boolean {
  const { host } = wanted
  const same = (['serverId', 'projectId', 'userId', 'type', 'fromHost'] as const).every(
    (key) => wanted[key] === undefined || wanted[key] === row[key],
  )
  return same && (host === undefined || host === row.fromHost || host === row.toHost)
}

async function viewed({ kernel }: Call, rows: readonly Migration[]): Promise<MigrationView[]> {
  const open = rows.filter(({ endedAt }) => endedAt === null)
  const ids = [...new Set(open.map(({ serverId }) => serverId))]
  const servers = ids.length === 0 ? [] : await kernel.store.get(serverKind, ids)
  const byId = new Map(servers.flatMap((server) => (server ? [[server.id, server]] : [])))
  return rows.map((row) => {
    const server = byId.get(row.serverId)
    const updatedAt = row.endedAt ?? server?.updatedAt ?? row.createdAt
    return { ...row, status: migrationStatus(row, server), updatedAt }
  })
}
