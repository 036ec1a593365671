import { schemaNames, schemaOf } from '../../wire/image/schema.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

/** JSON schemas of what this API shows (https://docs.openstack.org/api-ref/image/v2/#image-schemas). */
export const imageSchemas: readonly EndpointRow[] = schemaNames.map((name) =>
  endpoint({
    id: `image.schemas.${name}`,
    method: 'GET',
    path: `/schemas/${name}`,
    summary: `Tells the shape of ${name}.`,
    access: 'token',
    operations: [],
    status: 200,
    run: () => json(schemaOf(name)),
  }),
)
