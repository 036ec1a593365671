import { CommitConflict } from '../commit/committer.ts'
import { Writes } from '../commit/writes.ts'
import type { Kernel } from '../kernel.ts'
import { auditKind, auditTargets } from '../model/audit/audit.ts'
import { idempotencyKind } from '../model/audit/idempotency.ts'
import { withFlow } from '../work/plan.ts'
import { flowOf } from './admission.ts'
import { withoutOnce } from './secrets.ts'

/**
 * Who calls, as what. Made by identity (a token, a session) or by the embedder's own trusted code.
 */
export interface Actor {
  readonly userId: string
  /** The project acted in; null for system scope. */
  readonly projectId: string | null
  readonly domainId: string | null
  /** Role names, implied ones included. */
  readonly roles: readonly string[]
  /** True: acts on the whole system (an operator). */
  readonly system: boolean
  /**
   * True: what he asks for to be done later, as a stack is, may act on the system as well. The HTTP
   * API says so of OpenStack's `admin` role on a project.
   */
  readonly operator?: true
  /**
   * Acts by what was lent to him: until when (null: for good), and whether he may lend it on. He
   * never changes who he is, nor makes what outlasts it.
   */
  readonly lent?: { readonly until: number | null; readonly onward: boolean }
}

export interface CallOptions {
  readonly signal?: AbortSignal
  /**
   * At most 64 printable ASCII characters, unique per project for 24 hours: a repeat has one effect
   * and one answer.
   */
  readonly idempotencyKey?: string
  readonly requestId?: string
}

/**
 * Thrown through an operation when its idempotency key turned out to be used: carries the first
 * answer's record id.
 */
export class AlreadyDone extends Error {
  override readonly name = 'AlreadyDone'
}

/** One call of one operation: the kernel, who asks, and the way to commit. */
export class Call {
  readonly kernel: Kernel
  readonly actor: Actor
  readonly operation: string
  readonly requestId: string
  readonly signal: AbortSignal | undefined
  readonly #key: { readonly id: string; readonly body: string } | undefined
  readonly #once: readonly string[]
  #isKept = false

  constructor(
    kernel: Kernel,
    actor: Actor,
    operation: string,
    options: {
      requestId: string
      signal?: AbortSignal | undefined
      key?: { id: string; body: string } | undefined
      /** Fields of the answer that are not kept. */
      once?: readonly string[] | undefined
    },
  ) {
    this.kernel = kernel
    this.actor = actor
    this.operation = operation
    this.requestId = options.requestId
    this.signal = options.signal
    this.#key = options.key
    this.#once = options.once ?? []
  }

  /** The project acted in. Operations whose policy has project scope may rely on it. */
  get projectId(): string {
    return this.actor.projectId as string
  }

  /**
   * Keeps the answer of a call that found nothing to do under its key, if it has one: a repeat is
   * answered the same, whatever has changed by then.
   *
   * @throws CommitConflict: let it pass, as from `commit`.
   */
  async keep(answer: unknown): Promise<void> {
    if (this.#key && !this.#isKept) await this.commit(new Writes(), [], answer)
  }

  /**
   * Commits a decision with its audit record and idempotency key, durably, in one transaction.
   *
   * @param targets ids of the resources concerned, for the audit.
   * @param answer what the operation will return: kept under the idempotency key, so a repeat
   *   answers alike, in all but what its operation shows once.
   * @throws CommitConflict: let it pass; the operation is run again on fresh reads.
   */
  async commit(writes: Writes, targets: readonly string[], answer: unknown): Promise<void> {
    const { kernel, actor, operation, requestId } = this
    const at = kernel.clock.now()
    writes.insert(auditKind, {
      id: kernel.ids.next(),
      at,
      userId: actor.userId,
      projectId: actor.projectId,
      requestId,
      operation,
      targets: targets.slice(0, auditTargets),
      targetCount: targets.length,
    })
    if (this.#key) {
      writes.insert(idempotencyKind, {
        id: this.#key.id,
        at,
        operation,
        body: this.#key.body,
        answer: withoutOnce(answer ?? null, this.#once),
      })
    }
    try {
      await kernel.committer.commit(withFlow(writes, flowOf(actor)))
      this.#isKept = true
    } catch (error) {
      if (
        error instanceof CommitConflict &&
        error.conflict.type === 'unique' &&
        error.conflict.kind === 'idempotency'
      ) {
        throw new AlreadyDone()
      }
      throw error
    }
  }
}
