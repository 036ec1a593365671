import { CloudError, poolList, poolUpdate, type VolumePoolView, volumeSummary } from '@nephos/core'
import { z } from 'zod'
import {
  backendHost,
  capabilitiesBody,
  hostBody,
  poolBody,
  serviceBody,
  type ServiceRow,
  servicesOf,
} from '../../wire/volume/pool.ts'
import { poolHost } from '../../wire/volume/volume.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, flag } from '../paging.ts'
import { json } from '../reply.ts'

function readPools(x: Exchange<unknown, unknown>): Promise<VolumePoolView[]> {
  return x.invokeAs(x.requireOperator(), poolList, {})
}

async function readServices(x: Exchange<unknown, unknown>): Promise<readonly ServiceRow[]> {
  return servicesOf(await readPools(x), x.plane.kernel.clock.now())
}

/** A host with or without its back-end: `nephos`, `nephos@lvm`. */
function isOn(row: ServiceRow, host: string | undefined): boolean {
  return host === undefined || row.host === host || row.host.split('@')[0] === host
}

const serviceChange = z.strictObject({
  host: z.string().min(1).max(255),
  binary: z.string().min(1).max(255).optional(),
  service: z.string().min(1).max(255).optional(),
  disabled_reason: z.string().min(1).max(255).optional(),
})

/** Whether the pools of a back-end take volumes. */
const switches = [
  ['enable', true],
  ['disable', false],
  ['disable-log-reason', false],
] as const

/** https://docs.openstack.org/api-ref/block-storage/v3/#services-os-services */
export const services: readonly EndpointRow[] = [
  endpoint({
    id: 'volume.services.list',
    method: 'GET',
    path: '/os-services',
    summary: 'Lists what runs block storage.',
    access: 'token',
    operations: [poolList],
    status: 200,
    async run(x) {
      const binary = first(x.query, 'binary')
      const host = first(x.query, 'host')
      const rows = (await readServices(x)).filter(
        (row) => (binary === undefined || row.binary === binary) && isOn(row, host),
      )
      return json({ services: rows.map((row) => serviceBody(row, x.version)) })
    },
  }),
  ...switches.map(([verb, enabled]) =>
    endpoint({
      id: `volume.services.${verb}`,
      method: 'PUT',
      path: `/os-services/${verb}`,
      summary: enabled ? 'Has a back-end take volumes.' : 'Has a back-end take no new volumes.',
      access: 'token',
      operations: [poolList, poolUpdate],
      body: serviceChange,
      status: 200,
      async run(x) {
        const { host, binary, service, disabled_reason: reason } = x.body
        const name = binary ?? service
        if (name === undefined) return x.refuse(400, 'binary: is needed.', 'binary')
        if (verb === 'disable-log-reason' && reason === undefined) {
          return x.refuse(400, 'disabled_reason: is needed.', 'disabled_reason')
        }
        const pools = (await readPools(x)).filter(
          (pool) => name === 'cinder-volume' && backendHost(pool.backend) === host,
        )
        if (pools.length === 0) throw new CloudError('notFound', 'No such service.')
        const disabledReason = enabled ? null : (reason ?? null)
        for (const { id } of pools) {
          await x.invoke(poolUpdate, { id, enabled, disabledReason }, { step: id })
        }
        const status = enabled ? 'enabled' : 'disabled'
        const row = { host, service: name, binary: name, disabled: !enabled, status }
        return json(verb === 'disable' ? row : { ...row, disabled_reason: disabledReason })
      },
    }),
  ),
  ...(['freeze', 'thaw', 'failover_host'] as const).map((verb) =>
    endpoint({
      id: `volume.services.${verb}`,
      method: 'PUT',
      path: `/os-services/${verb}`,
      summary: 'Refused: back-ends here have no replicas to change to.',
      access: 'token',
      operations: [poolList],
      body: serviceChange.extend({ backend_id: z.string().nullish() }),
      status: 200,
      async run(x) {
        const isKnown = (await readServices(x)).some((row) => row.host === x.body.host)
        return isKnown
          ? x.refuse(501, 'Back-ends here have no replicas.', 'host')
          : x.refuse(400, 'host: there is no such service.', 'host')
      },
    }),
  ),
  endpoint({
    id: 'volume.hosts.list',
    method: 'GET',
    path: '/os-hosts',
    summary: 'Lists the hosts that run block storage.',
    access: 'token',
    operations: [poolList],
    status: 200,
    run: async (x) => json({ hosts: (await readServices(x)).map((row) => hostBody(row)) }),
  }),
  endpoint({
    id: 'volume.hosts.get',
    method: 'GET',
    path: '/os-hosts/{host}',
    summary: 'Shows how much is on a host.',
    access: 'token',
    operations: [poolList, volumeSummary],
    status: 200,
    async run(x) {
      const operator = x.requireOperator()
      const host = x.param('host')
      const pools = (await readPools(x)).filter(({ backend }) => backendHost(backend) === host)
      if (pools.length === 0) throw new CloudError('notFound', 'No such host.', { field: 'host' })
      const sums = await Promise.all(
        pools.map(({ name }) => x.invokeAs(operator, volumeSummary, { pool: name })),
      )
      const total = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0)
      const [count, gb] = [total(sums.map((s) => s.count)), total(sums.map((s) => s.gigabytes))]
      const resource = {
        host,
        project: '(total)',
        volume_count: String(count),
        total_volume_gb: String(gb),
        snapshot_count: String(total(pools.map(({ volumes }) => volumes)) - count),
        total_snapshot_gb: String(total(pools.map(({ allocatedGb }) => allocatedGb)) - gb),
      }
      return json({ host: [{ resource }] })
    },
  }),
  endpoint({
    id: 'volume.pools.list',
    method: 'GET',
    path: '/scheduler-stats/get_pools',
    summary: 'Lists the pools of all back-ends.',
    access: 'token',
    operations: [poolList],
    status: 200,
    async run(x) {
      const isDetailed = flag(x.query, 'detail') === true
      const name = first(x.query, 'name')
      const pools = (await readPools(x)).filter(
        (pool) => name === undefined || poolHost(pool.name) === name,
      )
      return json({ pools: pools.map((pool) => poolBody(pool, isDetailed)) })
    },
  }),
  endpoint({
    id: 'volume.capabilities.get',
    method: 'GET',
    path: '/capabilities/{host}',
    summary: 'Shows what a back-end can do.',
    access: 'token',
    operations: [poolList],
    status: 200,
    async run(x) {
      const host = x.param('host')
      const pools = await readPools(x)
      const pool = pools.find(
        ({ name, backend }) => poolHost(name) === host || backendHost(backend) === host,
      )
      if (!pool) throw new CloudError('notFound', 'No such host.', { field: 'host' })
      return json(capabilitiesBody(pool))
    },
  }),
]
