import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apis } from '../../src/http/apis.ts'
import type { Api, EndpointRow } from '../../src/http/endpoint.ts'
import { Answer, type Door, openDoor } from './door.ts'
import { Draw } from './from-schema.ts'
import { neverSucceed } from './never-succeed.ts'
import { wiresOf } from './wire.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door[Symbol.asyncDispose]())

const rows = apis.flatMap((api) => api.endpoints.map((row) => ({ api, row, name: row.id })))

/** Succeeds only where images are in several stores. */
const ofSeveralStores = 'image.stores.delete'

describe('the table of endpoints', () => {
  it('has a name for each, once', () => {
    const names = rows.map(({ row: { id, path, since = 0 } }) => `${id} ${path} ${since}`)
    expect(names.length).toBe(new Set(names).size)
  })

  it('has the form of an answer kept for each endpoint, unless it always refuses', () => {
    const without = rows.filter(({ api, row }) => wiresOf(api.name)[row.id] === undefined)
    const names = without.map(({ name }) => name).filter((name) => name !== ofSeveralStores)
    expect(names.filter((name) => !(name in neverSucceed))).toEqual([])
    const known = new Set(rows.map(({ name }) => name))
    expect(Object.keys(neverSucceed).filter((name) => !known.has(name))).toEqual([])
  })

  it('keeps answers only of endpoints that there are', () => {
    for (const api of apis) {
      const known = new Set([...api.endpoints, ...(api.discovery ?? [])].map(({ id }) => id))
      const unknown = Object.keys(wiresOf(api.name)).filter((id) => !known.has(id))
      expect(unknown).toEqual([])
    }
  })
})

const absent = '00000000-0000-4000-8000-000000000000'

function pathOf(
  { api, row }: { readonly api: Api; readonly row: EndpointRow },
  id = absent,
): string {
  const base = (api.bases[0] ?? '').replace('{project_id}', door.admin.projectId)
  const path = row.path.replaceAll(/\{\w+\+?\}/g, encodeURIComponent(id))
  return `${api.mount}${base}${path}`
}

async function send(api: Api, row: EndpointRow, path: string, body?: unknown): Promise<Answer> {
  const versions = api.microversions
  const minor = versions && Math.min(row.until ?? versions.max, versions.max)
  const headers = versions
    ? { 'openstack-api-version': `${versions.type} ${versions.major}.${minor}` }
    : undefined
  const response = await door.admin.fetch(row.method, path, body, headers)
  return new Answer(response, await response.text())
}

/** Bodies that are not such as the endpoint takes: of another type, with a field more or less. */
function wrongBodies(row: EndpointRow & { readonly body: z.ZodType }): readonly unknown[] {
  const schema = z.toJSONSchema(row.body, { io: 'input', unrepresentable: 'any' })
  const good = new Draw(1).value(schema, 0)
  const wrong: unknown[] = [[], 'text', 7, null, {}, { [`no-${'x'.repeat(300)}`]: 1 }]
  for (const [name, value] of fieldsOf(good)) {
    wrong.push({ ...(good as object), [name]: odd(value) })
    for (const [inner] of fieldsOf(value)) {
      const changed = { ...(value as object), [inner]: odd(null) }
      wrong.push({ ...(good as object), [name]: changed })
      const { [inner]: _, ...less } = value as Record<string, unknown>
      wrong.push({ ...(good as object), [name]: less })
    }
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      wrong.push({ ...(good as object), [name]: { ...value, ['surplus-of-it']: 'x' } })
    }
  }
  return wrong.filter((body) => !row.body.safeParse(body).success)
}

function fieldsOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : []
}

/** Another type than a value has, as a rule. */
function odd(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? 7 : { odd: [{}] }
}

/** The error is in the form of its service, and tells something. */
function isTyped(api: Api, answer: Answer): boolean {
  const form = api.fault({
    ...{ status: answer.status, code: 'invalid', message: 'm', field: undefined, limit: undefined },
    ...{ detail: undefined, requestId: 'r' },
  })
  if (typeof form === 'string') return answer.text.length > 0
  const names = (value: unknown): string => Object.keys(value as object).join()
  return names(answer.json) === names(form)
}

describe('what is no good input', () => {
  const taking = rows.flatMap(({ api, row, name }) =>
    row.body ? [{ api, row: { ...row, body: row.body }, name }] : [],
  )

  it.each(taking)('$name: is 400 for each wrong body, and says why', async ({ api, row }) => {
    const bodies = wrongBodies(row)
    expect(bodies.length).toBeGreaterThan(0)
    for (const body of bodies) {
      const answer = await send(api, row, pathOf({ api, row }), JSON.stringify(body))
      const sent = JSON.stringify(body).slice(0, 300)
      expect([400, 401, 413, 422], `${sent}: ${answer.text}`).toContain(answer.status)
      expect(isTyped(api, answer), `${sent}: ${answer.status} ${answer.text}`).toBe(true)
    }
  })

  const placed = rows.filter(({ row }) => row.path.includes('{') && row.method !== 'OPTIONS')

  it.each(placed)('$name: takes no id that is odd for one', async ({ api, row }) => {
    for (const id of ['\u0000', 'x'.repeat(2_000), '../../etc', '%2e%2e']) {
      const answer = await send(api, row, pathOf({ api, row }, id))
      expect(answer.status, answer.text).toBeLessThan(500)
      if (row.method !== 'GET') expect(answer.status, answer.text).toBeGreaterThanOrEqual(400)
    }
  })
})
