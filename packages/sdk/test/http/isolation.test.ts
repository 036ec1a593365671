import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apis } from '../../src/http/apis.ts'
import type { Api, EndpointRow } from '../../src/http/endpoint.ts'
import { type Answer, type Client, type Door, openDoor } from './door.ts'
import { type Belongings, belongingsOf } from './belongings.ts'
import { Draw } from './from-schema.ts'

let door: Door
let belongings: Belongings
let callers: {
  readonly reader: Client
  readonly member: Client
  readonly manager: Client
  readonly domainAdmin: Client
}

beforeAll(async () => {
  door = await openDoor()
  belongings = await belongingsOf(door)
  callers = {
    reader: await door.stranger('reader'),
    member: await door.stranger('member'),
    manager: await door.stranger('manager'),
    domainAdmin: await door.domainAdmin(),
  }
})
afterAll(() => door[Symbol.asyncDispose]())

const absent = '00000000-0000-4000-8000-000000000000'

/** Every endpoint, as a test names it. */
const rows = apis.flatMap((api) => api.endpoints.map((row) => ({ api, row, name: row.id })))
const guarded = rows.filter(({ row }) => row.access === 'token')

interface Place {
  /** The segment before it. */
  readonly collection: string
  readonly name: string
}

/** The variables of an endpoint's path. */
function placesOf({ path }: EndpointRow): readonly Place[] {
  const segments = path.split('/')
  return segments.flatMap((segment, i) => {
    const name = /^\{(\w+)\+?\}$/.exec(segment)?.[1]
    return name === undefined ? [] : { collection: segments[i - 1] ?? '', name }
  })
}

/** A path of an endpoint, with a value for each of its variables. */
function pathOf(
  { api, row }: { readonly api: Api; readonly row: EndpointRow },
  client: Client,
  valueOf: (place: Place) => string,
): string {
  const base = (api.bases[0] ?? '').replace('{project_id}', client.projectId)
  const places = placesOf(row)
  let at = 0
  const path = row.path.replace(/\{\w+\+?\}/g, () =>
    encodeURIComponent(valueOf(places[at++] as Place)),
  )
  return `${api.mount}${base}${path}`
}

function versioned(api: Api, row: EndpointRow): Record<string, string> {
  if (!api.microversions) return {}
  const { type, major, max } = api.microversions
  return { 'openstack-api-version': `${type} ${major}.${row.until ?? max}` }
}

/** Sends a body such as the endpoint takes: the same one whenever it is asked. */
function send(client: Client, row: EndpointRow, path: string, api: Api): Promise<Answer> {
  return client.request(row.method, path, bodyFor(row), versioned(api, row))
}

function bodyFor(row: EndpointRow): unknown {
  if (row.reads) return 'some bytes'
  if (!row.body) return undefined
  if (row.example !== undefined) return row.example
  return new Draw(1).value(z.toJSONSchema(row.body, { io: 'input', unrepresentable: 'any' }), 0)
}

describe('X1: without a good token', () => {
  it('there are endpoints to knock at', () => {
    expect(guarded.length).toBeGreaterThan(0)
  })

  it.each(guarded)('$name: no token, a bad one and a revoked one are 401', async (one) => {
    const revoked = await door.revoked()
    for (const client of [door.nobody, door.bad, revoked]) {
      const answer = await send(
        client,
        one.row,
        pathOf(one, door.demo, () => absent),
        one.api,
      )
      expect(answer.status).toBe(401)
    }
  })
})

describe('X2: those of other projects', () => {
  const named = guarded.filter(({ row }) => placesOf(row).length > 0)

  it.each(named)('$name: cannot tell what is foreign from what is not there', async (one) => {
    const places = placesOf(one.row)
    const isForeign = places.some(
      ({ collection }) => belongings.foreign(one.api.name, collection) !== undefined,
    )
    if (!isForeign) {
      // What all projects share is listed, so that nothing is forgotten.
      for (const { collection } of places) {
        const name = `${one.api.name}/${collection}`
        expect(belongings.isCommon(one.api.name, collection), name).toBe(true)
      }
      return
    }
    const foreignPath = (client: Client): string =>
      pathOf(one, client, ({ collection }) => {
        return belongings.foreign(one.api.name, collection) ?? absent
      })
    for (const client of Object.values(callers)) {
      const foreign = await send(client, one.row, foreignPath(client), one.api)
      const none = await send(
        client,
        one.row,
        pathOf(one, client, () => absent),
        one.api,
      )
      expect(masked(foreign)).toEqual(masked(none))
      expect(foreign.status, foreign.text).toBeGreaterThanOrEqual(400)
      expect(foreign.status, foreign.text).toBeLessThan(500)
    }
  })
})

/** What an answer tells, without what names the resource or the request. */
function masked(answer: Answer): { readonly status: number; readonly text: string } {
  let { text } = answer
  for (const id of [...belongings.ids, absent]) text = text.replaceAll(id, 'ID')
  return { status: answer.status, text: text.replace(/req-[\w-]+/g, 'REQUEST') }
}

/** Read with the cloud's own rights, and shown to everybody without what concerns operators. */
const shownToAll = new Set(['volume.zones.list'])

describe('what only operators do', () => {
  const operators = guarded.filter(
    ({ row }) =>
      !shownToAll.has(row.id) &&
      row.operations.length > 0 &&
      row.operations.every(({ policy }) => policy.scope === 'system' && !policy.domainRole),
  )

  it.each(operators)('$name: is nothing for managers of a project', async (one) => {
    const answer = await send(
      callers.manager,
      one.row,
      pathOf(one, callers.manager, () => absent),
      one.api,
    )
    expect([400, 403, 404]).toContain(answer.status)
  })
})
