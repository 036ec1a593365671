import type { JsonMap } from '../../../model/stack/json.ts'
import { rowOnly } from './each.ts'
import type { ResourceType } from './type.ts'

/** Nothing at all: takes any properties, and the place of a type that is not wanted. */
export const heatNone: ResourceType = {
  name: 'OS::Heat::None',
  summary: 'Nothing: a placeholder that takes any properties.',
  properties: null,
  attributes: {},
  create: rowOnly(() => ({})),
  update: rowOnly(() => ({})),
}

/** A value with a name, for others to refer to. */
export const heatValue: ResourceType = {
  name: 'OS::Heat::Value',
  summary: 'A value of the template with a name.',
  properties: {
    value: { type: 'any', required: true, updatable: true },
    type: {
      type: 'string',
      updatable: true,
      allowed: ['string', 'number', 'comma_delimited_list', 'json', 'boolean'],
    },
  },
  attributes: { value: 'The value.' },
  create: rowOnly((_, row) => ({ value: (row.target as JsonMap)['value'] ?? null })),
  update: rowOnly((_, row) => ({ value: (row.target as JsonMap)['value'] ?? null })),
}
