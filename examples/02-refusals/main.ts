// What a refusal tells: why, and what would have fitted. Nothing is left behind.
import { strict as assert } from 'node:assert'
import { createCloud, isCloudError } from '@nephos/sdk'

const cloud = await createCloud()
await cloud.system.hosts.create({
  hosts: [
    { name: 'small', zone: 'a', inventory: { VCPU: 4, MEMORY_MB: 16_384 } },
    { name: 'large', zone: 'b', inventory: { VCPU: 32, MEMORY_MB: 65_536 } },
  ],
})
const flavor = await cloud.system.flavors.create({
  name: 'm1.medium',
  vcpus: 4,
  ramMb: 8_192,
  diskGb: 0,
})
const acme = await cloud.project('acme')
const image = await acme.images.create({ name: 'tiny', diskFormat: 'raw', containerFormat: 'bare' })
await acme.images.upload({ id: image.id }, new Blob(['hello']).stream())

const request = { name: 'web', flavorId: flavor.id, imageId: image.id }
try {
  await acme.servers.create({ ...request, minCount: 500 })
  assert.fail('500 do not fit')
} catch (error) {
  assert(isCloudError(error))
  assert.equal(error.code, 'noValidHost')
  assert.equal(error.retry, 'later')
  console.log(error.message)
  // The nearest feasible count is in the error: ask for that many.
  const batch = await acme.servers.create({ ...request, minCount: Number(error.limit) })
  console.log(`${batch.count} fit instead`)
  assert.equal((await batch.done()).active, batch.count)
}

try {
  await acme.servers.create({ ...request, minCount: -1 })
  assert.fail('a count of -1 is refused')
} catch (error) {
  assert(isCloudError(error))
  assert.deepEqual([error.code, error.field, error.limit], ['invalid', 'minCount', 1])
}
assert.deepEqual(await cloud.audit(), [])
await cloud.close()
