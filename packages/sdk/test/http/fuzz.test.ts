import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apis } from '../../src/http/apis.ts'
import type { Api, EndpointRow } from '../../src/http/endpoint.ts'
import { type Client, type Door, openDoor } from './door.ts'
import { Draw } from './from-schema.ts'

let door: Door
let callers: readonly Client[]
beforeAll(async () => {
  door = await openDoor()
  callers = [
    ...Array.from({ length: 12 }, () => door.demo),
    ...Array.from({ length: 6 }, () => door.admin),
    ...[await door.stranger('reader'), door.nobody],
  ]
})
afterAll(() => door[Symbol.asyncDispose]())

interface Target {
  readonly api: Api
  readonly row: EndpointRow
  readonly body: Readonly<Record<string, unknown>> | undefined
  readonly query: Readonly<Record<string, unknown>> | undefined
}

/** What takes the callers' own rights away would leave nothing to ask for. */
const disarms = ({ id, method }: EndpointRow): boolean =>
  id.startsWith('identity.') && !['GET', 'HEAD', 'POST'].includes(method)

const targets: readonly Target[] = apis.flatMap((api) =>
  api.endpoints
    .filter((row) => !disarms(row))
    .map((row) => ({
      api,
      row,
      body: row.body && z.toJSONSchema(row.body, { io: 'input', unrepresentable: 'any' }),
      query: row.query && z.toJSONSchema(row.query, { io: 'input', unrepresentable: 'any' }),
    })),
)

const rounds = 25
const perRound = 2_000

/** Of what a caller should never see. */
const leaks = /node_modules|\.ts:\d+|\bat \w+ \(|SQLITE|TypeError|ZodError/

describe('whatever is sent', () => {
  it.each(Array.from({ length: rounds }, (_, i) => i + 1))(
    `seed %i: ${perRound} requests are answered, and never with a defect`,
    async (seed) => {
      const draw = new Draw(seed)
      for (let i = 0; i < perRound; i++) {
        const target = draw.one(targets)
        const request = requestFor(draw, target, draw.one(callers))
        const response = await request.client.fetch(
          target.row.method,
          request.path,
          request.body,
          request.headers,
        )
        const text = await response.text()
        const sent = JSON.stringify(request.body)?.slice(0, 2_000)
        const told = `${target.row.method} ${request.path} ${sent}`
        // 501: a feature that this cloud says it has not. 503: a resource is away.
        if (response.status >= 500 && ![501, 503].includes(response.status)) {
          expect.fail(`${response.status} ${text.slice(0, 500)} to ${told}`)
        }
        if (response.status >= 400 && leaks.test(text)) expect.fail(`${text} to ${told}`)
        if (response.ok) remember(draw, text)
      }
    },
  )
})

function requestFor(
  draw: Draw,
  { api, row, body, query }: Target,
  client: Client,
): {
  readonly client: Client
  readonly path: string
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
} {
  const wrong = draw.one([0, 0, 0, 0.02, 0.1])
  const base = (api.bases[0] ?? '').replace('{project_id}', client.projectId)
  const segments = row.path.split('/').map((segment, i, all) => {
    if (!segment.startsWith('{')) return segment
    return encodeURIComponent(draw.id(all[i - 1] ?? ''))
  })
  const path = segments.join('/')
  const asked = query && draw.chance(0.5) ? (draw.value(query, wrong) as object | null) : {}
  const search = new URLSearchParams(
    Object.entries(asked ?? {}).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
  const { microversions: versions } = api
  const minor = versions && versions.min + draw.below(versions.max - versions.min + 1)
  return {
    client,
    path: `${api.mount}${base}${path}${search.size > 0 ? `?${search.toString()}` : ''}`,
    body: body ? draw.value(body, wrong) : row.reads ? 'some bytes' : undefined,
    headers: versions
      ? { 'openstack-api-version': `${versions.type} ${versions.major}.${minor}` }
      : {},
  }
}

/** Ids in an answer, each with the collection that it was in: `servers`, or one of them. */
function remember(draw: Draw, text: string): void {
  if (!text.startsWith('{')) return
  for (const [name, value] of Object.entries(JSON.parse(text) as Record<string, unknown>)) {
    const rows: readonly unknown[] = Array.isArray(value) ? value : [value]
    const last = name.split('_').at(-1) ?? name
    const collection = last.endsWith('s') ? last : `${last}s`
    for (const row of rows.slice(0, 20)) {
      const id: unknown =
        typeof row === 'object' && row !== null && 'id' in row ? row.id : undefined
      if (typeof id === 'string') draw.remember(collection, id)
    }
  }
}
