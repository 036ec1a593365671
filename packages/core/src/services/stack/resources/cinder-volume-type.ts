import { limits } from '../../../base/limits.ts'
import { qosConsumers } from '../../../model/block/volume-type.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import { qosCreate, qosDelete, qosGet, qosUpdate } from '../../block/qos.ts'
import {
  volumeTypeCreate,
  volumeTypeDelete,
  volumeTypeGet,
  volumeTypeUpdate,
} from '../../block/volume-type.ts'
import { madeType } from './made.ts'
import { stringMap } from './nova-server-create.ts'
import { flagOf, mapOf, numberOf, present, textOf, textsOf } from './property.ts'
import type { ResourceType, ResourceWork } from './type.ts'

const text = { type: 'string' } as const
const name = { ...text, min: 1, max: limits.nameLength, updatable: true } as const
const specs = { type: 'map', default: {}, max: limits.metadataItems, updatable: true } as const

/** Keys that were there and are not any more are taken away: null says so. */
function specChange(from: JsonMap, to: JsonMap, key: string): Record<string, string | null> {
  const gone = Object.keys(mapOf(from, key) ?? {}).map((one) => [one, null] as const)
  return { ...Object.fromEntries(gone), ...stringMap(mapOf(to, key) ?? {}) }
}

export const cinderVolumeType: ResourceType = madeType(
  {
    name: 'OS::Cinder::VolumeType',
    summary: 'A type of volumes, of an administrator.',
    properties: {
      name: { ...name, required: true },
      description: { ...text, max: limits.descriptionLength, updatable: true },
      metadata: specs,
      is_public: { type: 'boolean', default: true, updatable: true },
    },
    attributes: { name: 'Its name.' },
  },
  {
    make: (work, given, key) =>
      work.call(
        volumeTypeCreate,
        present({
          name: textOf(given, 'name') as string,
          description: textOf(given, 'description'),
          isPublic: flagOf(given, 'is_public'),
          extraSpecs: stringMap(mapOf(given, 'metadata') ?? {}),
        }),
        key,
      ),
    change: (work, id, { to, from }, key) =>
      work.call(
        volumeTypeUpdate,
        present({
          id,
          name: textOf(to, 'name'),
          description: textOf(to, 'description') ?? '',
          isPublic: flagOf(to, 'is_public'),
          extraSpecs: specChange(from, to, 'metadata'),
        }),
        key,
      ),
    look: (work, id) => work.call(volumeTypeGet, { id }),
    drop: (work, id, _, key) => work.call(volumeTypeDelete, { id }, key),
    idOf: ({ id }) => id,
    told: (type) => ({ name: type.name }),
  },
)

interface TypeEncryption {
  readonly typeId: string
  readonly encryption: JsonMap
}

async function encrypt(
  work: ResourceWork,
  given: JsonMap,
  key: string,
  encryptionId: string,
): Promise<TypeEncryption> {
  const { id } = await work.call(volumeTypeGet, { id: textOf(given, 'volume_type') ?? '' })
  const cipher = textOf(given, 'cipher') ?? null
  const keySize = numberOf(given, 'key_size') ?? null
  const provider = textOf(given, 'provider') as string
  const controlLocation = textOf(given, 'control_location') as 'front-end' | 'back-end'
  const createdAt = work.kernel.clock.now()
  const encryption = { id: encryptionId, provider, controlLocation, cipher, keySize, createdAt }
  await work.call(volumeTypeUpdate, { id, encryption }, key)
  return { typeId: id, encryption: { provider, cipher, key_size: keySize } }
}

/** The encryption of a type: what Heat calls an encrypted volume type. Known by its type. */
export const cinderEncryptedVolumeType: ResourceType = madeType(
  {
    name: 'OS::Cinder::EncryptedVolumeType',
    summary: 'How volumes of a type are encrypted.',
    properties: {
      volume_type: { ...text, required: true },
      provider: { ...text, required: true, updatable: true },
      control_location: {
        ...text,
        default: 'front-end',
        allowed: ['front-end', 'back-end'],
        updatable: true,
      },
      cipher: { ...text, updatable: true, max: limits.nameLength },
      key_size: { type: 'integer', min: 1, max: 65_536, updatable: true },
    },
    attributes: {
      provider: 'What encrypts.',
      cipher: 'The cipher.',
      key_size: 'Bits of the key.',
    },
  },
  {
    make: (work, given, key) => encrypt(work, given, key, work.kernel.ids.next()),
    change: (work, _, { to }, key) => encrypt(work, to, key, work.kernel.ids.next()),
    drop: (work, id, _, key) => work.call(volumeTypeUpdate, { id, encryption: null }, key),
    idOf: ({ typeId }) => typeId,
    told: ({ encryption }) => encryption,
  },
)

export const cinderQosSpecs: ResourceType = madeType(
  {
    name: 'OS::Cinder::QoSSpecs',
    summary: 'Limits of speed, for types of volumes.',
    properties: {
      name: { ...name, updatable: false, required: true },
      consumer: { ...text, default: 'both', allowed: qosConsumers, updatable: true },
      specs: { ...specs, required: true },
    },
    attributes: {},
  },
  {
    make: (work, given, key) =>
      work.call(qosCreate, { name: textOf(given, 'name') as string, ...qosOf(given) }, key),
    change: (work, id, { to }, key) => work.call(qosUpdate, { id, ...qosOf(to) }, key),
    look: (work, id) => work.call(qosGet, { id }),
    drop: (work, id, _, key) => work.call(qosDelete, { id }, key),
    idOf: ({ id }) => id,
    told: () => ({}),
  },
)

function qosOf(given: JsonMap) {
  return {
    consumer: textOf(given, 'consumer') as (typeof qosConsumers)[number],
    specs: stringMap(mapOf(given, 'specs') ?? {}),
  }
}

async function associate(
  work: ResourceWork,
  types: readonly string[],
  qosId: string | null,
  key: string,
): Promise<void> {
  for (const type of types) {
    const { id } = await work.call(volumeTypeGet, { id: type })
    await work.call(volumeTypeUpdate, { id, qosId }, `${key.slice(0, 32)}${id.slice(-32)}`)
  }
}

export const cinderQosAssociation: ResourceType = madeType(
  {
    name: 'OS::Cinder::QoSAssociation',
    summary: 'Types of volumes that limits of speed are for.',
    properties: {
      qos_specs: { ...text, required: true },
      volume_types: { type: 'list', items: text, required: true, max: 64, updatable: true },
    },
    attributes: {},
  },
  {
    make: async (work, given, key) => {
      const qos = textOf(given, 'qos_specs') as string
      await associate(work, textsOf(given, 'volume_types') ?? [], qos, key)
      return qos
    },
    change: async (work, id, { to, from }, key) => {
      const wanted = textsOf(to, 'volume_types') ?? []
      const before = textsOf(from, 'volume_types') ?? []
      const left = before.filter((type) => !wanted.includes(type))
      await associate(work, left, null, `off${key.slice(3)}`)
      await associate(work, wanted, id, key)
      return id
    },
    drop: (work, _, given, key) => associate(work, textsOf(given, 'volume_types') ?? [], null, key),
    idOf: (id) => id,
    told: () => ({}),
  },
)
