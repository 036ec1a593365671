import { CloudError, type Host, hostList, hostLoads, hostUpdate } from '@nephos/core'
import { hostChange } from '../../wire/compute/service.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { first } from '../paging.ts'
import { json } from '../reply.ts'
import { everyHost } from './aggregates.ts'

/** The last microversion that speaks of hosts so: those after it speak of services. */
const until = 42

/** The host of the path. @throws CloudError `forbidden`, `notFound`. */
async function hostOf(x: Exchange<unknown, unknown>): Promise<Host> {
  x.requireOperator()
  const name = x.param('host_name')
  const [host] = name.length > 255 ? [] : await x.invoke(hostList, { name, limit: 1 })
  if (host) return host
  throw new CloudError('notFound', `Host ${name.slice(0, 255)} could not be found.`, {
    field: 'host_name',
  })
}

/**
 * Hosts as they were shown of old
 * (https://docs.openstack.org/api-ref/compute/#hosts-os-hosts-deprecated).
 */
export const hostViews: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.hosts.list',
    method: 'GET',
    path: '/os-hosts',
    summary: 'Lists hosts by their names.',
    until,
    access: 'token',
    operations: [hostList],
    status: 200,
    async run(x) {
      x.requireOperator()
      const zone = first(x.query, 'zone')
      const hosts = (await everyHost(x)).filter((host) => !zone || host.zone === zone)
      return json({
        hosts: hosts.map(({ name, zone: of }) => {
          return { host_name: name, service: 'compute', zone: of }
        }),
      })
    },
  }),
  endpoint({
    id: 'compute.hosts.show',
    method: 'GET',
    path: '/os-hosts/{host_name}',
    summary: 'Shows what a host has, and what is used of it.',
    until,
    access: 'token',
    operations: [hostList, hostLoads],
    status: 200,
    async run(x) {
      x.requireOperator()
      const host = await hostOf(x)
      const [load] = await x.invoke(hostLoads, { ids: [host.id] })
      const of = (part: 'total' | 'used', project: string): object => {
        const amount = (key: string): number => load?.classes[key]?.[part] ?? 0
        return {
          resource: {
            host: host.name,
            project,
            cpu: amount('VCPU'),
            memory_mb: amount('MEMORY_MB'),
            disk_gb: amount('DISK_GB'),
          },
        }
      }
      return json({ host: [of('total', '(total)'), of('used', '(used_now)')] })
    },
  }),
  endpoint({
    id: 'compute.hosts.update',
    method: 'PUT',
    path: '/os-hosts/{host_name}',
    summary: 'Lets a host take servers, or no more.',
    until,
    access: 'token',
    operations: [hostList, hostUpdate],
    body: hostChange,
    status: 200,
    async run(x) {
      const { id, name: host } = await hostOf(x)
      const { maintenance_mode: maintenance, status } = x.body
      if (maintenance !== undefined) throw unsupported('Maintenance mode')
      await x.invoke(hostUpdate, { id, enabled: status === 'enable' })
      return json({ host, status: status === 'enable' ? 'enabled' : 'disabled' })
    },
  }),
  ...(['startup', 'shutdown', 'reboot'] as const).map((verb) =>
    endpoint({
      id: `compute.hosts.${verb}`,
      method: 'GET',
      path: `/os-hosts/{host_name}/${verb}`,
      summary: 'Answers that no driver switches the power of hosts.',
      until,
      access: 'token',
      operations: [hostList],
      status: 200,
      async run(x) {
        await hostOf(x)
        throw unsupported('Power of hosts')
      },
    }),
  ),
]

/** What Nova's own drivers lack too. */
function unsupported(what: string): HttpError {
  return new HttpError(501, `${what} is not supported by the driver.`)
}
