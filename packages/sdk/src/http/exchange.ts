import {
  type Actor,
  authenticateToken,
  type AuthenticatedToken,
  type CallOptions,
  CloudError,
  type ControlPlane,
  isCloudError,
  type Operation,
} from '@nephos/core'
import type { Session } from '../cloud/bind.ts'
import { bytesOf } from './body.ts'
import type { Catalog } from './catalog.ts'
import { HttpError } from './faults.ts'

/** What this door shares with others, and no client may know. */
export interface Secrets {
  /** With the proxy that brings guests’ questions about themselves. */
  readonly metadata?: string | undefined
}

/** What a request brought, before its query and body are read. */
export interface Arrival {
  readonly plane: ControlPlane
  /** The mount of its API, and the base that links use. */
  readonly mount: string
  readonly base: string
  /** The endpoint's id. */
  readonly endpoint: string
  readonly builtInCatalog: (projectId: string | null) => Catalog
  readonly catalog: (projectId: string | null) => Promise<Catalog>
  readonly request: Request
  /** Without a trailing slash: `http://cloud.example:5000`. */
  readonly origin: string
  readonly search: URLSearchParams
  readonly params: Readonly<Record<string, string>>
  /** Minor number of the microversion; 0 for an API without. */
  readonly version: number
  readonly requestId: string
  readonly secrets: Secrets
  /** Undefined where no token came and none is needed. */
  readonly authenticated: AuthenticatedToken | undefined
}

/** One request at one endpoint: what it brought, as whom, and the way to the operations. */
export class Exchange<Q, B> {
  readonly query: Q
  readonly body: B
  readonly #arrival: Arrival

  constructor(arrival: Arrival, query: Q, body: B) {
    this.#arrival = arrival
    this.query = query
    this.body = body
  }

  get request(): Request {
    return this.#arrival.request
  }

  get requestId(): string {
    return this.#arrival.requestId
  }

  get signal(): AbortSignal {
    return this.#arrival.request.signal
  }

  /** Minor number of the microversion; 0 for an API without. */
  get version(): number {
    return this.#arrival.version
  }

  get plane(): ControlPlane {
    return this.#arrival.plane
  }

  get secrets(): Secrets {
    return this.#arrival.secrets
  }

  get search(): URLSearchParams {
    return this.#arrival.search
  }

  get headers(): Headers {
    return this.#arrival.request.headers
  }

  /** A variable of the path, decoded. */
  param(name: string): string {
    const value = this.#arrival.params[name]
    if (value === undefined) throw new TypeError(`The path has no variable ${name}.`)
    return value
  }

  /** The token that came with the request. */
  get token(): AuthenticatedToken {
    const { authenticated } = this.#arrival
    if (!authenticated) throw new CloudError('unauthenticated', 'A token is needed.')
    return authenticated
  }

  /** True if a token came: asked by endpoints that need none. */
  get isAuthenticated(): boolean {
    return this.#arrival.authenticated !== undefined
  }

  /**
   * As whom the caller acts.
   *
   * @throws CloudError `unauthenticated` without a token, `forbidden` with one that has no scope.
   */
  get actor(): Actor {
    const { actor } = this.token
    if (!actor) throw new CloudError('forbidden', 'The token has no scope.', { field: 'actor' })
    return actor
  }

  /** The project acted in. @throws CloudError `forbidden` for tokens of another scope. */
  get projectId(): string {
    const { projectId } = this.actor
    if (projectId !== null) return projectId
    throw new CloudError('forbidden', 'The token has no project.', { field: 'actor' })
  }

  /**
   * The actor as administrator of the whole cloud: OpenStack's `admin` role, held on a project or
   * on the system, is that. Undefined for everybody else, administrators of a domain included.
   */
  get operator(): Actor | undefined {
    const actor = this.#arrival.authenticated?.actor
    return actor ? operatorOf(actor) : undefined
  }

  /** @throws CloudError `forbidden` unless an administrator of the whole cloud asks. */
  requireOperator(): Actor {
    const { operator } = this
    if (operator) return operator
    throw new CloudError('forbidden', `Not allowed: ${this.#arrival.endpoint}.`, {
      field: 'actor',
    })
  }

  /** For functions of the library that are no operations, such as uploads. */
  get session(): Session {
    return { plane: this.plane, actor: this.actor }
  }

  /** Options of a call that this request makes. */
  get callOptions(): CallOptions {
    return { signal: this.signal, requestId: this.requestId }
  }

  /**
   * Invokes an operation as the caller; one of the system as administrator, if he is one. The
   * header `Idempotency-Key` makes a repeat of the request have one effect: with a suffix where a
   * request makes several changes.
   */
  invoke<I, O, In>(
    operation: Operation<I, O, In>,
    input: NoInfer<In>,
    options: { readonly step?: string } = {},
  ): Promise<O> {
    const { operator } = this
    const actor = operation.policy.scope === 'system' && operator ? operator : this.actor
    return this.invokeAs(actor, operation, input, options)
  }

  /**
   * As `invoke`; what an administrator does not find in his own project is looked for in all of
   * them.
   */
  async invokeAny<I, O, In>(
    operation: Operation<I, O, In>,
    input: NoInfer<In>,
    options: { readonly step?: string } = {},
  ): Promise<O> {
    const { operator } = this
    if (!operator || operation.policy.scope === 'project') {
      return await this.invoke(operation, input, options)
    }
    if (this.actor.projectId === null)
      return await this.invokeAs(operator, operation, input, options)
    try {
      return await this.invoke(operation, input, options)
    } catch (error) {
      if (!isCloudError(error) || error.code !== 'notFound') throw error
      return await this.invokeAs(operator, operation, input, options)
    }
  }

  /** Invokes an operation as somebody whom the endpoint knows to be right. */
  invokeAs<I, O, In>(
    actor: Actor,
    operation: Operation<I, O, In>,
    input: NoInfer<In>,
    { step }: { readonly step?: string } = {},
  ): Promise<O> {
    const key = operation.mutates ? this.headers.get('idempotency-key') : null
    return this.plane.invoke(actor, operation, input, {
      ...this.callOptions,
      ...(key !== null && { idempotencyKey: step === undefined ? key : `${key}.${step}` }),
    })
  }

  /** Who a token is of, for endpoints that read tokens from elsewhere. */
  authenticate(secret: string): Promise<AuthenticatedToken> {
    return authenticateToken(this.plane.kernel, secret)
  }

  /** The body's bytes as they come. */
  get stream(): AsyncIterable<Uint8Array> {
    return bytesOf(this.request)
  }

  /** The origin of this request's URL, as the client sees it. */
  get origin(): string {
    return this.#arrival.origin
  }

  /** The absolute URL of a path beneath this API's base. */
  url(path: string): string {
    const { mount, base, params, authenticated } = this.#arrival
    const projectId = params['project_id'] ?? authenticated?.actor?.projectId ?? ''
    return `${this.origin}${mount}${base.replace('{project_id}', projectId)}${path}`
  }

  /** The absolute URL of a path beneath this API's mount. */
  mountUrl(path: string): string {
    return `${this.origin}${this.#arrival.mount}${path}`
  }

  /** What the cloud itself offers, where, for a project. */
  builtInCatalog(projectId: string | null): Catalog {
    return this.#arrival.builtInCatalog(projectId)
  }

  /** That, and what administrators have added. */
  catalog(projectId: string | null): Promise<Catalog> {
    return this.#arrival.catalog(projectId)
  }

  /** Refuses what this API does not do. */
  refuse(status: number, message: string, field?: string): never {
    throw new HttpError(status, message, field === undefined ? {} : { field })
  }
}

/** The actor as administrator of the whole cloud, if he is one. */
export function operatorOf(actor: Actor): Actor | undefined {
  const isScoped = actor.system || actor.projectId !== null
  if (!isScoped || !actor.roles.includes('admin')) return undefined
  return { ...actor, projectId: null, domainId: null, system: true }
}
