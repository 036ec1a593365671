import { limits } from '../../../base/limits.ts'
import type { Flavor } from '../../../model/compute/flavor.ts'
import { flavorCreate, flavorDelete, flavorGet, flavorUpdate } from '../../compute/flavor.ts'
import { madeType } from './made.ts'
import { stringMap } from './nova-server-create.ts'
import { flagOf, mapOf, numberOf, present, textOf } from './property.ts'
import type { ResourceType } from './type.ts'

export const novaFlavor: ResourceType = madeType(
  {
    name: 'OS::Nova::Flavor',
    summary: 'A flavor, of an administrator.',
    properties: {
      name: { type: 'string', max: limits.nameLength },
      flavorid: { type: 'string', max: limits.nameLength },
      vcpus: { type: 'integer', required: true, min: 1 },
      /** MiB. */
      ram: { type: 'integer', required: true, min: 1 },
      /** GiB, as the next. */
      disk: { type: 'integer', default: 0, min: 0 },
      ephemeral: { type: 'integer', default: 0, min: 0 },
      /** MiB. */
      swap: { type: 'integer', default: 0, min: 0 },
      rxtx_factor: { type: 'number', default: 1, min: 0 },
      is_public: { type: 'boolean', default: true },
      extra_specs: { type: 'map', default: {}, max: limits.metadataItems, updatable: true },
    },
    attributes: { is_public: 'Whether every project may use it.', extra_specs: 'Its extra specs.' },
  },
  {
    make: (work, given, key) =>
      work.call(
        flavorCreate,
        present({
          id: textOf(given, 'flavorid'),
          name: textOf(given, 'name') ?? `${work.stack.name}-${key.slice(0, 12)}`,
          vcpus: numberOf(given, 'vcpus') as number,
          ramMb: numberOf(given, 'ram') as number,
          diskGb: numberOf(given, 'disk'),
          ephemeralGb: numberOf(given, 'ephemeral'),
          swapMb: numberOf(given, 'swap'),
          rxtxFactor: numberOf(given, 'rxtx_factor'),
          isPublic: flagOf(given, 'is_public'),
          extraSpecs: stringMap(mapOf(given, 'extra_specs') ?? {}),
        }),
        key,
      ),
    change: (work, id, { to, from }, key) => {
      const gone = Object.keys(mapOf(from, 'extra_specs') ?? {}).map((one) => [one, null] as const)
      const extraSpecs: Record<string, string | null> = {
        ...Object.fromEntries(gone),
        ...stringMap(mapOf(to, 'extra_specs') ?? {}),
      }
      return work.call(flavorUpdate, { id, extraSpecs }, key)
    },
    look: (work, id) => work.call(flavorGet, { id }),
    drop: (work, id, _, key) => work.call(flavorDelete, { id }, key),
    idOf: ({ id }) => id,
    told: ({ isPublic, extraSpecs }: Flavor) => ({ is_public: isPublic, extra_specs: extraSpecs }),
  },
)
