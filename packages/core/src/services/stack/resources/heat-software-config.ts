import { limits } from '../../../base/limits.ts'
import type { Json, JsonMap } from '../../../model/stack/json.ts'
import { softwareConfigCreate, softwareConfigDelete } from '../software/config.ts'
import { each, removal } from './each.ts'
import { flagOf, listOf, mapOf, present, type PropertySpecs, textOf } from './property.ts'
import type { ResourceType } from './type.ts'

const fieldSpecs: PropertySpecs = {
  name: { type: 'string', required: true, min: 1, max: limits.nameLength },
  type: {
    type: 'string',
    default: 'String',
    allowed: ['String', 'Number', 'CommaDelimitedList', 'Json', 'Boolean'],
  },
  description: { type: 'string', default: '', max: limits.descriptionLength },
}

const inputs = {
  type: 'list',
  default: [],
  max: limits.softwareFields,
  items: { type: 'map', members: { ...fieldSpecs, default: { type: 'any' } } },
} as const

const outputs = {
  type: 'list',
  default: [],
  max: limits.softwareFields,
  items: {
    type: 'map',
    members: { ...fieldSpecs, error_output: { type: 'boolean', default: false } },
  },
} as const

/** A type whose resources are configurations of software. */
function configType(
  about: Pick<ResourceType, 'name' | 'summary'> & { readonly properties: PropertySpecs },
  configOf: (properties: JsonMap) => { readonly group: string; readonly config: Json },
): ResourceType {
  return {
    ...about,
    attributes: { config: 'The configuration.' },
    create: each(async (work, row) => {
      const properties = row.target ?? {}
      const { group, config } = configOf(properties)
      const input = present({
        name: `${work.stack.name}-${row.name}`.slice(0, limits.nameLength),
        ...{ group, config },
        options: mapOf(properties, 'options'),
        inputs: fieldsOf(properties, 'inputs'),
        outputs: fieldsOf(properties, 'outputs'),
      })
      const made = await work.call(softwareConfigCreate, input, work.keyOf(row, 'create'))
      return { state: 'done', physicalId: made.id, attributes: { config } }
    }),
    remove: removal((work, id, row) =>
      work.call(softwareConfigDelete, { id }, work.keyOf(row, `delete ${row.tries}`)),
    ),
  }
}

type FieldInput = NonNullable<(typeof softwareConfigCreate)['input']['_zod']['input']['inputs']>

function fieldsOf(properties: JsonMap, name: 'inputs' | 'outputs'): FieldInput | undefined {
  return listOf(properties, name)?.map((item) => {
    const field = item as JsonMap
    return present({
      name: textOf(field, 'name') ?? '',
      type: textOf(field, 'type') as FieldInput[number]['type'],
      description: textOf(field, 'description'),
      default: field['default'],
      errorOutput: flagOf(field, 'error_output'),
    })
  })
}

/** Configuration of software, for deployments and for servers to take as user data. */
export const heatSoftwareConfig: ResourceType = configType(
  {
    name: 'OS::Heat::SoftwareConfig',
    summary: 'Configuration of software, such as a script that a server runs.',
    properties: {
      group: { type: 'string', default: 'Heat::Ungrouped', min: 1, max: limits.nameLength },
      config: { type: 'string', default: '', max: limits.softwareConfigLength },
      options: { type: 'map' },
      inputs,
      outputs,
    },
  },
  (properties) => ({
    group: textOf(properties, 'group') ?? 'Heat::Ungrouped',
    config: textOf(properties, 'config') ?? '',
  }),
)

/** Configuration for cloud-init, which reads YAML, of which JSON is a part. */
export const heatCloudConfig: ResourceType = configType(
  {
    name: 'OS::Heat::CloudConfig',
    summary: 'Configuration for cloud-init.',
    properties: { cloud_config: { type: 'map', default: {} } },
  },
  (properties) => ({
    group: 'Heat::Ungrouped',
    config: `#cloud-config\n${JSON.stringify(properties['cloud_config'] ?? {})}\n`,
  }),
)
