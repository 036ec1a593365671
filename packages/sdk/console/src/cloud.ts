/** JSON as it comes: views read what they know of. */
export type Json = Readonly<Record<string, unknown>>

export interface Session {
  readonly token: string
  readonly user: string
  readonly project: string
  readonly projectId: string
  readonly roles: readonly string[]
  /** URLs of services by their type. */
  readonly urls: Readonly<Record<string, string>>
}

/** A service refused a request: what it said, for people. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const identity = '/identity/v3'
const kept = 'nephos-session'
/** Nova’s microversion unless a view needs another. */
const computeVersion = 'compute 2.96'

/** Signs a user in to a project; the session lasts as long as the browser’s tab. */
export async function signIn(user: string, password: string, project: string): Promise<Session> {
  const domain = { id: 'default' }
  const response = await fetch(`${identity}/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      auth: {
        identity: { methods: ['password'], password: { user: { name: user, domain, password } } },
        scope: { project: { name: project, domain } },
      },
    }),
  })
  if (!response.ok) throw new Refusal(response.status, await messageOf(response))
  const { token } = (await response.json()) as { readonly token: Json }
  const session: Session = {
    token: response.headers.get('x-subject-token') ?? '',
    user,
    project,
    projectId: text(object(token['project'])['id']),
    roles: list(token['roles']).map((role) => text(role['name'])),
    urls: Object.fromEntries(
      list(token['catalog']).map((entry) => [text(entry['type']), publicUrl(entry)]),
    ),
  }
  sessionStorage.setItem(kept, JSON.stringify(session))
  return session
}

export function keptSession(): Session | undefined {
  const json = sessionStorage.getItem(kept)
  return json === null ? undefined : (JSON.parse(json) as Session)
}

/** Ends the session; its token is worth nothing from then on. */
export async function signOut(session: Session): Promise<void> {
  sessionStorage.removeItem(kept)
  const headers = { 'x-auth-token': session.token, 'x-subject-token': session.token }
  await fetch(`${identity}/auth/tokens`, { method: 'DELETE', headers })
}

export interface AskOptions {
  readonly method?: string
  readonly body?: unknown
  readonly signal?: AbortSignal
  /** Nova's microversion. */
  readonly version?: string
}

/** Asks a service for JSON. @throws Refusal with what the service says. */
export async function ask(
  session: Session,
  service: string,
  path: string,
  options: AskOptions = {},
): Promise<Json> {
  const base = session.urls[service]
  if (base === undefined) throw new Refusal(404, `This cloud has no service ${service}.`)
  const response = await fetch(`${new URL(base).pathname}${path}`, {
    method: options.method ?? 'GET',
    headers: {
      'x-auth-token': session.token,
      ...(service === 'compute' && { 'openstack-api-version': options.version ?? computeVersion }),
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    ...(options.signal && { signal: options.signal }),
  })
  if (!response.ok) throw new Refusal(response.status, await messageOf(response))
  return response.status === 204 ? {} : ((await response.json()) as Json)
}

/** Every page of a list that has links to the next one, up to a bound. */
export async function askAll(
  session: Session,
  service: string,
  path: string,
  name: string,
  most = 5_000,
  options: AskOptions = {},
): Promise<readonly Json[]> {
  const rows: Json[] = []
  const joint = path.includes('?') ? '&' : '?'
  for (let marker = ''; rows.length < most;) {
    const after = marker === '' ? '' : `&marker=${encodeURIComponent(marker)}`
    const page = list(
      (await ask(session, service, `${path}${joint}limit=1000${after}`, options))[name],
    )
    rows.push(...page)
    if (page.length < 1_000) return rows
    marker = text(page.at(-1)?.['id'])
  }
  return rows
}

/** What a service says of a refusal, wherever it writes it. */
async function messageOf(response: Response): Promise<string> {
  const body = await response.text()
  try {
    const found = Object.values(JSON.parse(body) as Json)
      .map((value) => (typeof value === 'string' ? value : object(value)['message']))
      .find((value) => typeof value === 'string' && value !== '')
    return typeof found === 'string' ? found : `${response.status} ${body.slice(0, 400)}`
  } catch {
    return `${response.status} ${body.slice(0, 400)}`
  }
}

function publicUrl(entry: Json): string {
  return text(list(entry['endpoints']).find((end) => end['interface'] === 'public')?.['url'])
}

export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {}
}

export function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(object) : []
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

export function number(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
