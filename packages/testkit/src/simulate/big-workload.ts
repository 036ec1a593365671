import {
  flavorCreate,
  imageCreate,
  networkCreate,
  serverBatchProgress,
  serverCreate,
  serverDelete,
  subnetCreate,
  uploadImage,
} from '@nephos/core'
import type { Action, Tenant, Workload } from './workload.ts'

/**
 * What tenants of a big story do: one request for hundreds of servers on a network of their own,
 * half of them deleted again in one request, while hosts die.
 */
export const bigWorkload: Workload = {
  service: 'big',
  actions: [{ name: 'launch', weight: 1, run: launch }] satisfies readonly Action[],
  prepare: async (operator) => {
    const flavor = await operator.call(flavorCreate, {
      name: 'big-small',
      vcpus: 1,
      ramMb: 1_024,
      diskGb: 1,
    })
    if (flavor.end === 'ok') operator.common.add('flavor', flavor.answer.id)
    const image = await operator.call(
      imageCreate,
      { name: 'big', diskFormat: 'raw', containerFormat: 'bare', visibility: 'public' },
      { as: { ...operator.operator, projectId: operator.common.all('project')[0] as string } },
    )
    if (image.end !== 'ok') return
    const { id } = image.answer
    const owner = { ...operator.operator, projectId: operator.common.all('project')[0] as string }
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      yield new Uint8Array([1, 2, 3, 4])
    }
    const upload = await operator.attempt(
      'image.upload',
      (plane, signal) => uploadImage(plane.kernel, owner, { id }, bytes(), { signal }),
      true,
    )
    if (upload.end === 'ok') operator.common.add('image', id)
  },
}

async function launch(tenant: Tenant): Promise<void> {
  const { chance, common, name } = tenant
  const flavorId = common.pick('flavor', chance)
  const imageId = common.pick('image', chance)
  const network = await tenant.call(networkCreate, { name: `${name}-net` })
  if (network.end !== 'ok') return
  const networkId = network.answer.id
  const subnet = await tenant.call(subnetCreate, { networkId, cidr: '10.0.0.0/20' })
  if (subnet.end !== 'ok') return
  const made = await tenant.call(serverCreate, {
    name: `${name}-vm`,
    flavorId,
    imageId,
    minCount: tenant.batch,
    networks: [{ networkId }],
  })
  if (made.end !== 'ok') return
  tenant.known.add('batch', made.answer.id)
  if (made.answer.count !== tenant.batch) {
    tenant.report(5, `batch:${made.answer.id}`, `has ${made.answer.count} members`)
  }
  await tenant.rest(chance.between(0, 300_000))
  const progress = await tenant.call(serverBatchProgress, { id: made.answer.id })
  if (progress.end === 'refused') {
    tenant.report(6, `batch:${made.answer.id}`, `was accepted, and is ${progress.code}`)
  }
  if (chance.happens(0.5)) await tenant.call(serverDelete, { batchId: made.answer.id })
}
