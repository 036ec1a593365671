import { randomUUID } from 'node:crypto'
import {
  authenticatePassword,
  authenticateToken,
  issueToken,
  revokeToken,
  SeededRandom,
  SimulatedFleet,
} from '@nephos/core'
import { SystemClock } from '@nephos/drivers/runtime'
import { type Handler, serve } from '../../src/http/index.ts'
import { planeOf } from '../../src/cloud/cloud.ts'
import { type Cloud, type CloudOptions, createCloud } from '../../src/index.ts'
import { seed } from '../../src/seed/seed.ts'
import { checkWire } from './wire.ts'

/** The origin of in-process requests. */
export const origin = 'http://cloud.test'

/** An answer, read whole. */
export class Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string

  constructor(response: Response, text: string) {
    this.status = response.status
    this.headers = response.headers
    this.text = text
  }

  get json(): unknown {
    return this.text === '' ? undefined : JSON.parse(this.text)
  }

  /** What is at a path of the JSON: `server.addresses.private.0.addr`. */
  at(path: string): unknown {
    let value: unknown = this.json
    for (const key of path.split('.')) {
      if (typeof value !== 'object' || value === null) return undefined
      value = Object.entries(value).find(([name]) => name === key)?.[1]
    }
    return value
  }

  /** The text at a path. @throws Error when there is none: the answer is in the message. */
  string(path: string): string {
    const value = this.at(path)
    if (typeof value === 'string') return value
    throw new Error(`No text at ${path} of ${this.status} ${this.text.slice(0, 500)}`)
  }

  /** The list at a path. @throws Error when there is none. */
  list(path: string): readonly unknown[] {
    const value = this.at(path)
    if (Array.isArray(value)) return value
    throw new Error(`No list at ${path} of ${this.status} ${this.text.slice(0, 500)}`)
  }
}

/** Somebody with a token. */
export class Client {
  readonly #handler: Handler
  readonly token: string | undefined
  readonly projectId: string

  constructor(handler: Handler, token: string | undefined, projectId: string) {
    this.#handler = handler
    this.token = token
    this.projectId = projectId
  }

  /** The response itself, for streams. A body that is no text or bytes is sent as JSON. */
  fetch(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    return this.#handler(this.#requestOf(method, path, body, headers))
  }

  #requestOf(
    method: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Request {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array || body === undefined
    const sent = isRaw ? body : JSON.stringify(body)
    return new Request(`${origin}${path}`, {
      method,
      headers: {
        ...(this.token !== undefined && { 'x-auth-token': this.token }),
        ...(!isRaw && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent !== undefined && {
        body: typeof sent === 'string' ? sent : new Blob([sent.slice()]),
      }),
    })
  }

  /** The answer, whose form is compared with what is kept of it when it is a success. */
  async request(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const request = this.#requestOf(method, path, body, headers)
    const { url } = request
    const response = await this.#handler(request)
    const text = await response.text()
    checkWire({ method, url: new URL(url), request, body, response, text })
    return new Answer(response, text)
  }

  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer> {
    return this.request('GET', path, undefined, headers)
  }

  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer> {
    return this.request('POST', path, body, headers)
  }

  put(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer> {
    return this.request('PUT', path, body, headers)
  }

  patch(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer> {
    return this.request('PATCH', path, body, headers)
  }

  delete(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer> {
    return this.request('DELETE', path, undefined, headers)
  }
}

/** A whole cloud in memory behind its HTTP interfaces, without a socket. */
export interface Door extends AsyncDisposable {
  readonly cloud: Cloud
  readonly handler: Handler
  readonly fleet: SimulatedFleet
  /** Administrator of the cloud, in project `admin`. */
  readonly admin: Client
  /** Member of project `demo`. */
  readonly demo: Client
  /** Nobody: without a token. */
  readonly nobody: Client
  /** Somebody with what looks like a token. */
  readonly bad: Client
  /** A new user with a role in a new project. */
  stranger(role?: RoleName): Promise<Client>
  /** The administrator of a new domain, with no project. */
  domainAdmin(): Promise<Client>
  /** Member of project `demo`, with a token that has been revoked. */
  revoked(): Promise<Client>
  /** A user of these names acting in a project. */
  as(user: string, project: string): Promise<Client>
}

export type RoleName = 'admin' | 'manager' | 'member' | 'reader'

/** Hosts run at once what they are told, unless a test says otherwise. */
export async function openDoor(
  options: { readonly hosts?: number; readonly cloud?: Partial<CloudOptions> } = {},
): Promise<Door> {
  const clock = new SystemClock()
  const random = new SeededRandom(7)
  const fleet = new SimulatedFleet({ clock, random })
  const cloud = await createCloud({
    ...options.cloud,
    drivers: { ...options.cloud?.drivers, hypervisor: fleet },
  })
  await seed(cloud, {
    hosts: options.hosts ?? 6,
    passwords: { admin: 'secret', demo: 'secret' },
  })
  const handler = serve(cloud)
  const door: Omit<Door, 'admin' | 'demo'> = {
    cloud,
    handler,
    fleet,
    nobody: new Client(handler, undefined, ''),
    bad: new Client(handler, 'f'.repeat(64), ''),
    domainAdmin: () => domainAdmin(cloud, handler),
    revoked: () => revoked(cloud, handler),
    stranger: (role = 'member') => stranger(cloud, handler, role),
    as: (user, project) => signIn(cloud, handler, user, project),
    [Symbol.asyncDispose]: () => cloud.close(),
  }
  return {
    ...door,
    admin: await door.as('admin', 'admin'),
    demo: await door.as('demo', 'demo'),
  }
}

async function signIn(
  cloud: Cloud,
  handler: Handler,
  name: string,
  project: string,
): Promise<Client> {
  const { kernel } = planeOf(cloud)
  const user = await authenticatePassword(kernel, { name, password: 'secret' })
  const { id } = await cloud.project(project)
  const { secret } = await issueToken(kernel, {
    user,
    scope: { projectId: id },
    methods: ['password'],
  })
  return new Client(handler, secret, id)
}

async function stranger(cloud: Cloud, handler: Handler, role: RoleName): Promise<Client> {
  const name = `stranger-${randomUUID()}`
  const { id } = await cloud.project(name)
  const user = await cloud.system.users.create({ name, password: 'secret' })
  await cloud.system.roles.assign({ userId: user.id, role, projectId: id })
  return signIn(cloud, handler, name, name)
}

async function domainAdmin(cloud: Cloud, handler: Handler): Promise<Client> {
  const { kernel } = planeOf(cloud)
  const name = `domain-${randomUUID()}`
  const { id: domainId } = await cloud.system.domains.create({ name })
  const { id: userId } = await cloud.system.users.create({ name, domainId, password: 'secret' })
  await cloud.system.roles.assign({ userId, role: 'admin', domainId })
  const user = await authenticatePassword(kernel, { name, domainId, password: 'secret' })
  const issued = await issueToken(kernel, { user, scope: { domainId }, methods: ['password'] })
  return new Client(handler, issued.secret, '')
}

async function revoked(cloud: Cloud, handler: Handler): Promise<Client> {
  const client = await signIn(cloud, handler, 'demo', 'demo')
  const { kernel } = planeOf(cloud)
  const { token } = await authenticateToken(kernel, client.token ?? '')
  await revokeToken(kernel, token)
  return client
}
