import {
  authenticateToken,
  type AuthenticatedToken,
  CloudError,
  type ControlPlane,
  isAccessAllowed,
  parseInput,
  readCatalog,
} from '@nephos/core'
import { type Cloud, planeOf } from '../cloud/cloud.ts'
import { type Answer, type Handler, handlerOf } from './answer.ts'
import { apis } from './apis.ts'
import { jsonOf } from './body.ts'
import { addedCatalog, catalogOf } from './catalog.ts'
import { type CorsOptions, corsHeadersOf, preflightOf } from './cors.ts'
import { type Api, type EndpointRow, type Method, methods } from './endpoint.ts'
import { type Arrival, Exchange, operatorOf } from './exchange.ts'
import { faultHeaders, faultOf, HttpError } from './faults.ts'
import { microversionHeaders, microversionOf } from './microversion.ts'
import type { RawQuery } from './paging.ts'
import { RateLimit, type RateOptions } from './rate.ts'
import { answerOf, type Reply } from './reply.ts'
import { type Found, Router } from './router.ts'

export interface ServeOptions {
  /**
   * The origin that clients use, such as `https://cloud.example`: links and the catalogue name it.
   * Without it, it is what each request's `Host` says.
   */
  readonly url?: string
  /**
   * Shared with the proxy that brings guests' questions about themselves, which signs with it
   * (Nova's `metadata_proxy_shared_secret`). Without it, guests are told nothing.
   */
  readonly metadataSecret?: string
  /** Which scripts of other origins may use it; none unless said. */
  readonly cors?: CorsOptions
  /** How much each user of each project may ask for; as much as he likes unless said. */
  readonly rate?: RateOptions
}

interface Door {
  readonly plane: ControlPlane
  readonly routers: ReadonlyMap<Api, Router>
  readonly options: ServeOptions
  readonly rate: RateLimit | undefined
}

interface Route {
  readonly api: Api
  readonly url: URL
  readonly found: Found | undefined
}

/**
 * OpenStack's HTTP interfaces to a cloud, as a function from a request to a response: to be called
 * in the process without a socket, by `listen`, or within any framework that speaks `fetch`.
 */
export function serve(cloud: Cloud, options: ServeOptions = {}): Handler {
  const plane = planeOf(cloud)
  const door: Door = {
    plane,
    routers: new Map(apis.map((api) => [api, new Router(api)])),
    options,
    rate: options.rate && new RateLimit(options.rate, plane.kernel.clock),
  }
  return handlerOf((request) => answer(door, request))
}

async function answer(door: Door, request: Request): Promise<Answer> {
  const requestId = `req-${door.plane.kernel.ids.next()}`
  const headers = new Headers({ 'x-openstack-request-id': requestId })
  const preflight = preflightOf(door.options.cors, request)
  if (preflight) return answerOf({ headers: preflight }, 204, headers)
  setAll(headers, corsHeadersOf(door.options.cors, request))
  const url = new URL(request.url)
  const api = apiOf(request, url)
  if (!api) {
    const error = new HttpError(404, `Nothing is at ${url.pathname.slice(0, 200)}.`)
    const { json, status } = { json: { error: error.toJSON() }, status: error.status }
    return answerOf({ json }, status, headers)
  }
  if (api.requestIdHeader !== undefined) {
    headers.set(api.requestIdHeader, api.requestIdForm?.(requestId) ?? requestId)
  }
  const router = door.routers.get(api) as Router
  const route = { api, url, found: router.find(url.pathname.slice(api.mount.length)) }
  let row: EndpointRow | undefined
  try {
    const version = versionOf(route, request.headers)
    setAll(headers, api.microversions && microversionHeaders(api.microversions, version))
    row = endpointOf(route, request.method, version ?? 0)
    const reply = await perform(door, route, row, request, version ?? 0, requestId)
    const isBodiless = request.method === 'HEAD' && row.method === 'GET'
    count(door, row, reply.status ?? row.status)
    return answerOf(isBodiless ? bodiless(reply) : reply, row.status, headers)
  } catch (error) {
    return refused(door, { api, row, error, requestId, headers })
  }
}

function refused(
  door: Door,
  at: {
    readonly api: Api
    readonly row: EndpointRow | undefined
    readonly error: unknown
    readonly requestId: string
    readonly headers: Headers
  },
): Answer {
  const { api, row, error, requestId, headers } = at
  const fault = faultOf(error, requestId, row?.statuses, api.statuses)
  if (row) count(door, row, fault.status)
  if (fault.status >= 500) {
    door.plane.kernel.telemetry.logger.log('error', 'request failed', {
      endpoint: row?.id ?? api.name,
      requestId,
      error: String(error instanceof CloudError ? (error.cause ?? error) : error),
    })
  }
  setAll(headers, faultHeaders(error, fault))
  const body = api.fault(fault)
  if (typeof body === 'string') headers.set('content-type', api.faultType ?? 'text/plain')
  return answerOf(typeof body === 'string' ? { text: body } : { json: body }, fault.status, headers)
}

/** By endpoint and hundred of the status: few enough to be series of metrics, whoever asks. */
function count({ plane }: Door, row: EndpointRow, status: number): void {
  const code = `${Math.floor(status / 100)}xx`
  plane.kernel.telemetry.meter.count('http_requests', 1, { name: row.id, code })
}

/** Documents that tell of versions are read before one is agreed on: they are of none. */
function versionOf({ api, found }: Route, headers: Headers): number | undefined {
  if (!api.microversions) return undefined
  const rows = found ? [...found.endpoints.values()].flat() : []
  const isOpen = rows.length > 0 && rows.every(({ access }) => access === 'open')
  return isOpen ? api.microversions.min : microversionOf(api.microversions, headers)
}

/** The API whose request this is. */
function apiOf(request: Request, url: URL): Api | undefined {
  const claimed = apis.find((api) => api.claims?.(request, url))
  if (claimed) return claimed
  const segment = `/${url.pathname.split('/', 2)[1] ?? ''}`
  return apis.find((api) => api.mount === segment)
}

/** @throws HttpError 404 for a path that there is not, 405 for a method that it does not take. */
function endpointOf({ api, url, found }: Route, name: string, version: number): EndpointRow {
  if (!found) throw new HttpError(404, `The resource ${url.pathname.slice(0, 200)} was not found.`)
  const method = methods.find((own) => own === name)
  const row = method && within(found, method, version)
  // A document that can be got can be asked for its headers.
  const got = row ?? (method === 'HEAD' ? within(found, 'GET', version) : undefined)
  if (got) return got
  const allowed = methods.filter((own) => within(found, own, version))
  // `DELETE /images/` names an image without an id: there is none.
  const isNameless = url.pathname.endsWith('/') && method !== undefined && method !== 'POST'
  if (allowed.length === 0 || isNameless) {
    throw new HttpError(404, `${api.title} has no such resource in this version of its interface.`)
  }
  throw new HttpError(405, `${name.slice(0, 20)} is not allowed here.`, {
    headers: { allow: allowed.join(', ') },
  })
}

function within(found: Found, method: Method, version: number): EndpointRow | undefined {
  return found.endpoints
    .get(method)
    ?.find(({ since = 0, until = Infinity }) => since <= version && version <= until)
}

async function perform(
  door: Door,
  { api, url, found }: Route,
  row: EndpointRow,
  request: Request,
  version: number,
  requestId: string,
): Promise<Reply> {
  const params = found?.params ?? {}
  const origin = originOf(door, url)
  const authenticated = row.access === 'open' ? undefined : await whoAsks(door, row, request)
  if (authenticated) door.rate?.spend(authenticated, row)
  checkAccessRules({ api, url }, request.method, authenticated)
  checkProject(api, params, authenticated)
  const arrival: Arrival = {
    plane: door.plane,
    mount: api.mount,
    base: api.bases[0] ?? '',
    endpoint: row.id,
    builtInCatalog: (projectId) => catalogOf(apis, origin, projectId),
    catalog: async (projectId) => [
      ...catalogOf(apis, origin, projectId),
      ...addedCatalog(await readCatalog(door.plane.kernel), projectId),
    ],
    request,
    origin,
    search: url.searchParams,
    params,
    version,
    requestId,
    secrets: { metadata: door.options.metadataSecret },
    authenticated,
  }
  const raw = rawQuery(url.searchParams)
  const query = row.query ? parseInput(row.query, raw) : raw
  const body = row.body ? parseInput(row.body, await jsonOf(request)) : undefined
  return await row.run(new Exchange(arrival, query as never, body as never))
}

async function whoAsks(
  { plane }: Door,
  row: EndpointRow,
  request: Request,
): Promise<AuthenticatedToken | undefined> {
  const secret = request.headers.get('x-auth-token')
  if (secret !== null) return withOperator(await authenticateToken(plane.kernel, secret))
  if (row.access === 'optional') return undefined
  throw new CloudError('unauthenticated', 'The request you have made requires authentication.')
}

/** What an administrator asks for to be done later is done as such, too. */
function withOperator(token: AuthenticatedToken): AuthenticatedToken {
  const { actor } = token
  return actor && operatorOf(actor) ? { ...token, actor: { ...actor, operator: true } } : token
}

/** A token of an application credential with access rules is for those calls only. */
function checkAccessRules(
  { api, url }: Pick<Route, 'api' | 'url'>,
  method: string,
  authenticated: AuthenticatedToken | undefined,
): void {
  const rules = authenticated?.accessRules
  if (!rules) return
  const path = url.pathname.slice(api.mount.length)
  if (isAccessAllowed(rules, { service: api.type, method, path })) return
  throw new CloudError('unauthenticated', 'The token is not for this call.')
}

/** A path that names a project is for tokens of that project, and for administrators. */
function checkProject(
  api: Api,
  params: Readonly<Record<string, string>>,
  authenticated: AuthenticatedToken | undefined,
): void {
  const projectId = params['project_id']
  if (
    projectId === undefined ||
    !authenticated ||
    !api.bases.some((base) => base.includes('{project_id}'))
  )
    return
  if (authenticated.actor?.projectId === projectId) return
  throw new HttpError(api.foreignProject ?? 403, 'The path names another project than the token.', {
    field: 'project_id',
  })
}

function originOf({ options }: Door, url: URL): string {
  return options.url?.replace(/\/$/, '') ?? url.origin
}

function rawQuery(search: URLSearchParams): RawQuery {
  const query: Record<string, string | string[]> = Object.create(null) as Record<string, string>
  for (const [name, value] of search) {
    const before = query[name]
    query[name] = before === undefined ? value : [before, value].flat()
  }
  return query
}

function bodiless({ headers, status }: Reply): Reply {
  return { ...(headers && { headers }), ...(status !== undefined && { status }) }
}

function setAll(headers: Headers, values: Readonly<Record<string, string>> | undefined): void {
  for (const [name, value] of Object.entries(values ?? {})) {
    // Answers may differ by several headers of their requests.
    if (name === 'vary') headers.append(name, value)
    else headers.set(name, value)
  }
}
