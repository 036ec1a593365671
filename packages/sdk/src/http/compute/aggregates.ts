import {
  aggregateAddHosts,
  aggregateCreate,
  aggregateDelete,
  aggregateHosts,
  aggregateList,
  aggregateRemoveHosts,
  aggregateSetMetadata,
  aggregateUpdate,
  type AggregateView,
  CloudError,
  type Host,
  hostGet,
  hostList,
  hostUpdate,
} from '@nephos/core'
import {
  aggregateAction,
  aggregateBody,
  aggregateChange,
  aggregateNew,
  zoneKey,
} from '../../wire/compute/aggregate.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json, nothing, type Reply } from '../reply.ts'

type Asking = Exchange<unknown, unknown>

/** Aggregates that a list shows, and hosts that are shown of them: the interface knows no pages. */
const most = 1_000
/** Of hosts that are in no aggregate with a zone. */
const defaultZone = 'nova'

/** The aggregate of the path. @throws CloudError `notFound`. */
async function readAggregate(x: Asking): Promise<AggregateView> {
  const text = x.param('aggregate_id')
  if (/^[1-9]\d{0,9}$/.test(text)) {
    const [row] = await x.invoke(aggregateList, { number: Number(text), limit: 1 })
    if (row) return row
  }
  throw new CloudError('notFound', `Aggregate ${text.slice(0, 64)} could not be found.`, {
    field: 'aggregate_id',
  })
}

async function hostsOf(x: Asking, { id, hostCount }: AggregateView): Promise<Host[]> {
  if (hostCount === 0) return []
  const ids = await x.invoke(aggregateHosts, { id, limit: most })
  return ids.length === 0 ? [] : await x.invoke(hostGet, { ids })
}

async function shown(x: Asking, row: AggregateView): Promise<Reply> {
  return json({ aggregate: aggregateBody(row, await hostsOf(x, row), x.version) })
}

async function hostNamed(x: Asking, name: string): Promise<Host> {
  const [host] = await x.invoke(hostList, { name, limit: 1 })
  if (host) return host
  throw new CloudError('notFound', `Compute host ${name} could not be found.`, { field: 'host' })
}

/** Hosts are of the zone of their aggregate; one that holds servers stays in its zone. */
async function moveHost(x: Asking, host: Host, zone: string): Promise<void> {
  if (host.zone === zone) return
  await x.invoke(hostUpdate, { id: host.id, zone }, { step: `zone.${host.id}` })
}

async function addHost(x: Asking, row: AggregateView, name: string): Promise<void> {
  const host = await hostNamed(x, name)
  if (host.aggregateIds.includes(row.id)) {
    throw new CloudError('conflict', `Aggregate ${row.number} already has host ${name}.`, {
      field: 'host',
    })
  }
  const zone = row.metadata[zoneKey]
  if (zone !== undefined) await moveHost(x, host, zone)
  await x.invoke(aggregateAddHosts, { id: row.id, hostIds: [host.id] })
}

async function removeHost(x: Asking, row: AggregateView, name: string): Promise<void> {
  const host = await hostNamed(x, name)
  if (!host.aggregateIds.includes(row.id)) {
    throw new CloudError('notFound', `Aggregate ${row.number} has no host ${name}.`, {
      field: 'host',
    })
  }
  if (row.metadata[zoneKey] !== undefined) await moveHost(x, host, defaultZone)
  await x.invoke(aggregateRemoveHosts, { id: row.id, hostIds: [host.id] })
}

async function setMetadata(
  x: Asking,
  row: AggregateView,
  items: Readonly<Record<string, string | null>>,
): Promise<void> {
  const zone = items[zoneKey]
  if (zone !== undefined && (zone ?? undefined) !== row.metadata[zoneKey]) {
    for (const host of await hostsOf(x, row)) await moveHost(x, host, zone ?? defaultZone)
  }
  const set = Object.entries(items).filter((item): item is [string, string] => item[1] !== null)
  const remove = Object.keys(items).filter((key) => items[key] === null)
  await x.invoke(aggregateSetMetadata, { id: row.id, metadata: Object.fromEntries(set), remove })
}

/** https://docs.openstack.org/api-ref/compute/#host-aggregates-os-aggregates */
export const aggregates: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.aggregates.list',
    method: 'GET',
    path: '/os-aggregates',
    summary: 'Lists aggregates with their hosts.',
    access: 'token',
    operations: [aggregateList, hostList],
    status: 200,
    async run(x) {
      const rows = await x.invoke(aggregateList, { limit: most })
      const hosts = rows.some(({ hostCount }) => hostCount > 0) ? await everyHost(x) : []
      const members = new Map<string, Host[]>(rows.map(({ id }) => [id, []]))
      for (const host of hosts) for (const id of host.aggregateIds) members.get(id)?.push(host)
      return json({
        aggregates: rows.map((row) => aggregateBody(row, members.get(row.id) ?? [], x.version)),
      })
    },
  }),
  endpoint({
    id: 'compute.aggregates.create',
    method: 'POST',
    path: '/os-aggregates',
    summary: 'Creates an aggregate, of an availability zone or of none.',
    access: 'token',
    operations: [aggregateCreate],
    body: aggregateNew,
    status: 200,
    async run(x) {
      const { name, availability_zone: zone } = x.body.aggregate
      const metadata: Record<string, string> = zone ? { [zoneKey]: zone } : {}
      const row = await x.invoke(aggregateCreate, { name, metadata })
      return json({ aggregate: aggregateBody(row, undefined, x.version) })
    },
  }),
  endpoint({
    id: 'compute.aggregates.show',
    method: 'GET',
    path: '/os-aggregates/{aggregate_id}',
    summary: 'Shows an aggregate with its hosts.',
    access: 'token',
    operations: [aggregateList, aggregateHosts, hostGet],
    status: 200,
    run: async (x) => shown(x, await readAggregate(x)),
  }),
  endpoint({
    id: 'compute.aggregates.update',
    method: 'PUT',
    path: '/os-aggregates/{aggregate_id}',
    summary: 'Renames an aggregate, or moves its hosts to an availability zone.',
    access: 'token',
    operations: [
      ...[aggregateList, aggregateUpdate, aggregateSetMetadata, aggregateHosts],
      ...[hostGet, hostUpdate],
    ],
    body: aggregateChange,
    status: 200,
    async run(x) {
      const row = await readAggregate(x)
      const { name, availability_zone: zone } = x.body.aggregate
      if (name !== undefined && name !== row.name) {
        await x.invoke(aggregateUpdate, { id: row.id, name })
      }
      if (zone !== undefined) await setMetadata(x, row, { [zoneKey]: zone })
      return shown(x, await readAggregate(x))
    },
  }),
  endpoint({
    id: 'compute.aggregates.delete',
    method: 'DELETE',
    path: '/os-aggregates/{aggregate_id}',
    summary: 'Removes an aggregate that has no hosts.',
    access: 'token',
    operations: [aggregateList, aggregateDelete],
    status: 200,
    async run(x) {
      const { id } = await readAggregate(x)
      await x.invoke(aggregateDelete, { id })
      return nothing
    },
  }),
  endpoint({
    id: 'compute.aggregates.action',
    method: 'POST',
    path: '/os-aggregates/{aggregate_id}/action',
    summary: 'Puts a host in or takes it out; sets metadata.',
    access: 'token',
    operations: [
      ...[aggregateList, aggregateAddHosts, aggregateRemoveHosts, aggregateSetMetadata],
      ...[aggregateHosts, hostGet, hostList, hostUpdate],
    ],
    body: aggregateAction,
    status: 200,
    async run(x) {
      const row = await readAggregate(x)
      const { body } = x
      if ('add_host' in body) await addHost(x, row, body.add_host.host)
      else if ('remove_host' in body) await removeHost(x, row, body.remove_host.host)
      else await setMetadata(x, row, body.set_metadata.metadata)
      return shown(x, await readAggregate(x))
    },
  }),
]

/** Hosts that lists without pages look at. */
const mostHosts = 100_000

/** All hosts, a page at a time. */
export async function everyHost(x: Asking): Promise<Host[]> {
  const hosts: Host[] = []
  for (let marker: string | undefined; hosts.length < mostHosts;) {
    const after = marker === undefined ? {} : { marker }
    const page = await x.invoke(hostList, { limit: most, ...after })
    hosts.push(...page)
    marker = page.at(-1)?.id
    if (page.length < most) break
  }
  return hosts
}
