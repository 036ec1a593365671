// A whole cloud in one process, on a clock that skips: crash it, cut it, wait an hour in no time.
import { strict as assert } from 'node:assert'
import { createCloud } from '@nephos/sdk'
import { openWorld } from '@nephos/testkit'

const world = await openWorld({
  seed: 42,
  processes: { 'api-1': 'api', 'api-2': 'api', 'worker-1': 'worker', 'worker-2': 'worker' },
  open: (ports, role) => createCloud({ ports, work: role !== 'api' }),
})
/** The automation under test sees an ordinary cloud, at whichever process answers. */
const cloud = (name = 'api-1') => world.process(name)

const { hosts } = await world.run(() =>
  cloud().system.hosts.create({
    hosts: [1, 2, 3].map((i) => ({
      name: `host-${i}`,
      zone: 'a',
      inventory: { VCPU: 16, MEMORY_MB: 65_536, DISK_GB: 1_000 },
    })),
  }),
)
const flavor = await world.run(() =>
  cloud().system.flavors.create({ name: 'small', vcpus: 1, ramMb: 1_024, diskGb: 10 }),
)
const acme = await world.run(() => cloud().project('acme'))
const image = await world.run(async () => {
  const made = await acme.images.create({
    name: 'tiny',
    diskFormat: 'raw',
    containerFormat: 'bare',
  })
  return acme.images.upload({ id: made.id }, bytes())
})

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('hello')
}

// Accepted at one process, which dies at once: nothing that was accepted is lost.
const request = { name: 'web', flavorId: flavor.id, imageId: image.id, minCount: 20 }
const batch = await world.run(() => acme.servers.create(request))
world.crash('api-1')
world.crash('worker-1')
await world.advance('2m')
const result = await world.run(async () => {
  const there = await cloud('api-2').project('acme')
  return (await there.servers.batch(batch.id)).done()
})
console.log(`${result.active} of ${result.count} ACTIVE after two crashes`)
assert.equal(result.active, 20)

// The hosts are out of reach for an hour: what runs, runs on; what is asked for waits.
world.partition('worker-2', 'hosts')
world.crashHost(hosts[0]?.id as string)
await world.advance('1h')
world.heal()
world.restoreHost(hosts[0]?.id as string)
world.restart('worker-1')
await world.advance('30m')

const findings = await world.audit()
console.log(`audit: ${findings.length} findings; trace ${world.hash}`)
assert.deepEqual(findings, [])
