import { metadefSchemas } from '../../wire/image/metadef-schema.ts'
import { schemaNames, schemaOf } from '../../wire/image/schema.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

/** JSON schemas of what this API shows (https://docs.openstack.org/api-ref/image/v2/#image-schemas). */
export const imageSchemas: readonly EndpointRow[] = [
  ...schemaNames.map((name) => schemaEndpoint(name, name, schemaOf(name))),
  ...Object.entries(metadefSchemas).map(([name, schema]) =>
    schemaEndpoint(`metadef-${name}`, `metadefs/${name}`, schema),
  ),
]

function schemaEndpoint(
  id: string,
  name: string,
  schema: Readonly<Record<string, unknown>>,
): EndpointRow {
  return endpoint({
    id: `image.schemas.${id}`,
    method: 'GET',
    path: `/schemas/${name}`,
    summary: `Tells the shape of ${name}.`,
    access: 'token',
    operations: [],
    status: 200,
    run: () => json(schema),
  })
}
