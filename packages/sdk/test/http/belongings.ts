import type { Answer, Client, Door } from './door.ts'

/** What project `demo` owns, which strangers try to reach. */
export interface Belongings {
  /**
   * What is foreign in a place of a path, by the interface and the segment before it: `compute`,
   * `servers`. Undefined for what no project owns.
   */
  foreign(api: string, collection: string): string | undefined
  /** True for places that name what all projects share, or a part of what was named before. */
  isCommon(api: string, collection: string): boolean
  /** Every foreign id, for tests that compare answers. */
  readonly ids: readonly string[]
}

/** Catalogues that every project reads, and words of users’ own within what is named before. */
const common = new Set([
  ...['identity/services', 'identity/endpoints', 'identity/regions', 'network/agents'],
  'share/os-quota-sets',
  ...['network/tags', 'network/extensions', 'network/quotas', 'network/rule-types'],
  ...['compute/metadata', 'compute/tags', 'compute/ips', 'compute/os-instance-actions'],
  ...['compute/flavors', 'compute/os-extra_specs', 'compute/os-keypairs'],
  ...['compute/os-quota-sets', 'compute/os-quota-class-sets', 'compute/os-aggregates'],
  ...[
    'compute/os-instance_usage_audit_log',
    'compute/os-hypervisors',
    'compute/os-services',
    'compute/os-hosts',
  ],
  ...['compute/os-simple-tenant-usage', 'compute/extensions', 'compute/os-migrations'],
  ...['volume/metadata', 'volume/encryption', 'volume/types', 'volume/extra_specs'],
  ...['volume/qos-specs', 'volume/group_types', 'volume/group_specs', 'volume/messages'],
  ...['volume/os-quota-sets', 'volume/os-quota-class-sets', 'volume/os-hosts'],
  ...['volume/capabilities', 'image/stores', 'image/tags', 'image/members', 'image/tasks'],
  ...['image/objects', 'image/properties', 'image/resource_types'],
  ...['placement/resource_providers', 'placement/inventories', 'placement/resource_classes'],
  ...['placement/traits', 'placement/allocations', 'load-balancer/providers'],
  ...['load-balancer/quotas', 'orchestration/outputs', 'orchestration/resources'],
  ...['orchestration/events', 'orchestration/resource_types', 'orchestration/template_versions'],
  'orchestration/metadata',
  ...['share/quota-sets', 'share/quota-class-sets', 'share/types', 'share/metadata'],
  ...['share/export_locations', 'share/snapshots', 'share/share-access-rules'],
  ...['volume/groups', 'volume/group_snapshots', 'network/subnetpools'],
  ...['identity/tags', 'identity/implies', 'identity/roles', 'identity/access_rules'],
  ...['identity/application_credentials', 'identity/OS-EC2', 'identity/trusts'],
])

type Ids = Map<string, string>

/** Makes one of each thing that a project can own, in project `demo`. */
export async function belongingsOf(door: Door): Promise<Belongings> {
  const found: Ids = new Map()
  await networking(door, found)
  await images(door.demo, found)
  await definitions(door, found)
  await servers(door.demo, found)
  await volumes(door.demo, found)
  await balancers(door.demo, found)
  await stacks(door.demo, found)
  await shares(door.demo, found)
  await people(door, found)
  passedOn(found)
  return {
    foreign: (api, collection) => found.get(`${api}/${collection}`),
    isCommon: (api, collection) => common.has(`${api}/${collection}`),
    ids: [...new Set(found.values())],
  }
}

/** What Nova passes on to others, by their ids. */
function passedOn(found: Ids): void {
  for (const [own, other] of [
    ['os-networks', 'network/networks'],
    ['os-tenant-networks', 'network/networks'],
    ['os-security-groups', 'network/security-groups'],
    ['os-security-group-rules', 'network/security-group-rules'],
    ['os-floating-ips', 'network/floatingips'],
    ['os-volumes', 'volume/volumes'],
    ['os-snapshots', 'volume/snapshots'],
  ] as const) {
    const id = found.get(other)
    if (id !== undefined) found.set(`compute/${own}`, id)
  }
}

async function networking({ admin, demo }: Door, found: Ids): Promise<void> {
  const make = async (path: string, noun: string, fields: object, who = demo): Promise<string> => {
    const answer = await who.post(`/network/v2.0/${path}`, { [noun]: fields })
    return keep(found, `network/${path}`, answer, `${noun}.id`)
  }
  const networkId = await make('networks', 'network', { name: 'own' })
  const outside = await demo.get('/network/v2.0/networks?name=public')
  const ranges = { network_id: networkId, ip_version: 4, cidr: '10.77.0.0/24' }
  const subnetId = await make('subnets', 'subnet', ranges)
  await make('ports', 'port', { network_id: networkId })
  const routerId = await make('routers', 'router', {
    name: 'own',
    external_gateway_info: { network_id: outside.string('networks.0.id') },
  })
  await demo.put(`/network/v2.0/routers/${routerId}/add_router_interface`, { subnet_id: subnetId })
  await make('floatingips', 'floatingip', {
    floating_network_id: outside.string('networks.0.id'),
  })
  const groupId = await make('security-groups', 'security_group', { name: 'own' })
  await make('security-group-rules', 'security_group_rule', {
    ...{ security_group_id: groupId, direction: 'ingress', ethertype: 'IPv4', protocol: 'tcp' },
    ...{ port_range_min: 80, port_range_max: 80 },
  })
  await make('address-groups', 'address_group', { name: 'own', addresses: ['10.0.0.0/8'] })
  found.set('network/network-ip-availabilities', networkId)
  await make('subnetpools', 'subnetpool', { name: 'own', prefixes: ['10.99.0.0/16'] })
  const policy = { name: 'own', project_id: demo.projectId }
  const policyId = await make('qos/policies', 'policy', policy, admin)
  found.set('network/policies', policyId)
  const rules = `qos/policies/${policyId}/dscp_marking_rules`
  const rule = { dscp_mark: 8 }
  const ruleId = await make(rules, 'dscp_marking_rule', rule, admin)
  found.set('network/dscp_marking_rules', ruleId)
  await make('rbac-policies', 'rbac_policy', {
    ...{ object_type: 'network', object_id: networkId },
    ...{ action: 'access_as_shared', target_tenant: 'another' },
  })
}

async function images(demo: Client, found: Ids): Promise<void> {
  const image = { name: 'own', disk_format: 'raw', container_format: 'bare' }
  const answer = await demo.post('/image/v2/images', image)
  const id = keep(found, 'image/images', answer, 'id')
  found.set('image/{store_id}', id).set('compute/images', id)
}

async function definitions({ admin, demo }: Door, found: Ids): Promise<void> {
  const body = { namespace: 'OS::Own', visibility: 'private', owner: demo.projectId }
  const answer = await admin.post('/image/v2/metadefs/namespaces', body)
  keep(found, 'image/namespaces', answer, 'namespace')
}

async function servers(demo: Client, found: Ids): Promise<void> {
  const bootable = await demo.get('/image/v2/images?name=nephos-boot')
  const answer = await demo.post('/compute/v2.1/servers', {
    server: {
      ...{ name: 'own', flavorRef: '1', imageRef: bootable.string('images.0.id') },
      networks: [{ uuid: found.get('network/networks') }],
    },
  })
  keep(found, 'compute/servers', answer, 'server.id')
  const group = await demo.post(
    '/compute/v2.1/os-server-groups',
    { server_group: { name: 'own', policy: 'anti-affinity' } },
    { 'openstack-api-version': 'compute 2.64' },
  )
  keep(found, 'compute/os-server-groups', group, 'server_group.id')
}

async function volumes(demo: Client, found: Ids): Promise<void> {
  const base = `/volume/v3/${demo.projectId}`
  const make = async (path: string, noun: string, fields: object): Promise<string> => {
    const answer = await demo.post(`${base}/${path}`, { [noun]: fields })
    return keep(found, `volume/${path}`, answer, `${noun}.id`)
  }
  const volumeId = await make('volumes', 'volume', { name: 'own', size: 1 })
  const other = await demo.post(`${base}/volumes`, { volume: { name: 'offered', size: 1 } })
  for (const id of [volumeId, other.string('volume.id')]) {
    await until(
      async () => (await demo.get(`${base}/volumes/${id}`)).at('volume.status') === 'available',
    )
  }
  await make('snapshots', 'snapshot', { volume_id: volumeId, name: 'own' })
  await make('backups', 'backup', { volume_id: volumeId, name: 'own', force: true })
  const transfer = { volume_id: other.string('volume.id'), name: 'own' }
  const id = await make('os-volume-transfer', 'transfer', transfer)
  found.set('volume/volume-transfers', id)
  await until(async () => {
    return (await demo.get(`${base}/volumes/${volumeId}`)).at('volume.status') === 'available'
  })
  const attachment = await demo.post(
    `${base}/attachments`,
    { attachment: { volume_uuid: volumeId, instance_uuid: found.get('compute/servers') } },
    { 'openstack-api-version': 'volume 3.54' },
  )
  keep(found, 'volume/attachments', attachment, 'attachment.id')
}

async function shares(demo: Client, found: Ids): Promise<void> {
  const base = '/share/v2'
  const headers = { 'openstack-api-version': 'shared-file-system 2.51' }
  const share = await demo.post(
    `${base}/shares`,
    { share: { name: 'own', share_proto: 'NFS', size: 1 } },
    headers,
  )
  keep(found, 'share/shares', share, 'share.id')
}

async function balancers(demo: Client, found: Ids): Promise<void> {
  const base = '/load-balancer/v2.0/lbaas'
  const answer = await demo.post(`${base}/loadbalancers`, {
    loadbalancer: {
      ...{ name: 'own', vip_subnet_id: found.get('network/subnets') },
      listeners: [{ name: 'own', protocol: 'HTTP', protocol_port: 80 }],
    },
  })
  keep(found, 'load-balancer/loadbalancers', answer, 'loadbalancer.id')
  const listeners = await demo.get(`${base}/listeners`)
  const listenerId = keep(found, 'load-balancer/listeners', listeners, 'listeners.0.id')
  // A balancer takes one change at a time: each waits for the one before.
  const make = async (path: string, noun: string, fields: object): Promise<string> => {
    let made: Answer | undefined
    await until(async () => {
      made = await demo.post(`${base}/${path}`, { [noun]: fields })
      return made.status !== 409
    })
    const collection = path.split('/').at(-1) ?? ''
    return keep(found, `load-balancer/${collection}`, made as Answer, `${noun}.id`)
  }
  const loadbalancer = found.get('load-balancer/loadbalancers')
  const pool = { loadbalancer_id: loadbalancer, protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN' }
  const poolId = await make('pools', 'pool', pool)
  await make(`pools/${poolId}/members`, 'member', { address: '10.77.0.9', protocol_port: 80 })
  await make('healthmonitors', 'healthmonitor', {
    ...{ pool_id: poolId, type: 'TCP', delay: 5, timeout: 3, max_retries: 3 },
  })
  const policy = { listener_id: listenerId, action: 'REJECT' }
  const policyId = await make('l7policies', 'l7policy', policy)
  await make(`l7policies/${policyId}/rules`, 'rule', {
    ...{ type: 'PATH', compare_type: 'STARTS_WITH', value: '/x' },
  })
}

async function stacks(demo: Client, found: Ids): Promise<void> {
  const answer = await demo.post(`/orchestration/v1/${demo.projectId}/stacks`, {
    stack_name: 'own',
    template: { heat_template_version: '2021-04-16', resources: {} },
  })
  const id = keep(found, 'orchestration/{stack_name}', answer, 'stack.id')
  // Found by its id as well as by its name: the id is nobody else's.
  found.set('orchestration/stacks', id)
  const base = `/orchestration/v1/${demo.projectId}`
  await settled(demo, `${base}/stacks/own/${id}`)
  const snapshot = await demo.post(`${base}/stacks/own/${id}/snapshots`, {})
  keep(found, 'orchestration/snapshots', snapshot, 'id')
  const config = await demo.post(`${base}/software_configs`, { config: 'own' })
  const configId = keep(found, 'orchestration/software_configs', config, 'software_config.id')
  const deployment = await demo.post(`${base}/software_deployments`, {
    ...{ config_id: configId, server_id: found.get('compute/servers') },
  })
  keep(found, 'orchestration/software_deployments', deployment, 'software_deployment.id')
}

/** Until nothing is under way on a stack. */
async function settled(demo: Client, path: string): Promise<void> {
  while ((await demo.get(path)).string('stack.stack_status').includes('IN_PROGRESS')) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function people(door: Door, found: Ids): Promise<void> {
  found.set('identity/projects', door.demo.projectId)
  const users = await door.admin.get('/identity/v3/users?name=demo')
  keep(found, 'identity/users', users, 'users.0.id')
  const domain = await door.admin.post('/identity/v3/domains', { domain: { name: 'elsewhere' } })
  keep(found, 'identity/domains', domain, 'domain.id')
  const secret = { type: 'ec2', blob: '{"access":"a","secret":"b"}' }
  const credential = await door.demo.post('/identity/v3/credentials', {
    credential: { ...secret, user_id: users.string('users.0.id'), project_id: door.demo.projectId },
  })
  keep(found, 'identity/credentials', credential, 'credential.id')
  const group = await door.admin.post('/identity/v3/groups', { group: { name: 'own' } })
  keep(found, 'identity/groups', group, 'group.id')
}

function keep(found: Ids, place: string, answer: Answer, path: string): string {
  const id = answer.string(path)
  found.set(place, id)
  return id
}

/** Waits, a bounded time, for what a worker does. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('It did not come about.')
}
