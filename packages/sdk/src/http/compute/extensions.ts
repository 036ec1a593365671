import { CloudError } from '@nephos/core'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

/** What there is beside servers, images and flavors, by the aliases of old: name and meaning. */
const known: Readonly<Record<string, readonly [name: string, meaning: string]>> = {
  'os-aggregates': ['Aggregates', 'Sets of hosts.'],
  'os-availability-zone': ['AvailabilityZone', 'Availability zones.'],
  'os-extended-volumes': ['ExtendedVolumes', 'Volumes of servers.'],
  'os-extended-availability-zone': ['ExtendedAvailabilityZone', 'Zones of servers.'],
  'os-flavor-access': ['FlavorAccess', 'Private flavors.'],
  'os-flavor-extra-specs': ['FlavorExtraSpecs', 'Extra specs of flavors.'],
  'os-floating-ips': ['FloatingIps', 'Floating IP addresses.'],
  'os-consoles': ['Consoles', 'Console output of servers, and ways to their consoles.'],
  'os-hosts': ['Hosts', 'Hosts, as they were shown of old.'],
  'os-hypervisors': ['Hypervisors', 'Hosts and what they hold.'],
  'os-instance-actions': ['InstanceActions', 'What was done to servers.'],
  'os-keypairs': ['Keypairs', 'Key pairs of users.'],
  'os-lock-server': ['LockServer', 'Servers that cannot be changed.'],
  'os-multiple-create': ['MultipleCreate', 'Many servers in one request.'],
  'os-pause-server': ['PauseServer', 'Servers that stand still.'],
  'os-quota-sets': ['Quotas', 'Limits of projects.'],
  'os-rescue': ['Rescue', 'Servers started from another image.'],
  'os-security-groups': ['SecurityGroups', 'Groups of rules for ports.'],
  'os-server-groups': ['ServerGroups', 'Servers that belong together, or apart.'],
  'os-server-external-events': ['ServerExternalEvents', 'Events from other services.'],
  'os-services': ['Services', 'Services of hosts.'],
  'os-simple-tenant-usage': ['SimpleTenantUsage', 'What projects used.'],
  'os-suspend-server': ['SuspendServer', 'Servers that were put to sleep.'],
  'os-volumes': ['Volumes', 'Volumes.'],
}

function body(alias: string): object | undefined {
  const row = known[alias]
  return (
    row && {
      alias,
      name: row[0],
      description: row[1],
      namespace: 'http://docs.openstack.org/compute/ext/fake_xml',
      updated: '2014-12-03T00:00:00Z',
      links: [],
    }
  )
}

/** https://docs.openstack.org/api-ref/compute/#extensions-extensions-deprecated */
export const extensions: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.extensions.list',
    method: 'GET',
    path: '/extensions',
    summary: 'Lists what there is, by the names of old.',
    access: 'token',
    operations: [],
    status: 200,
    run: () => json({ extensions: Object.keys(known).map(body) }),
  }),
  endpoint({
    id: 'compute.extensions.show',
    method: 'GET',
    path: '/extensions/{alias}',
    summary: 'Shows one of them.',
    access: 'token',
    operations: [],
    status: 200,
    run(x) {
      const alias = x.param('alias')
      const extension = Object.hasOwn(known, alias) ? body(alias) : undefined
      if (extension) return json({ extension })
      throw new CloudError('notFound', 'There is no such extension.', { field: 'alias' })
    },
  }),
]
