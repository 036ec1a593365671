import type { Actor, ControlPlane, Operation } from '@nephos/core'
import type { Chance } from '../world/chance.ts'

/** What tenants do with one service. A service joins a story by one such file. */
export interface Workload {
  readonly service: string
  readonly actions: readonly Action[]
  /** Services whose things its actions use: they are prepared with it. */
  readonly uses?: readonly string[]
  /** Made once by the operator before the story begins: flavors, public images. */
  readonly prepare?: (operator: Tenant) => Promise<void>
}

/** Something that a tenant does: one call, or a few that belong together. */
export interface Action {
  readonly name: string
  /** How likely, compared to the other actions. */
  readonly weight: number
  /** Never throws: what a call ends with is in its outcome. */
  readonly run: (tenant: Tenant) => Promise<void>
}

/** How a call ended, as far as its caller can know. */
export type Outcome<T> =
  | { readonly end: 'ok'; readonly answer: T }
  /** Refused for good: nothing happened. */
  | { readonly end: 'refused'; readonly code: string; readonly message: string }
  /** No answer came, however often it was asked: done or not. */
  | { readonly end: 'unknown' }

export interface CallChoices {
  /** Who calls; the tenant's member by default. */
  readonly as?: Actor
  /**
   * False: without idempotency key, and so never repeated. By default mutations carry one and are
   * repeated, at any process, until they are answered.
   */
  readonly keyed?: boolean
  /** The very key, for a repeat that is meant; a new one by default. */
  readonly key?: string
}

/** A user of the cloud: calls any of its processes, waits, repeats, and remembers what it made. */
export interface Tenant {
  readonly name: string
  readonly projectId: string
  /** Acts in the tenant's project. */
  readonly member: Actor
  /** Acts on the whole system. */
  readonly operator: Actor
  readonly chance: Chance
  /** Most servers in one request. */
  readonly batch: number
  /** What this tenant knows of, by kind. */
  readonly known: Known
  /** What everybody knows of: flavors, public images, hosts; and other tenants' things to probe. */
  readonly common: Known
  /** Calls an operation. */
  call<I, O>(operation: Operation<I, O>, input: unknown, choices?: CallChoices): Promise<Outcome<O>>
  /** The same for what is no operation, such as an upload. */
  attempt<T>(
    name: string,
    run: (plane: ControlPlane, signal: AbortSignal) => Promise<T>,
    repeat: boolean,
  ): Promise<Outcome<T>>
  /** A new secret: nothing that anybody is shown, and no log, may hold it. */
  secret(): string
  /** Lets virtual time pass. */
  rest(ms: number): Promise<void>
  /** Notes that a rare path was taken. */
  sometimes(path: string): void
  /** Reports a broken promise that only the caller can see. */
  report(invariant: number, subject: string, message: string): void
}

/** Ids by kind, in the order in which they became known. */
export class Known {
  readonly #ids = new Map<string, string[]>()

  all(kind: string): readonly string[] {
    return this.#ids.get(kind) ?? []
  }

  add(kind: string, ...ids: readonly string[]): void {
    const list = this.#ids.get(kind)
    if (list) list.push(...ids)
    else this.#ids.set(kind, [...ids])
  }

  remove(kind: string, id: string): void {
    const list = this.#ids.get(kind)
    const at = list?.indexOf(id) ?? -1
    if (at >= 0) list?.splice(at, 1)
  }

  pick(kind: string, chance: Chance): string | undefined {
    return chance.pick(this.all(kind))
  }
}
