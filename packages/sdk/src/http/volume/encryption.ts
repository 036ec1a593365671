import { CloudError, volumeGet, volumeTypeGet } from '@nephos/core'
import { encryptionSpecs } from '../../wire/volume/volume-type.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json } from '../reply.ts'
import { seer } from './common.ts'

const path = '/volumes/{volume_id}/encryption'

async function encryptionOf(x: Exchange<unknown, unknown>) {
  const volume = await x.invokeAs(seer(x), volumeGet, { id: x.param('volume_id') })
  const type =
    volume.encrypted && volume.typeId !== null
      ? await x.invokeAs(seer(x), volumeTypeGet, { id: volume.typeId })
      : undefined
  const specs = type?.encryption ? encryptionSpecs(type.encryption) : {}
  return { ...specs, encryption_key_id: null }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-volume-s-encryption-metadata */
export const encryption: readonly EndpointRow[] = [
  endpoint({
    id: 'volume.encryption.get',
    method: 'GET',
    path,
    summary: 'Shows how a volume is encrypted.',
    access: 'token',
    operations: [volumeGet, volumeTypeGet],
    status: 200,
    run: async (x) => json(await encryptionOf(x)),
  }),
  endpoint({
    id: 'volume.encryption.getItem',
    method: 'GET',
    path: `${path}/{key}`,
    summary: 'Shows one thing about how a volume is encrypted.',
    access: 'token',
    operations: [volumeGet, volumeTypeGet],
    status: 200,
    async run(x) {
      const key = x.param('key')
      const found = Object.entries(await encryptionOf(x)).find(([name]) => name === key)
      if (!found) throw new CloudError('notFound', 'No such item.', { field: 'key' })
      return { text: String(found[1]), headers: { 'content-type': 'text/plain' } }
    },
  }),
]
