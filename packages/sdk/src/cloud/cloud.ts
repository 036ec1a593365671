import {
  type Actor,
  type CallOptions,
  type ControlPlane,
  defaultDomainId,
  type Finding,
  type Operation,
  projectEnsure,
  projectGet,
  resolveActor,
  type ActorScope,
  type StoreStats,
} from '@nephos/core'
import { objectAccess, type ObjectAccess } from './object-access.ts'
import { type ProjectApi, projectApi } from './project.ts'
import { type SystemApi, systemApi } from './system.ts'

/** The embedder's own code acts as this operator: it holds the process, so it needs no password. */
const embedder: Actor = Object.freeze({
  userId: 'embedder',
  projectId: null,
  domainId: null,
  roles: Object.freeze(['admin']),
  system: true,
})

/**
 * Where a cloud keeps its control plane, for transports: a symbol that every copy of this package
 * shares.
 */
const planeKey = Symbol.for('nephos.Cloud.plane')

/** The control plane of a cloud: for what is built on operations rather than on the library. */
export function planeOf(cloud: Cloud): ControlPlane {
  return cloud[planeKey]
}

export interface CloudStats extends StoreStats {
  /** Bus messages published by this process. */
  readonly messages: number
}

/** A user in a project: what the roles there allow. */
export interface ProjectSession {
  readonly project: ProjectApi
  readonly system: SystemApi
}

/** An open cloud. */
export class Cloud implements AsyncDisposable {
  /** Hosts, aggregates, flavors, projects, users, quotas: what operators do. */
  readonly system: SystemApi
  /** Object storage for those without an identity: temporary URLs, open containers. */
  readonly objectAccess: ObjectAccess
  readonly #plane: ControlPlane
  declare readonly [planeKey]: ControlPlane

  constructor(plane: ControlPlane) {
    this.#plane = plane
    Object.defineProperty(this, planeKey, { value: plane })
    this.system = systemApi({ plane, actor: embedder })
    this.objectAccess = objectAccess(plane)
  }

  /** Hosts, as operators see them: the same as `system.hosts`. */
  get hosts(): SystemApi['hosts'] {
    return this.system.hosts
  }

  /**
   * How many servers of a flavor would fit now, in zones and in a group as a request would name
   * them, and why not one more.
   */
  get capacity(): SystemApi['capacity'] {
    return this.system.capacity
  }

  /** A plan that frees hosts by at most so many moves. Nothing moves. */
  get defragment(): SystemApi['defragment'] {
    return this.system.defragment
  }

  /**
   * The project of this name in the default domain, made if absent, acted in as its admin: for the
   * embedder's own code. Use `as` to act as one of its users, with that user's roles.
   */
  async project(name: string, options?: CallOptions): Promise<ProjectApi> {
    const project = await this.#plane.invoke(embedder, projectEnsure, { name }, options)
    const actor: Actor = {
      ...embedder,
      projectId: project.id,
      domainId: defaultDomainId,
      system: false,
    }
    return projectApi({ plane: this.#plane, actor }, project)
  }

  /**
   * What a user may do in a scope, with the roles assigned there and no more.
   *
   * @throws CloudError `forbidden` when the user has no role there, or is disabled.
   */
  async as(scope: ActorScope & { readonly projectId: string }): Promise<ProjectSession>
  async as(scope: ActorScope): Promise<{ readonly system: SystemApi }>
  async as(scope: ActorScope): Promise<ProjectSession | { readonly system: SystemApi }> {
    const actor = await resolveActor(this.#plane.kernel, scope ?? {})
    const session = { plane: this.#plane, actor }
    const system = systemApi(session)
    if (actor.projectId === null) return { system }
    const project = await this.#plane.invoke(embedder, projectGet, { id: actor.projectId })
    return { project: projectApi(session, project), system }
  }

  /** Any operation, as any actor: for transports and tools built on top. */
  invoke<I, O>(
    actor: Actor,
    operation: Operation<I, O>,
    input: unknown,
    options?: CallOptions,
  ): Promise<O> {
    return this.#plane.invoke(actor, operation, input, options)
  }

  /**
   * Recomputes every invariant from the rows; an empty list is what you want to see.
   *
   * @throws CloudError `aborted` when the signal fires.
   */
  async audit(options: Pick<CallOptions, 'signal'> = {}): Promise<Finding[]> {
    const findings: Finding[] = []
    for await (const finding of this.#plane.audit(options)) findings.push(finding)
    return findings
  }

  /** Runs every reconciler once, now. */
  reconcile(): Promise<void> {
    return this.#plane.reconcile()
  }

  /**
   * Waits until no work is left, or the time is over.
   *
   * @returns the workflows still unfinished: 0 unless the time was over.
   */
  settle(options: { readonly timeoutMs: number; readonly signal?: AbortSignal }): Promise<number> {
    return this.#plane.settle(options)
  }

  get stats(): CloudStats {
    const { store, bus } = this.#plane.kernel
    return {
      transactions: store.stats.transactions,
      statements: store.stats.statements,
      messages: bus.messages,
    }
  }

  /**
   * Finishes what is being written, hands back unfinished work, closes store and drivers.
   * Idempotent.
   */
  close(): Promise<void> {
    return this.#plane.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
