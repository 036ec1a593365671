import {
  CloudError,
  type Host,
  hostGet,
  hostList,
  type HostLoad,
  hostLoads,
  hostServers,
  serverGetDetails,
} from '@nephos/core'
import { hypervisorBody, hypervisorSummary, statisticsBody } from '../../wire/compute/hypervisor.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, flag, nextUrl, pageOf, type RawQuery } from '../paging.ts'
import { json, type Reply } from '../reply.ts'
import { everyHost } from './aggregates.ts'

type Asking = Exchange<unknown, unknown>

/** Hosts of one list, and servers that are named of one host. */
const most = 1_000

function notFound(text: string): CloudError {
  return new CloudError('notFound', `Hypervisor ${text.slice(0, 128)} could not be found.`, {
    field: 'hypervisor_id',
  })
}

/** The host of the path: by its id since 2.53, by its number before. */
async function readHost(x: Asking): Promise<Host> {
  const text = x.param('hypervisor_id')
  x.requireOperator()
  if (x.version < 53) {
    if (!/^[1-9]\d{0,9}$/.test(text)) throw notFound(text)
    const [host] = await x.invoke(hostList, { number: Number(text), limit: 1 })
    if (host) return host
    throw notFound(text)
  }
  if (!/^[0-9a-f-]{36}$/.test(text)) {
    throw new CloudError('invalid', 'Invalid uuid.', { field: 'hypervisor_id' })
  }
  const [host] = await x.invoke(hostGet, { ids: [text] })
  return host as Host
}

async function hostsNamed(x: Asking, pattern: string): Promise<Host[]> {
  const found = (await everyHost(x)).filter(({ name }) => name.includes(pattern))
  if (found.length > 0) return found
  throw notFound(pattern)
}

/** Names and ids of the servers of a host. */
async function serversOf(x: Asking, host: Host): Promise<object[]> {
  const held = await x.invoke(hostServers, { id: host.id, limit: most })
  const ids = [...new Set(held.map(({ serverId }) => serverId))]
  if (ids.length === 0) return []
  const rows = await x.invokeAs(x.requireOperator(), serverGetDetails, { ids })
  return rows.map(({ id, name }) => ({ uuid: id, name }))
}

async function loadsOf(x: Asking, hosts: readonly Host[]): Promise<Map<string, HostLoad>> {
  if (hosts.length === 0 || x.version >= 88) return new Map()
  const loads: HostLoad[] = []
  for (let at = 0; at < hosts.length; at += most) {
    const ids = hosts.slice(at, at + most).map(({ id }) => id)
    loads.push(...(await x.invoke(hostLoads, { ids })))
  }
  return new Map(loads.map((load) => [load.hostId, load]))
}

async function list(
  x: Exchange<RawQuery, unknown>,
  path: string,
  bodies: (hosts: readonly Host[]) => Promise<Record<string, unknown>[]>,
): Promise<Reply> {
  x.requireOperator()
  const pattern = x.version >= 53 ? first(x.query, 'hypervisor_hostname_pattern') : undefined
  const withServers = x.version >= 53 && flag(x.query, 'with_servers') === true
  if (pattern !== undefined && (x.search.has('limit') || x.search.has('marker'))) {
    throw new CloudError('invalid', 'Paging over hypervisors with a pattern is not supported.', {
      field: 'hypervisor_hostname_pattern',
    })
  }
  const paged = x.version >= 33
  const { limit, marker } = paged ? pageOf(x.query) : { limit: most, marker: undefined }
  const after = marker === undefined ? {} : { marker: await markerOf(x, marker) }
  const hosts =
    pattern !== undefined
      ? await hostsNamed(x, pattern)
      : paged
        ? await x.invoke(hostList, { limit, ...after })
        : await everyHost(x)
  const rows = await bodies(hosts)
  if (withServers) {
    for (const [at, host] of hosts.entries()) {
      const servers = await serversOf(x, host)
      if (servers.length > 0 || x.version >= 75)
        (rows[at] as Record<string, unknown>)['servers'] = servers
    }
  }
  const last = hosts.at(-1)
  const hasNext = paged && pattern === undefined && hosts.length === limit && last
  const next = x.version >= 53 ? last?.id : String(last?.number ?? '')
  return json({
    hypervisors: rows,
    ...(hasNext && {
      hypervisors_links: [{ rel: 'next', href: nextUrl(x.url(path), x.search, next ?? '') }],
    }),
  })
}

async function markerOf(x: Asking, marker: string): Promise<string> {
  if (x.version >= 53) return marker
  const number = Number(marker)
  const [host] =
    Number.isSafeInteger(number) && number > 0 ? await x.invoke(hostList, { number, limit: 1 }) : []
  if (host) return host.id
  throw new CloudError('invalid', `Marker ${marker.slice(0, 64)} was not found.`, {
    field: 'marker',
  })
}

async function details(x: Asking, hosts: readonly Host[]): Promise<Record<string, unknown>[]> {
  const loads = await loadsOf(x, hosts)
  return hosts.map((host) => hypervisorBody(host, loads.get(host.id), x.version))
}

/** https://docs.openstack.org/api-ref/compute/#hypervisors-os-hypervisors */
export const hypervisors: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.hypervisors.list',
    method: 'GET',
    path: '/os-hypervisors',
    summary: 'Lists hosts.',
    access: 'token',
    operations: [hostList, hostServers, serverGetDetails],
    status: 200,
    run: (x) =>
      list(x, '/os-hypervisors', (hosts) =>
        Promise.resolve(hosts.map((host) => hypervisorSummary(host, x.version))),
      ),
  }),
  endpoint({
    id: 'compute.hypervisors.detail',
    method: 'GET',
    path: '/os-hypervisors/detail',
    summary: 'Lists hosts with what they have and hold.',
    access: 'token',
    operations: [hostList, hostLoads, hostServers, serverGetDetails],
    status: 200,
    run: (x) => list(x, '/os-hypervisors/detail', (hosts) => details(x, hosts)),
  }),
  endpoint({
    id: 'compute.hypervisors.statistics',
    method: 'GET',
    path: '/os-hypervisors/statistics',
    summary: 'Sums up what enabled hosts have and hold.',
    until: 87,
    access: 'token',
    operations: [hostList, hostLoads],
    status: 200,
    async run(x) {
      const enabled = (await everyHost(x)).filter((host) => host.enabled)
      return json(statisticsBody([...(await loadsOf(x, enabled)).values()]))
    },
  }),
  endpoint({
    id: 'compute.hypervisors.show',
    method: 'GET',
    path: '/os-hypervisors/{hypervisor_id}',
    summary: 'Shows a host with what it has and holds.',
    access: 'token',
    operations: [hostGet, hostList, hostLoads, hostServers, serverGetDetails],
    status: 200,
    async run(x) {
      const host = await readHost(x)
      const [body] = await details(x, [host])
      const withServers = x.version >= 53 && flag(x.query, 'with_servers') === true
      const servers = withServers ? { servers: await serversOf(x, host) } : {}
      return json({ hypervisor: { ...body, ...servers } })
    },
  }),
  endpoint({
    id: 'compute.hypervisors.uptime',
    method: 'GET',
    path: '/os-hypervisors/{hypervisor_id}/uptime',
    summary: 'Would tell how long a host has been up: hosts here do not say.',
    until: 87,
    access: 'token',
    operations: [hostGet, hostList],
    status: 200,
    async run(x) {
      const host = await readHost(x)
      // As Nova answers for drivers that cannot tell.
      return x.refuse(x.version >= 53 ? 400 : 501, `${host.name} does not tell its uptime.`)
    },
  }),
  endpoint({
    id: 'compute.hypervisors.search',
    method: 'GET',
    path: '/os-hypervisors/{hypervisor_id}/search',
    summary: 'Finds hosts by a part of their names.',
    until: 52,
    access: 'token',
    operations: [hostList],
    status: 200,
    async run(x) {
      x.requireOperator()
      const hosts = await hostsNamed(x, x.param('hypervisor_id'))
      return json({ hypervisors: hosts.map((host) => hypervisorSummary(host, x.version)) })
    },
  }),
  endpoint({
    id: 'compute.hypervisors.servers',
    method: 'GET',
    path: '/os-hypervisors/{hypervisor_id}/servers',
    summary: 'Lists the servers of hosts, which are found by a part of their names.',
    until: 52,
    access: 'token',
    operations: [hostList, hostServers, serverGetDetails],
    status: 200,
    async run(x) {
      x.requireOperator()
      const bodies: object[] = []
      for (const host of await hostsNamed(x, x.param('hypervisor_id'))) {
        const servers = await serversOf(x, host)
        const more = servers.length > 0 ? { servers } : {}
        bodies.push({ ...hypervisorSummary(host, x.version), ...more })
      }
      return json({ hypervisors: bodies })
    },
  }),
]
