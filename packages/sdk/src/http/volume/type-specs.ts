import { CloudError, volumeTypeGet, volumeTypeUpdate } from '@nephos/core'
import { z } from 'zod'
import { textsField } from '../../wire/volume/common.ts'
import {
  encryptionBody,
  encryptionCreateBody,
  encryptionSpecs,
  encryptionUpdateBody,
  extraSpecsBody,
  extraSpecsInput,
} from '../../wire/volume/volume-type.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json, nothing } from '../reply.ts'
import { seer } from './common.ts'

const common = { access: 'token', operations: [volumeTypeGet, volumeTypeUpdate] } as const
const specsPath = '/types/{volume_type_id}/extra_specs'

/** https://docs.openstack.org/api-ref/block-storage/v3/#create-or-update-extra-specs-for-volume-type */
const extraSpecs: readonly EndpointRow[] = [
  endpoint({
    ...common,
    id: 'volume.typeSpecs.list',
    method: 'GET',
    path: specsPath,
    summary: 'Shows the extra specs of a type.',
    status: 200,
    async run(x) {
      const type = await x.invokeAs(seer(x), volumeTypeGet, { id: x.param('volume_type_id') })
      return json({ extra_specs: extraSpecsBody(type) })
    },
  }),
  endpoint({
    ...common,
    id: 'volume.typeSpecs.create',
    method: 'POST',
    path: specsPath,
    summary: 'Sets extra specs of a type.',
    body: z.strictObject({ extra_specs: textsField }),
    status: 200,
    async run(x) {
      const { extra_specs: specs } = x.body
      const id = x.param('volume_type_id')
      await x.invoke(volumeTypeUpdate, { id, ...extraSpecsInput(specs) })
      return json({ extra_specs: specs })
    },
  }),
  endpoint({
    ...common,
    id: 'volume.typeSpecs.get',
    method: 'GET',
    path: `${specsPath}/{key}`,
    summary: 'Shows one extra spec of a type.',
    status: 200,
    async run(x) {
      const key = x.param('key')
      const type = await x.invokeAs(seer(x), volumeTypeGet, { id: x.param('volume_type_id') })
      const [, value] = Object.entries(extraSpecsBody(type)).find(([name]) => name === key) ?? []
      if (value === undefined) throw new CloudError('notFound', 'No such spec.', { field: 'key' })
      return json({ [key]: value })
    },
  }),
  endpoint({
    ...common,
    id: 'volume.typeSpecs.set',
    method: 'PUT',
    path: `${specsPath}/{key}`,
    summary: 'Sets one extra spec of a type.',
    body: textsField,
    status: 200,
    async run(x) {
      const key = x.param('key')
      const value = x.body[key]
      if (value === undefined || Object.keys(x.body).length !== 1) {
        return x.refuse(400, 'The body names another spec than the path.', 'key')
      }
      const id = x.param('volume_type_id')
      await x.invoke(volumeTypeUpdate, { id, ...extraSpecsInput({ [key]: value }) })
      return json({ [key]: value })
    },
  }),
  endpoint({
    ...common,
    id: 'volume.typeSpecs.delete',
    method: 'DELETE',
    path: `${specsPath}/{key}`,
    summary: 'Removes one extra spec of a type.',
    status: 202,
    async run(x) {
      const key = x.param('key')
      x.requireOperator()
      const id = x.param('volume_type_id')
      const type = await x.invokeAs(seer(x), volumeTypeGet, { id })
      if (!Object.keys(extraSpecsBody(type)).includes(key)) {
        throw new CloudError('notFound', 'No such spec.', { field: 'key' })
      }
      await x.invoke(volumeTypeUpdate, { id, ...extraSpecsInput({ [key]: null }) })
      return nothing
    },
  }),
]

const encryptionPath = '/types/{volume_type_id}/encryption'

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-an-encryption-type */
const encryption: readonly EndpointRow[] = [
  endpoint({
    ...common,
    id: 'volume.typeEncryption.get',
    method: 'GET',
    path: encryptionPath,
    summary: 'Shows how the volumes of a type are encrypted.',
    status: 200,
    async run(x) {
      x.requireOperator()
      const type = await x.invokeAs(seer(x), volumeTypeGet, { id: x.param('volume_type_id') })
      return json(type.encryption ? encryptionBody(type.id, type.encryption) : {})
    },
  }),
  endpoint({
    ...common,
    id: 'volume.typeEncryption.getItem',
    method: 'GET',
    path: `${encryptionPath}/{key}`,
    summary: 'Shows one thing about how the volumes of a type are encrypted.',
    status: 200,
    async run(x) {
      x.requireOperator()
      const key = x.param('key')
      const type = await x.invokeAs(seer(x), volumeTypeGet, { id: x.param('volume_type_id') })
      const body = type.encryption ? encryptionBody(type.id, type.encryption) : {}
      const found = Object.entries(body).find(([name]) => name === key)
      if (!found) throw new CloudError('notFound', 'No such item.', { field: 'key' })
      return json({ [key]: found[1] })
    },
  }),
  endpoint({
    ...common,
    id: 'volume.typeEncryption.create',
    method: 'POST',
    path: encryptionPath,
    summary: 'Has the volumes of a type encrypted, as long as there are none.',
    body: encryptionCreateBody,
    status: 200,
    async run(x) {
      const operator = x.requireOperator()
      const id = x.param('volume_type_id')
      const type = await x.invokeAs(operator, volumeTypeGet, { id })
      if (type.encryption) x.refuse(400, 'The type has an encryption.', 'encryption')
      const { provider, control_location: controlLocation, ...rest } = x.body.encryption
      const { kernel } = x.plane
      const made = await x.invoke(volumeTypeUpdate, {
        id: type.id,
        encryption: {
          id: kernel.ids.next(),
          provider,
          controlLocation,
          cipher: rest.cipher ?? null,
          keySize: rest.key_size ?? null,
          createdAt: kernel.clock.now(),
        },
      })
      if (!made.encryption) throw new CloudError('internal', 'An encryption was not kept.')
      const { encryption_id: encryptionId } = encryptionBody(id, made.encryption)
      const specs = encryptionSpecs(made.encryption)
      const ids = { volume_type_id: type.id, encryption_id: encryptionId }
      return json({ encryption: { ...ids, ...specs } })
    },
  }),
  endpoint({
    ...common,
    id: 'volume.typeEncryption.update',
    method: 'PUT',
    path: `${encryptionPath}/{key}`,
    summary: 'Changes how the volumes of a type are encrypted, as long as there are none.',
    body: encryptionUpdateBody,
    status: 200,
    async run(x) {
      const operator = x.requireOperator()
      const id = x.param('volume_type_id')
      const { encryption: before } = await x.invokeAs(operator, volumeTypeGet, { id })
      if (!before) throw new CloudError('notFound', 'The type has no encryption.', { field: 'id' })
      const { provider, control_location: location, cipher, key_size: keySize } = x.body.encryption
      const next = {
        ...before,
        provider: provider ?? before.provider,
        controlLocation: location ?? before.controlLocation,
        cipher: cipher === undefined ? before.cipher : cipher,
        keySize: keySize === undefined ? before.keySize : keySize,
      }
      await x.invoke(volumeTypeUpdate, { id, encryption: next })
      return json({ encryption: encryptionSpecs(next) })
    },
  }),
  endpoint({
    ...common,
    id: 'volume.typeEncryption.delete',
    method: 'DELETE',
    path: `${encryptionPath}/{key}`,
    summary: 'Has the volumes of a type no longer encrypted, as long as there are none.',
    status: 202,
    async run(x) {
      const operator = x.requireOperator()
      const id = x.param('volume_type_id')
      const { encryption: before } = await x.invokeAs(operator, volumeTypeGet, { id })
      if (!before) throw new CloudError('notFound', 'The type has no encryption.', { field: 'id' })
      await x.invoke(volumeTypeUpdate, { id, encryption: null })
      return nothing
    },
  }),
]

/** Extra specs of types, and how their volumes are encrypted. */
export const typeSpecs: readonly EndpointRow[] = [...extraSpecs, ...encryption]
