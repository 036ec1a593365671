// A web tier from nothing: 500 servers that boot from volumes and mount a share, behind a load
// balancer with a public address; its site in object storage; what it used; and all of it again
// from one stack template.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createCloud } from '@nephos/sdk'

const count = 500
await using cloud = await createCloud()
const { system } = cloud

/** Nothing is under way, and every invariant holds. */
async function atRest(what: string): Promise<void> {
  assert.equal(await cloud.settle({ timeoutMs: 120_000 }), 0)
  assert.deepEqual(await cloud.audit(), [])
  console.log(what)
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

// What operators provide: hosts, room for volumes, a flavor, the outside, and limits that fit.
await system.hosts.create({
  hosts: Array.from({ length: 60 }, (_, i) => ({
    name: `host-${i}`,
    zone: `zone-${i % 3}`,
    inventory: { VCPU: 64, MEMORY_MB: 262_144, DISK_GB: 4_000 },
  })),
})
await system.volumePools.create({ name: 'ceph#ssd', totalGb: 50_000 })
const flavor = await system.flavors.create({ name: 'm1.small', vcpus: 2, ramMb: 4_096, diskGb: 0 })
const ops = await cloud.project('ops')
const internet = await system.networks.create({
  name: 'internet',
  external: true,
  projectId: ops.id,
})
await system.subnets.create({ networkId: internet.id, cidr: '203.0.113.0/24' })
const acme = await cloud.project('acme')
await system.quotas.set({
  projectId: acme.id,
  limits: { instances: 2_000, cores: 4_000, ram: -1, ports: 3_000, volumes: 2_000, gigabytes: -1 },
})

const image = await acme.images.create({ name: 'web', diskFormat: 'raw', containerFormat: 'bare' })
await acme.images.upload({ id: image.id }, new Blob(['a very small disk']).stream())
await atRest('an image')

const network = await acme.networks.create({ name: 'web' })
const v4 = await acme.subnets.create({ networkId: network.id, cidr: '10.0.0.0/16' })
await acme.subnets.create({ networkId: network.id, cidr: '2001:db8:0:1::/64' })
const router = await acme.routers.create({
  name: 'edge',
  externalGateway: { networkId: internet.id },
})
await acme.routers.addInterface({ id: router.id, subnetId: v4.id })
await atRest('a network with two subnets and a router')

const [balanced, web] = await Promise.all([
  acme.securityGroups.create({ name: 'balanced' }),
  acme.securityGroups.create({ name: 'web' }),
])
await acme.securityGroupRules.create({
  ...{ groupId: balanced.id, direction: 'ingress', etherType: 'IPv4' },
  ...{ protocol: 'tcp', portRangeMin: 80, portRangeMax: 80, remoteIpPrefix: '0.0.0.0/0' },
})
await acme.securityGroupRules.create({
  ...{ groupId: web.id, direction: 'ingress', etherType: 'IPv4' },
  ...{ protocol: 'tcp', portRangeMin: 80, portRangeMax: 80, remoteGroupId: balanced.id },
})
await atRest('security groups')

const share = await acme.shares.create({ name: 'data', sizeGb: 100 })
assert.equal(await cloud.settle({ timeoutMs: 120_000 }), 0)
await acme.shares.access.create({ shareId: share.id, type: 'ip', to: v4.cidr })
await atRest('a share')
const shared = await acme.shares.get({ id: share.id })
assert.equal(shared.status, 'available')
const cloudConfig = `#cloud-config\nmounts: [['${shared.exportLocations[0]}', /srv, nfs]]\n`

const batch = await acme.servers.create({
  name: 'web',
  minCount: count,
  flavorId: flavor.id,
  bootVolume: { imageId: image.id, sizeGb: 10, deleteOnTermination: true },
  networks: [{ networkId: network.id }],
  securityGroupIds: [web.id],
  userData: Buffer.from(cloudConfig).toString('base64'),
})
const { active } = await batch.done()
assert.equal(active, count)
await atRest(`${count} servers, each on a volume of its own`)

const ports = (await all(acme.ports.list({ networkId: network.id }))).filter(
  ({ deviceOwner }) => deviceOwner === 'compute:nova',
)
const members = ports.flatMap(({ fixedIps }) =>
  fixedIps
    .filter(({ subnetId }) => subnetId === v4.id)
    .map(({ address }) => ({ address, protocolPort: 80 })),
)
assert.equal(members.length, count)
const balancer = await acme.loadBalancers.create({
  name: 'web',
  vip: { subnetId: v4.id },
  listeners: [{ protocol: 'HTTP', protocolPort: 80, defaultPool: 'web' }],
  pools: [
    {
      name: 'web',
      protocol: 'HTTP',
      algorithm: 'ROUND_ROBIN',
      members,
      healthMonitor: { type: 'HTTP', delayS: 5, timeoutS: 2, maxRetries: 2 },
    },
  ],
})
const [floating] = await acme.floatingIps.createMany({
  networkId: internet.id,
  floatingIps: [{ portId: balancer.vip.portId }],
})
await atRest(`a load balancer with ${count} members at ${floating?.address}`)

await acme.containers.create({ name: 'site', metadata: { owner: 'acme' } })
const page = new Blob(['<h1>hello</h1>']).stream()
await acme.objects.upload({ container: 'site', name: 'index.html', contentType: 'text/html' }, page)
await atRest('a site in object storage')

const now = Date.now()
const { usage } = await acme.usage.get({ from: now - 3_600_000, to: now })
for (const { resource, unitHours } of usage) {
  if (unitHours > 0) console.log(`  ${resource}: ${unitHours.toFixed(4)} unit hours`)
}

// All of it again, as one template.
const template = readFileSync(new URL('web-tier.yaml', import.meta.url), 'utf8')
const parameters = { image: image.id, flavor: flavor.id, internet: internet.id, count }
const { added } = await acme.stacks.preview({ name: 'tier', template, parameters })
console.log(`the stack would have ${added.length} resources`)
const { id } = await acme.stacks.create({ name: 'tier', template, parameters })
const made = await acme.stacks.done({ id })
assert.ok(made)
assert.equal(made.stackStatus, 'CREATE_COMPLETE', made.reason)
const url = made.outputs.find(({ name }) => name === 'url')?.value
assert.ok(typeof url === 'string')
await atRest(`a stack of it all, at ${url}`)
const update = { id, template, parameters: { ...parameters, count: 600 } }
const plan = await acme.stacks.previewUpdate(update)
console.log(`${plan.added.length} more, ${plan.replaced.length} replaced`)
// Servers, and members of the pool.
assert.equal(plan.added.length, 200)
assert.equal(plan.replaced.length + plan.deleted.length, 0)
await acme.stacks.update(update)
assert.equal((await acme.stacks.done({ id }))?.stackStatus, 'UPDATE_COMPLETE')
assert.equal((await all(acme.servers.list({}))).length, count + 600)
await atRest('the stack has 600 servers')

// A new image, by rolling batches; then a change that fails, and is taken back.
const next = await acme.images.create({ name: 'web-2', diskFormat: 'raw', containerFormat: 'bare' })
await acme.images.upload({ id: next.id }, new Blob(['another small disk']).stream())
const rolled = { ...update.parameters, image: next.id }
await acme.stacks.update({ id, template, parameters: rolled })
assert.equal((await acme.stacks.done({ id }))?.stackStatus, 'UPDATE_COMPLETE')
const volumes = await all(acme.volumes.list({}))
const isNew = (volume: (typeof volumes)[number]): boolean => volume.source?.id === next.id
assert.equal(volumes.filter(isNew).length, 600)
await atRest('the servers run the new image')
const tooMany = { ...rolled, count: 1_000 }
await system.quotas.set({ projectId: acme.id, limits: { instances: 1_200 } })
await acme.stacks.update({ id, template, parameters: tooMany, rollback: true })
const back = await acme.stacks.done({ id })
assert.equal(back?.stackStatus, 'ROLLBACK_COMPLETE')
assert.equal((await all(acme.servers.list({}))).length, count + 600)
const events = await all(acme.stacks.events.list({ stackId: id }))
const why = events.findLast(({ status }) => status === 'FAILED')
await atRest(`taken back, because: ${why?.reason}`)
await acme.stacks.delete({ id })
assert.equal(await acme.stacks.done({ id }), null)
await atRest('the stack is gone')

await acme.loadBalancers.delete({ id: balancer.id, cascade: true })
await acme.servers.delete({ batchId: batch.id })
await acme.shares.delete({ id: share.id })
await atRest('so are the servers and the share')
