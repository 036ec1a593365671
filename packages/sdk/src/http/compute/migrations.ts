import {
  CloudError,
  type InputOf,
  migrationList,
  migrationStatuses,
  migrationTypes,
  type MigrationView,
  serverGetDetails,
} from '@nephos/core'
import { isInProgress, migrationBody, serverMigrationBody } from '../../wire/compute/migration.ts'
import { timeOf } from '../../wire/compute/server-query.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { first, nextUrl, pageOf, type RawQuery } from '../paging.ts'
import { json } from '../reply.ts'
import { readServer, shapeOf } from './server-shape.ts'

type Filter = InputOf<typeof migrationList>

/** Parameters by the version that brought them. */
const parameters: readonly (readonly [since: number, names: readonly string[]])[] = [
  [1, ['hidden', 'host', 'instance_uuid', 'source_compute', 'status', 'migration_type']],
  [59, ['limit', 'marker', 'changes-since']],
  [66, ['changes-before']],
  [80, ['user_id', 'project_id']],
]

/** Undefined: no record is such. */
function filterOf(query: RawQuery, version: number): Filter | undefined {
  const known = parameters.flatMap(([since, names]) => (version >= since ? names : []))
  const other = Object.keys(query).find((name) => !known.includes(name))
  // Before 2.59, what is not known counts for nothing.
  if (other !== undefined && version >= 59) {
    throw new CloudError('invalid', `Additional properties are not allowed (${other}).`, {
      field: other.slice(0, 64),
    })
  }
  const one = (name: string) => (known.includes(name) ? first(query, name) : undefined)
  const type = migrationTypes.find((name) => name === one('migration_type'))
  const status = migrationStatuses.find((name) => name === one('status'))
  if (one('migration_type') !== undefined && !type) return undefined
  if (one('status') !== undefined && !status) return undefined
  const changedFrom = timeOf('changes-since', one('changes-since'))
  const changedTo = timeOf('changes-before', one('changes-before'))
  if ((changedFrom ?? -Infinity) > (changedTo ?? Infinity)) {
    throw new CloudError('invalid', 'changes-since: is later than changes-before.', {
      field: 'changes-since',
    })
  }
  const all = {
    host: one('host'),
    serverId: one('instance_uuid'),
    fromHost: one('source_compute'),
    userId: one('user_id'),
    projectId: one('project_id'),
    type,
    status,
    changedFrom,
    changedTo,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

/** Live migrations of the server of the path that are under way. */
async function underWay(x: Exchange<never, never>): Promise<readonly MigrationView[]> {
  x.requireOperator()
  const { id: serverId } = await readServer(x, x.param('server_id'))
  const rows = await x.invoke(migrationList, { serverId, status: 'running' })
  return rows.filter(isInProgress)
}

const ofServer = '/servers/{server_id}/migrations'

/** https://docs.openstack.org/api-ref/compute/ (os-migrations, server migrations). */
export const migrations: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.migrations.list',
    method: 'GET',
    path: '/os-migrations',
    summary: 'Lists the records of migrations, newest first.',
    access: 'token',
    operations: [migrationList],
    status: 200,
    async run(x) {
      x.requireOperator()
      const filter = filterOf(x.query, x.version)
      const { limit, marker } = x.version >= 59 ? pageOf(x.query) : pageOf({})
      const page = { limit, ...(marker !== undefined && { marker }) }
      const rows = filter ? await x.invoke(migrationList, { ...filter, ...page }) : []
      const bodies = rows.map((row) => migrationBody(row, shapeOf(x)))
      const last = rows.at(-1)
      if (x.version < 59 || rows.length < limit || !last) return json({ migrations: bodies })
      const href = nextUrl(x.url('/os-migrations'), x.search, last.id)
      return json({ migrations: bodies, migrations_links: [{ rel: 'next', href }] })
    },
  }),
  endpoint({
    id: 'compute.serverMigrations.list',
    method: 'GET',
    path: ofServer,
    summary: 'Lists the live migrations of a server that are under way.',
    since: 23,
    access: 'token',
    operations: [migrationList, serverGetDetails],
    status: 200,
    async run(x) {
      const rows = await underWay(x as never)
      return json({ migrations: rows.map((row) => serverMigrationBody(row, x.version)) })
    },
  }),
  endpoint({
    id: 'compute.serverMigrations.get',
    method: 'GET',
    path: `${ofServer}/{migration_id}`,
    summary: 'Shows a live migration of a server that is under way.',
    since: 23,
    access: 'token',
    operations: [migrationList, serverGetDetails],
    status: 200,
    async run(x) {
      const rows = await underWay(x as never)
      const wanted = x.param('migration_id')
      const row = rows.find(({ number }) => String(number) === wanted)
      if (!row) throw new HttpError(404, 'In-progress live migration was not found.')
      return json({ migration: serverMigrationBody(row, x.version) })
    },
  }),
]
