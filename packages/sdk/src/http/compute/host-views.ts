import { CloudError, hostList, hostLoads } from '@nephos/core'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first } from '../paging.ts'
import { json } from '../reply.ts'
import { everyHost } from './aggregates.ts'

/** The last microversion that speaks of hosts so: those after it speak of services. */
const until = 42

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
      const name = x.param('host_name')
      const [host] = name.length > 255 ? [] : await x.invoke(hostList, { name, limit: 1 })
      if (!host) {
        throw new CloudError('notFound', `Host ${name.slice(0, 255)} could not be found.`, {
          field: 'host_name',
        })
      }
      const [load] = await x.invoke(hostLoads, { ids: [host.id] })
      const of = (part: 'total' | 'used', project: string): object => {
        const amount = (key: string): number => load?.classes[key]?.[part] ?? 0
        return {
          resource: {
            host: name,
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
]
