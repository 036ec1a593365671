import { canonicalJson } from '../../../base/canonical.ts'
import { type Server, serverKind } from '../../../model/compute/server.ts'
import { serverStatus } from '../../../model/compute/server-state.ts'
import { networkKind } from '../../../model/network/network.ts'
import { type Port, portKind } from '../../../model/network/port.ts'
import { isJsonMap, type Json, type JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import { serverStart, serverStop } from '../../compute/server-actions.ts'
import { serverDelete } from '../../compute/server-delete.ts'
import { templateError, within } from '../template/error.ts'
import { attempt, each } from './each.ts'
import { networkWords } from './implied.ts'
import { createServers, serversOf } from './nova-server-create.ts'
import { serverProperties } from './nova-server-properties.ts'
import { checkNetworks, vacateInterfaces } from './nova-server-networks.ts'
import { listOf } from './property.ts'
import { pollServer, updateServer } from './nova-server-update.ts'
import type { Result } from './result.ts'
import type { ResourceType, ResourceWork } from './type.ts'

/** A server. Members of a group that differ by their names alone are made in one request. */
export const novaServer: ResourceType = {
  name: 'OS::Nova::Server',
  summary: 'A server.',
  properties: serverProperties,
  attributes: {
    name: 'Its name.',
    addresses: 'Its addresses by network, with MACs.',
    networks: 'Its addresses by network.',
    first_address: 'One of its addresses.',
    instance_name: 'Its name.',
    status: 'Its status when it was last looked at.',
  },
  check: (properties, path) => {
    checkNetworks(properties, path)
    const isFromVolume = (listOf(properties, 'block_device_mapping_v2') ?? []).length > 0
    if ((properties['image'] === undefined) === isFromVolume) return
    throw templateError(within(path, 'image'), 'is needed, or else block_device_mapping_v2.')
  },
  awaits: networkWords,
  create: createServers,
  batch: (properties) => canonicalJson({ ...properties, name: null }),
  recover: async (work, row, answer) => {
    const batch = isJsonMap(answer) ? answer['id'] : undefined
    if (typeof batch !== 'string') return null
    return (await serversOf(work, batch))[row.member] ?? null
  },
  poll: pollServers,
  update: updateServer,
  replaces: (before, after) =>
    (before['flavor'] !== after['flavor'] && after['flavor_update_policy'] === 'REPLACE') ||
    (before['image'] !== after['image'] && after['image_update_policy'] === 'REPLACE') ||
    (before['user_data'] !== after['user_data'] && after['user_data_update_policy'] !== 'IGNORE'),
  vacate: async (work, before, after) => {
    const server = await serverOf(work, before)
    return !server || (await vacateInterfaces(work, server, after))
  },
  remove: removeServers,
  suspend: each(async (work, row) => {
    const server = await serverOf(work, row)
    if (!server) return gone
    if (server.vmState === 'stopped' && server.task === null) return { state: 'done' }
    if (server.desired.power === 'stopped' && server.task !== null) return { state: 'pending' }
    await work.call(serverStop, { ids: [server.id] }, work.keyOf(row, 'stop'))
    return { state: 'pending' }
  }),
  resume: each(async (work, row) => {
    const server = await serverOf(work, row)
    if (!server) return gone
    if (server.vmState === 'active' && server.task === null) return { state: 'done' }
    if (server.desired.power === 'running' && server.task !== null) return { state: 'pending' }
    await work.call(serverStart, { ids: [server.id] }, work.keyOf(row, 'start'))
    return { state: 'pending' }
  }),
  verify: async (work, rows) => {
    const { servers, shown } = await look(work, rows)
    return new Map(
      rows.map((row): readonly [string, Result] => {
        const server = servers.get(row.physicalId ?? '')
        if (!server) return [row.id, gone]
        return server.vmState === 'error'
          ? [row.id, { state: 'failed', reason: faultOf(server) }]
          : [row.id, { state: 'done', attributes: shown(server) }]
      }),
    )
  },
}

const gone: Result = { state: 'failed', reason: 'The server is not there.' }

function faultOf(server: Server): string {
  return server.fault?.message ?? 'The server is in ERROR.'
}

async function serverOf(work: ResourceWork, row: StackResource): Promise<Server | undefined> {
  const [server] = await work.kernel.store.get(serverKind, [row.physicalId ?? ''])
  return server?.projectId === work.stack.projectId ? server : undefined
}

interface Looked {
  readonly servers: ReadonlyMap<string, Server>
  readonly shown: (server: Server) => JsonMap
}

/** The servers of rows, with their addresses: a few statements, whatever their number. */
async function look(work: ResourceWork, rows: readonly StackResource[]): Promise<Looked> {
  const { store } = work.kernel
  const ids = rows.flatMap(({ physicalId }) => physicalId ?? [])
  const found = (await store.get(serverKind, ids)).filter(
    (server) => server?.projectId === work.stack.projectId,
  )
  const servers = new Map(found.flatMap((server) => (server ? [[server.id, server] as const] : [])))
  const ports = await store.lookup(
    portKind,
    'byDevice',
    [...servers.keys()].map((id) => [id]),
  )
  const networkIds = [...new Set(ports.map(({ networkId }) => networkId))].sort()
  const networks = await store.get(networkKind, networkIds)
  const names = new Map(networks.map((network) => [network?.id ?? '', network?.name ?? '']))
  const byServer = new Map<string, Port[]>()
  for (const port of ports.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const id = port.deviceId ?? ''
    byServer.set(id, [...(byServer.get(id) ?? []), port])
  }
  return { servers, shown: (server) => attributesOf(server, byServer.get(server.id) ?? [], names) }
}

function attributesOf(
  server: Server,
  ports: readonly Port[],
  names: ReadonlyMap<string, string>,
): JsonMap {
  const addresses = new Map<string, Json[]>()
  const networks = new Map<string, string[]>()
  for (const port of ports) {
    for (const key of [port.networkId, names.get(port.networkId) ?? '']) {
      if (key === '') continue
      const list = port.fixedIps.map(({ address }) => ({
        addr: address,
        version: address.includes(':') ? 6 : 4,
        'OS-EXT-IPS-MAC:mac_addr': port.mac,
        port: port.id,
      }))
      addresses.set(key, [...(addresses.get(key) ?? []), ...list])
      networks.set(key, [...(networks.get(key) ?? []), ...list.map(({ addr }) => addr)])
    }
  }
  return {
    name: server.name,
    instance_name: server.name,
    status: serverStatus(server.vmState, server.task),
    addresses: Object.fromEntries(addresses),
    networks: Object.fromEntries(networks),
    first_address: firstOf(ports),
  }
}

/** An IPv4 one if there is any: that is what templates without a say mean. */
function firstOf(ports: readonly Port[]): string {
  const all = ports.flatMap(({ fixedIps }) => fixedIps.map(({ address }) => address))
  return all.find((address) => !address.includes(':')) ?? all[0] ?? ''
}

/** How servers get on that are built, changed, stopped or started. */
async function pollServers(
  work: ResourceWork,
  rows: readonly StackResource[],
): Promise<ReadonlyMap<string, Result>> {
  const { servers, shown } = await look(work, rows)
  const results = new Map<string, Result>()
  for (const row of rows) {
    const server = servers.get(row.physicalId ?? '')
    const result = server ? await attempt(() => standing(work, row, server, shown)) : gone
    results.set(row.id, result)
  }
  return results
}

async function standing(
  work: ResourceWork,
  row: StackResource,
  server: Server,
  shown: Looked['shown'],
): Promise<Result> {
  if (server.desired.power === 'absent') return { state: 'failed', reason: 'It is being deleted.' }
  if (server.task !== null) return { state: 'pending' }
  if (server.vmState === 'error') return { state: 'failed', reason: faultOf(server) }
  if (server.vmState === 'building') return { state: 'pending' }
  // A change may take several actions, one after the other.
  const next = row.action === 'UPDATE' ? await pollServer(work, row, server) : undefined
  return next ?? { state: 'done', attributes: shown(server) }
}

/** Deletes servers in one request, and sees to it that they go. */
async function removeServers(
  work: ResourceWork,
  rows: readonly StackResource[],
): Promise<ReadonlyMap<string, Result>> {
  const ids = rows.flatMap(({ physicalId }) => physicalId ?? [])
  const found = await work.kernel.store.get(serverKind, ids)
  const left = found.filter(
    (server): server is Server => server?.projectId === work.stack.projectId,
  )
  const present = new Set(left.map(({ id }) => id))
  const begin = left.filter(({ task }) => task !== 'deleting').map(({ id }) => id)
  const result: Result =
    begin.length === 0
      ? { state: 'pending' }
      : await attempt(async () => {
          await work.call(serverDelete, { ids: begin })
          return { state: 'pending' }
        })
  // One that went meanwhile refuses the others: what is left is asked for again.
  const said: Result =
    result.state === 'failed' && result.reason.startsWith('notFound')
      ? { state: 'retry', reason: result.reason }
      : result
  const asked = new Set(begin)
  return new Map(
    rows.map((row) => {
      const id = row.physicalId ?? ''
      if (!present.has(id)) return [row.id, { state: 'done' }] as const
      return [row.id, asked.has(id) ? said : { state: 'pending' }] as const
    }),
  )
}
