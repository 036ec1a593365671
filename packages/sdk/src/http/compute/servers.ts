import {
  CloudError,
  isCloudError,
  hostList,
  networkList,
  securityGroupList,
  serverCreate,
  serverDelete,
  serverGet,
  serverGetDetails,
  serverList,
  serverListDetails,
  serverUpdate,
  zoneList,
} from '@nephos/core'
import { changedBody, links, serverBody, serverSummary } from '../../wire/compute/server.ts'
import { checkCreate, createBody, createInput } from '../../wire/compute/server-create.ts'
import { asksForAll, type ServerFilter, serverFilter } from '../../wire/compute/server-query.ts'
import { checkUpdate, updateBody, updateInput } from '../../wire/compute/server-update.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, nextUrl, pageOf } from '../paging.ts'
import type { RawQuery } from '../paging.ts'
import { json, nothing, type Reply } from '../reply.ts'
import { createNames } from './create-names.ts'
import { asBadRequest } from './refusals.ts'
import { readerOf, readServer, shapeOf } from './server-shape.ts'

/** Servers (https://docs.openstack.org/api-ref/compute/#servers-servers). */
export const servers: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.servers.create',
    method: 'POST',
    path: '/servers',
    summary: 'Creates one server, or many alike in one request.',
    access: 'token',
    operations: [serverCreate, serverList, networkList, securityGroupList, zoneList],
    body: createBody,
    status: 202,
    async run(x) {
      checkCreate(x.body, x.version)
      const { server } = x.body
      const found = await createNames(x, server)
      const batch = await asBadRequest(naming, () =>
        x.invoke(serverCreate, createInput(x.body, found)),
      )
      if (server.return_reservation_id) return json({ reservation_id: batch.id })
      const [made] = await x.invoke(serverList, { batchId: batch.id, limit: 1 })
      const id = made?.id ?? ''
      const groups = server.security_groups ?? [{ name: 'default' }]
      const body = {
        id,
        links: links('servers', id, shapeOf(x)),
        'OS-DCF:diskConfig': server['OS-DCF:diskConfig'] ?? 'MANUAL',
        security_groups: groups,
        adminPass: found.adminPassword,
      }
      return json({ server: body }, { headers: { location: x.url(`/servers/${id}`) } })
    },
  }),
  endpoint({
    id: 'compute.servers.list',
    method: 'GET',
    path: '/servers',
    summary: 'Lists servers.',
    access: 'token',
    operations: [serverList, serverGet, hostList],
    status: 200,
    run: (x) =>
      listServers(x, async (input) => {
        const rows = await x.invokeAs(readerOf(x), serverList, input)
        const shape = shapeOf(x)
        return rows.map((row) => serverSummary(row, shape))
      }),
  }),
  endpoint({
    id: 'compute.servers.detail',
    method: 'GET',
    path: '/servers/detail',
    summary: 'Lists servers with all there is to know of them.',
    access: 'token',
    operations: [serverListDetails, serverGet, hostList],
    status: 200,
    run: (x) =>
      listServers(x, async (input) => {
        const rows = await x.invokeAs(readerOf(x), serverListDetails, input)
        const shape = shapeOf(x)
        return rows.map((row) => serverBody(row, shape))
      }),
  }),
  endpoint({
    id: 'compute.servers.get',
    method: 'GET',
    path: '/servers/{server_id}',
    summary: 'Shows a server.',
    access: 'token',
    operations: [serverGetDetails],
    status: 200,
    async run(x) {
      return json({ server: serverBody(await readServer(x, x.param('server_id')), shapeOf(x)) })
    },
  }),
  endpoint({
    id: 'compute.servers.update',
    method: 'PUT',
    path: '/servers/{server_id}',
    summary: 'Renames a server, and changes what it is said to be.',
    access: 'token',
    operations: [serverUpdate, serverGetDetails],
    body: updateBody,
    status: 200,
    async run(x) {
      checkUpdate(x.body, x.version)
      const id = x.param('server_id')
      await x.invokeAny(serverUpdate, { id, ...updateInput(x.body) })
      return json({ server: changedBody(await readServer(x, id), shapeOf(x)) })
    },
  }),
  endpoint({
    id: 'compute.servers.delete',
    method: 'DELETE',
    path: '/servers/{server_id}',
    summary: 'Deletes a server.',
    access: 'token',
    operations: [serverDelete, serverGet],
    status: 204,
    async run(x) {
      const ids = [x.param('server_id')]
      try {
        await x.invokeAny(serverDelete, { ids })
      } catch (error) {
        // Whoever asks again while it is being deleted is not wrong.
        if (!isCloudError(error) || error.code !== 'conflict') throw error
        const [server] = await x.invokeAs(readerOf(x), serverGet, { ids })
        if (server?.task !== 'deleting') throw error
      }
      return nothing
    },
  }),
]

/** Fields of a request that name other things. */
const naming = ['imageId', 'flavorId', 'keyName', 'groupId', 'bootVolume', 'networks']

type PageInput = Omit<NonNullable<ServerFilter>, 'projectId'> & {
  readonly limit: number
  readonly marker?: string
  readonly projectId?: string | undefined
}

async function listServers(
  x: Exchange<RawQuery, undefined>,
  read: (input: PageInput) => Promise<readonly { readonly id?: unknown }[]>,
): Promise<Reply> {
  const { query } = x
  const isOperator = x.operator !== undefined
  const page = pageOf(query)
  const isAll = asksForAll(query)
  if (isAll && !isOperator) x.requireOperator()
  const filter = serverFilter(query, { version: x.version, isOperator })
  if (filter === undefined || first(query, 'limit') === '0') return json({ servers: [] })
  const host = first(query, 'host') ?? first(query, 'node')
  const hostId = isOperator && host !== undefined ? await hostOf(x, host) : undefined
  if (hostId === null) return json({ servers: [] })
  const projectId = scopeOf(x, isAll)
  if (page.marker !== undefined) await requireMarker(x, page.marker)
  const rows = await unlessUnknown(
    read({
      ...filter,
      ...page,
      ...(projectId && { projectId }),
      ...(hostId !== undefined && { hostId }),
    }),
  )
  const last = rows.at(-1)?.id
  if (rows.length < page.limit || typeof last !== 'string') return json({ servers: rows })
  const path = new URL(x.request.url).pathname.replace(/^.*\/servers/, '/servers')
  const href = nextUrl(x.url(path), x.search, last)
  return json({ servers: rows, servers_links: [{ rel: 'next', href }] })
}

/** The id of a host; null: there is none of this name. */
async function hostOf(x: Exchange<RawQuery, undefined>, name: string): Promise<string | null> {
  const [host] = await x.invoke(hostList, { name: name.slice(0, 255), limit: 1 })
  return host?.id ?? null
}

/** The project whose servers are listed; undefined: all of them. */
function scopeOf(x: Exchange<RawQuery, undefined>, isAll: boolean): string | undefined {
  if (x.operator === undefined) return undefined
  const asked = [x.query['project_id'] ?? x.query['tenant_id'] ?? []].flat()[0]
  if (isAll) return asked
  return x.actor.projectId ?? asked
}

/** A batch that is not there has no servers. */
async function unlessUnknown<T>(read: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await read
  } catch (error) {
    if (isCloudError(error) && error.code === 'notFound' && error.field === 'batchId') return []
    throw error
  }
}

async function requireMarker(x: Exchange<RawQuery, undefined>, marker: string): Promise<void> {
  try {
    await x.invokeAs(readerOf(x), serverGet, { ids: [marker] })
  } catch (error) {
    if (!isCloudError(error) || error.code !== 'notFound') throw error
    throw new CloudError('invalid', 'marker: names no server.', { field: 'marker' })
  }
}
