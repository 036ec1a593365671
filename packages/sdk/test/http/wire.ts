import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { apis } from '../../src/http/apis.ts'
import type { Api, EndpointRow } from '../../src/http/endpoint.ts'
import { Router } from '../../src/http/router.ts'
import { difference, joined, shapeOf, type Written } from './shape.ts'

/** What is kept of an endpoint: a request that succeeded, and what all its answers look like. */
export interface Wire {
  readonly status: readonly number[]
  /** A JSON body that it took; ids stand in it as `<id>`. */
  readonly body?: unknown
  /** What followed the path. */
  readonly query?: string
  /** Of a JSON answer. */
  readonly answer?: Written
  /** Content type of an answer that is no JSON. */
  readonly type?: string
}

export type Wires = Readonly<Record<string, Wire>>

/** `UPDATE_WIRE=1` writes what is new; otherwise what is new fails the test that sees it. */
const isWriting = process.env['UPDATE_WIRE'] === '1'

const routers = new Map(apis.map((api) => [api, new Router(api)]))
const kept = new Map<string, Record<string, Wire>>()

/** What is kept of an interface's endpoints, by their ids. */
export function wiresOf(api: string): Wires {
  return read(api)
}

export interface Seen {
  readonly method: string
  readonly url: URL
  readonly request: Request
  readonly body: unknown
  readonly response: Response
  readonly text: string
}

/**
 * Compares a successful answer with what is kept of its endpoint.
 *
 * @throws Error when its form has changed: a field is new, is missing, or is of another type.
 */
export function checkWire(seen: Seen): void {
  if (seen.response.status >= 400) return
  const found = endpointOf(seen)
  if (!found) return
  const { api, row } = found
  const own = wireOf(seen)
  const before = read(api.name)[row.id]
  const wrong = before ? changed(own, before) : 'nothing is kept of it'
  if (isWriting) write(api.name, row.id, before ? merged(before, own) : own)
  else if (wrong !== undefined) {
    const mend = 'UPDATE_WIRE=1 npx vitest run packages/sdk/test/http'
    throw new Error(`${row.id}: ${wrong}. If it should be so: ${mend}`)
  }
}

function endpointOf(seen: Seen): { readonly api: Api; readonly row: EndpointRow } | undefined {
  const { url, request, method } = seen
  const claimed = apis.find((api) => api.claims?.(request, url))
  const mount = `/${url.pathname.split('/', 2)[1] ?? ''}`
  const api = claimed ?? apis.find((other) => other.mount === mount)
  const rows = api && routers.get(api)?.find(url.pathname.slice(api.mount.length))
  // Several differ in their versions.
  const spoken = /\.(\d+)$/.exec(seen.response.headers.get('openstack-api-version') ?? '')
  const version = Number(spoken?.[1] ?? 0)
  const row = rows?.endpoints
    .get(method as EndpointRow['method'])
    ?.find(({ since = 0, until = Infinity }) => since <= version && version <= until)
  return api && row ? { api, row } : undefined
}

function wireOf({ body, response, text, url }: Seen): Wire {
  const isJson = response.headers.get('content-type')?.includes('json') === true && text !== ''
  const type = response.headers.get('content-type')?.split(';')[0]
  const query = masked(url.search)
  return {
    status: [response.status],
    ...(typeof body === 'object' &&
      body !== null &&
      !ArrayBuffer.isView(body) && { body: JSON.parse(masked(JSON.stringify(body))) as unknown }),
    ...(query !== '' && query.length < 200 && { query }),
    ...(isJson && { answer: shapeOf(JSON.parse(text)) }),
    ...(!isJson && type !== undefined && text !== '' && { type }),
  }
}

/** Ids are others at each run. */
function masked(text: string): string {
  return text.replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32,64}/gi, '<id>')
}

function changed(own: Wire, before: Wire): string | undefined {
  const status = own.status.find((one) => !before.status.includes(one))
  if (status !== undefined) return `status ${status} is new`
  if (own.answer === undefined) return undefined
  return before.answer === undefined ? 'it has a body now' : difference(own.answer, before.answer)
}

function merged(before: Wire, own: Wire): Wire {
  const { answer } = own
  return {
    ...own,
    ...before,
    status: [...new Set([...before.status, ...own.status])].sort((a, b) => a - b),
    ...(answer !== undefined && {
      answer: before.answer === undefined ? answer : joined(before.answer, answer),
    }),
  }
}

function fileOf(api: string): string {
  return fileURLToPath(new URL(`wire/${api}.json`, import.meta.url))
}

function read(api: string): Record<string, Wire> {
  const cached = kept.get(api)
  if (cached && !isWriting) return cached
  const file = fileOf(api)
  const wires = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Wire>)
    : {}
  kept.set(api, wires)
  return wires
}

function write(api: string, id: string, wire: Wire): void {
  const wires = { ...read(api), [id]: wire }
  const sorted = Object.entries(wires).sort(([a], [b]) => (a < b ? -1 : 1))
  writeFileSync(fileOf(api), `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`)
}
