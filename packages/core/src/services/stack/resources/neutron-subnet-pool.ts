import { limits } from '../../../base/limits.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import {
  subnetPoolCreate,
  subnetPoolDelete,
  subnetPoolGet,
  subnetPoolUpdate,
} from '../../network/subnet-pool.ts'
import { madeType } from './made.ts'
import { flagOf, numberOf, present, textOf, textsOf } from './property.ts'
import type { ResourceType } from './type.ts'

const text = { type: 'string' } as const
const length = { type: 'integer', min: 0, max: 128, updatable: true } as const

export const neutronSubnetPool: ResourceType = madeType(
  {
    name: 'OS::Neutron::SubnetPool',
    summary: 'Blocks of addresses that subnets take theirs from.',
    properties: {
      name: { ...text, max: limits.nameLength, updatable: true },
      prefixes: { type: 'list', items: text, required: true, updatable: true },
      default_quota: { type: 'integer', min: 0, updatable: true },
      default_prefixlen: length,
      min_prefixlen: length,
      max_prefixlen: length,
      is_default: { type: 'boolean', default: false, updatable: true },
      shared: { type: 'boolean', default: false },
      tenant_id: text,
      tags: { type: 'list', items: text, default: [], updatable: true },
    },
    attributes: {
      name: 'Its name.',
      prefixes: 'Its blocks.',
      ip_version: '4 or 6.',
      default_prefixlen: 'The length of blocks that subnets get which name none.',
    },
  },
  {
    make: (work, given, key) =>
      work.call(
        subnetPoolCreate,
        present({
          ...fieldsOf(given),
          shared: flagOf(given, 'shared'),
          projectId: textOf(given, 'tenant_id') ?? work.stack.projectId,
        }),
        key,
      ),
    change: (work, id, { to }, key) => work.call(subnetPoolUpdate, { id, ...fieldsOf(to) }, key),
    look: (work, id) => work.call(subnetPoolGet, { id }),
    drop: (work, id, _, key) => work.call(subnetPoolDelete, { id }, key),
    idOf: ({ id }) => id,
    told: ({ name, prefixes, version, defaultPrefix }) => ({
      name,
      prefixes: [...prefixes],
      ip_version: version,
      default_prefixlen: defaultPrefix,
    }),
  },
)

function fieldsOf(given: JsonMap) {
  return present({
    name: textOf(given, 'name') ?? '',
    prefixes: textsOf(given, 'prefixes') ?? [],
    defaultQuota: numberOf(given, 'default_quota') ?? null,
    defaultPrefix: numberOf(given, 'default_prefixlen'),
    minPrefix: numberOf(given, 'min_prefixlen'),
    maxPrefix: numberOf(given, 'max_prefixlen'),
    isDefault: flagOf(given, 'is_default'),
    tags: textsOf(given, 'tags'),
  })
}
