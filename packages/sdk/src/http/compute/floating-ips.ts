import {
  CloudError,
  type FloatingIp,
  floatingIpCreate,
  floatingIpDelete,
  floatingIpGet,
  floatingIpList,
  networkList,
  portList,
} from '@nephos/core'
import { z } from 'zod'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json } from '../reply.ts'

type Asking = Exchange<unknown, unknown>

/** The last microversion that speaks of them: those after it leave them to Neutron. */
const until = 35
const most = 1_000

interface Pool {
  readonly id: string
  readonly name: string
}

const pools = (x: Asking): Promise<readonly Pool[]> =>
  x.invoke(networkList, { external: true, limit: most })

/** The pool and the server of each: of the ports of the project. */
async function bodies(x: Asking, rows: readonly FloatingIp[]): Promise<object[]> {
  const isUsed = rows.some(({ target }) => target !== null)
  const [networks, ports] = await Promise.all([
    pools(x),
    isUsed ? x.invoke(portList, { limit: most }) : [],
  ])
  return rows.map(({ id, address, networkId, target }) => ({
    id,
    ip: address,
    pool: networks.find((one) => one.id === networkId)?.name ?? networkId,
    fixed_ip: target?.fixedIp.address ?? null,
    instance_id: ports.find((port) => port.id === target?.portId)?.deviceId ?? null,
  }))
}

async function bodyOf(x: Asking, row: FloatingIp): Promise<object> {
  const [body] = await bodies(x, [row])
  return { floating_ip: body }
}

async function poolNamed(x: Asking, name: string | null | undefined): Promise<Pool> {
  const all = await pools(x)
  const found = name ? all.find((one) => one.name === name || one.id === name) : all[0]
  if (found) return found
  throw new CloudError('notFound', 'Floating IP pool not found.', { field: 'pool' })
}

/** @throws CloudError `notFound`: what is no id names nothing. */
function idOf(x: Asking): string {
  const id = x.param('floating_ip_id')
  if (/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id)) return id
  throw new CloudError('notFound', `Floating IP not found for ID ${id.slice(0, 64)}`, {
    field: 'floating_ip_id',
  })
}

/** https://docs.openstack.org/api-ref/compute/#floating-ips-os-floating-ips-deprecated */
export const floatingIps: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.floatingIpPools.list',
    method: 'GET',
    path: '/os-floating-ip-pools',
    summary: 'Lists external networks.',
    until,
    access: 'token',
    operations: [networkList],
    status: 200,
    run: async (x) => json({ floating_ip_pools: (await pools(x)).map(({ name }) => ({ name })) }),
  }),
  endpoint({
    id: 'compute.floatingIps.list',
    method: 'GET',
    path: '/os-floating-ips',
    summary: 'Lists floating IPs.',
    until,
    access: 'token',
    operations: [floatingIpList, networkList, portList],
    status: 200,
    async run(x) {
      const rows = await x.invoke(floatingIpList, { limit: most })
      return json({ floating_ips: await bodies(x, rows) })
    },
  }),
  endpoint({
    id: 'compute.floatingIps.create',
    method: 'POST',
    path: '/os-floating-ips',
    summary: 'Takes an address of an external network.',
    until,
    access: 'token',
    operations: [floatingIpCreate, networkList, portList],
    body: z.strictObject({ pool: z.string().max(255).nullish() }).default({}),
    status: 200,
    async run(x) {
      const { id: networkId } = await poolNamed(x, x.body.pool)
      return json(await bodyOf(x, await x.invoke(floatingIpCreate, { networkId })))
    },
  }),
  endpoint({
    id: 'compute.floatingIps.show',
    method: 'GET',
    path: '/os-floating-ips/{floating_ip_id}',
    summary: 'Shows a floating IP.',
    until,
    access: 'token',
    operations: [floatingIpGet, networkList, portList],
    status: 200,
    run: async (x) => json(await bodyOf(x, await x.invokeAny(floatingIpGet, { id: idOf(x) }))),
  }),
  endpoint({
    id: 'compute.floatingIps.delete',
    method: 'DELETE',
    path: '/os-floating-ips/{floating_ip_id}',
    summary: 'Gives an address back.',
    until,
    access: 'token',
    operations: [floatingIpDelete],
    status: 202,
    async run(x) {
      await x.invokeAny(floatingIpDelete, { ids: [idOf(x)] })
      return {}
    },
  }),
]
