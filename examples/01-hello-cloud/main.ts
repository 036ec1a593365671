// A cloud in memory, on simulated hosts: one request for 500 servers, followed to ACTIVE.
import { strict as assert } from 'node:assert'
import { createCloud } from '@nephos/sdk'

await using cloud = await createCloud()
await cloud.system.hosts.create({
  hosts: Array.from({ length: 60 }, (_, i) => ({
    name: `host-${i}`,
    zone: `zone-${i % 3}`,
    inventory: { VCPU: 64, MEMORY_MB: 262_144, DISK_GB: 4_000 },
  })),
})
const flavor = await cloud.system.flavors.create({
  name: 'm1.small',
  vcpus: 2,
  ramMb: 4_096,
  diskGb: 20,
})

const acme = await cloud.project('acme')
const image = await acme.images.create({ name: 'tiny', diskFormat: 'raw', containerFormat: 'bare' })
await acme.images.upload({ id: image.id }, new Blob(['hello']).stream())
const network = await acme.networks.create({ name: 'backend' })
await acme.subnets.create({ networkId: network.id, cidr: '10.0.0.0/16' })

const batch = await acme.servers.create({
  name: 'web',
  minCount: 500,
  flavorId: flavor.id,
  imageId: image.id,
  networks: [{ networkId: network.id }],
})
for await (const { active, count } of batch.progress()) console.log(`${active} of ${count} ACTIVE`)
const { servers } = await batch.done()
assert.equal(servers.filter((server) => server.status === 'ACTIVE').length, 500)
assert.deepEqual(await cloud.audit(), [])
