import { isJsonMap, type JsonMap } from '../../../model/stack/json.ts'
import {
  containerCreate,
  containerDelete,
  containerGet,
  containerUpdate,
} from '../../object/container.ts'
import { each, removal } from './each.ts'
import { stringMap } from './nova-server-create.ts'
import { mapOf, present, textOf } from './property.ts'
import type { ResourceType } from './type.ts'

/** A container of objects; it goes only when it is empty. */
export const swiftContainer: ResourceType = {
  name: 'OS::Swift::Container',
  summary: 'A container of objects.',
  properties: {
    name: { type: 'string', min: 1, max: 256 },
    'X-Container-Read': { type: 'string', updatable: true },
    'X-Container-Write': { type: 'string', updatable: true },
    'X-Container-Meta': { type: 'map', default: {}, updatable: true },
  },
  attributes: {},
  create: each(async (work, row) => {
    const properties = row.target as JsonMap
    const name = textOf(properties, 'name') ?? `${work.stack.name}-${row.name.replace('/', '-')}`
    const input = { name: name.slice(0, 256), ...fieldsOf(properties) }
    const container = await work.call(containerCreate, input, work.keyOf(row, 'create'))
    return { state: 'done', physicalId: container.name }
  }),
  update: each(async (work, row) => {
    const input = { container: row.physicalId ?? '', ...fieldsOf(row.target as JsonMap) }
    await work.call(containerUpdate, input, work.keyOf(row, 'update'))
    return { state: 'done' }
  }),
  verify: each(async (work, row) => {
    await work.call(containerGet, { container: row.physicalId ?? '' })
    return { state: 'done' }
  }),
  recover: async (_work, _row, answer) =>
    isJsonMap(answer) && typeof answer['name'] === 'string' ? answer['name'] : null,
  remove: removal((work, container, row) =>
    work.call(containerDelete, { container }, work.keyOf(row, `delete ${row.tries}`)),
  ),
}

function fieldsOf(properties: JsonMap): {
  readonly readAcl?: string
  readonly writeAcl?: string
  readonly metadata?: Record<string, string>
} {
  return present({
    readAcl: textOf(properties, 'X-Container-Read'),
    writeAcl: textOf(properties, 'X-Container-Write'),
    metadata: stringMap(mapOf(properties, 'X-Container-Meta') ?? {}),
  })
}
