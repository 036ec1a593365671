import { CloudError } from '@nephos/core'
import { z } from 'zod'
import { apis } from './apis.ts'
import type { Api, EndpointRow } from './endpoint.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * The OpenAPI 3.1 document of one HTTP interface (https://spec.openapis.org/oas/v3.1.0), from its
 * table of endpoints.
 *
 * @param name of the interface: `compute`.
 * @throws CloudError `notFound` for an interface that there is not.
 */
export function openApi(name: string): Json {
  const api = apis.find((one) => one.name === name)
  if (!api) throw new CloudError('notFound', `No interface is named ${name}.`, { field: 'name' })
  const paths: Record<string, Record<string, Json>> = {}
  for (const [prefix, rows] of [
    [`${api.mount}${api.bases[0] ?? ''}`, api.endpoints],
    [api.mount, api.discovery ?? []],
  ] as const) {
    for (const row of rows) {
      const path = `${prefix}${row.path}`.replace(/\{(\w+)\+\}/g, '{$1}')
      const operations = (paths[path] ??= {})
      // One path and method may have rows for several versions: the newest is described.
      operations[row.method.toLowerCase()] = operationOf(api, row, path)
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: `${api.title} (${api.service})`, version: versionOf(api) },
    paths,
    components: {
      securitySchemes: { token: { type: 'apiKey', in: 'header', name: 'X-Auth-Token' } },
    },
  }
}

function versionOf({ microversions, bases }: Api): string {
  return microversions ? `${microversions.major}.${microversions.max}` : (bases[0] ?? '')
}

function operationOf(api: Api, row: EndpointRow, path: string): Json {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string)
  const query = row.query ? propertiesOf(row.query) : {}
  return {
    operationId: [row.id, ...(row.since === undefined ? [] : [row.since])].join('.'),
    summary: row.summary,
    tags: [api.name],
    ...(row.access !== 'open' && { security: [{ token: [] }] }),
    parameters: [
      ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...Object.entries(query).map(([name, schema]) => ({ name, in: 'query', schema })),
    ],
    ...(row.body && {
      requestBody: {
        content: {
          'application/json': {
            schema: schemaOf(row.body),
            ...(row.example !== undefined && { example: row.example }),
          },
        },
      },
    }),
    ...(row.reads && { requestBody: { content: { 'application/octet-stream': {} } } }),
    responses: {
      [String(row.status)]: {
        description: 'Done.',
        ...(row.answer && { content: { 'application/json': { schema: schemaOf(row.answer) } } }),
      },
      default: { description: 'Refused, in the form of this service.' },
    },
    ...(row.since !== undefined && { 'x-openstack-min-version': row.since }),
    ...(row.until !== undefined && { 'x-openstack-max-version': row.until }),
  }
}

function propertiesOf(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { properties } = schemaOf(schema)
  return typeof properties === 'object' && properties !== null ? { ...properties } : {}
}

/** What a schema takes, as JSON Schema; what that cannot say is left open. */
function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return json
}
