import { limits } from '../../../base/limits.ts'
import { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import type { Draft } from '../../../model/kind.ts'
import {
  type StackResource,
  stackResourceKind,
  stackResourceScope,
} from '../../../model/stack/resource.ts'
import {
  type Stack,
  type StackEvent,
  stackEventKind,
  stackKind,
  stackTopic,
} from '../../../model/stack/stack.ts'
import type { WorkContext } from '../../../work/program.ts'
import { everyRow } from '../../page.ts'
import { resourceEvent, stackEvent } from '../events.ts'
import { heldReason } from '../plan/hold.ts'
import { openSignals, planSignalsRemoval } from '../signals.ts'

/** What changes of the resources of a stack, in one go. */
export interface Changes {
  readonly insert?: readonly Draft<StackResource>[]
  readonly update?: readonly StackResource[]
  readonly remove?: readonly StackResource[]
}

/**
 * A stack and the rows of its resources, as they are while one worker holds its work. What is
 * written is remembered, so that a step reads them once.
 */
export class Board {
  readonly kernel: Kernel
  /** What the stack takes over: ids by the names of resources. */
  adopted: Readonly<Record<string, string>> = {}
  readonly #context: WorkContext
  readonly #rows: Map<string, StackResource>
  #stack: Stack

  private constructor(
    kernel: Kernel,
    context: WorkContext,
    stack: Stack,
    rows: Map<string, StackResource>,
  ) {
    this.kernel = kernel
    this.#context = context
    this.#stack = stack
    this.#rows = rows
  }

  static async load(kernel: Kernel, context: WorkContext, stack: Stack): Promise<Board> {
    const rows = new Map<string, StackResource>()
    const query = { index: 'byStack', equals: [stack.id] }
    for await (const page of everyRow(kernel, stackResourceKind, query)) {
      for (const row of page) rows.set(row.id, row)
    }
    return new Board(kernel, context, stack, rows)
  }

  get stack(): Stack {
    return this.#stack
  }

  get rows(): StackResource[] {
    return [...this.#rows.values()]
  }

  get signal(): AbortSignal {
    return this.#context.signal
  }

  /** The rows that hold their names. */
  live(): Map<string, StackResource> {
    return new Map(
      this.rows.flatMap((row) => (row.liveName === null ? [] : [[row.name, row] as const])),
    )
  }

  /**
   * Writes changes in transactions of bounded size, each with its events.
   *
   * @throws CommitConflict: another has taken over, or the rows read were old.
   */
  async commit(changes: Changes): Promise<void> {
    const all: Change[] = [
      ...(changes.update ?? []).map((row) => ({ type: 'update', row }) as const),
      ...(changes.insert ?? []).map(
        (row) => ({ type: 'insert', row: { ...row, rev: 1 } }) as const,
      ),
      ...(changes.remove ?? []).map((row) => ({ type: 'remove', row }) as const),
    ]
    for (let from = 0; from < all.length; from += limits.stackWave) {
      await this.#commitSome(all.slice(from, from + limits.stackWave))
    }
  }

  async #commitSome(changes: readonly Change[]): Promise<void> {
    const writes = new Writes()
    let count = 0
    for (const { type, row } of changes) {
      if (type === 'insert') {
        const { rev: _, ...draft } = row
        writes.insert(stackResourceKind, draft)
        if (row.signals) openSignals(writes, row.id)
        count++
      } else if (type === 'update') writes.update(stackResourceKind, row)
      else {
        writes.remove(stackResourceKind, row)
        count--
      }
      writes.insert(stackEventKind, ...this.#eventsOf(type, row))
    }
    const gone = changes.flatMap(({ type, row }) =>
      type === 'remove' && row.signals ? [row.id] : [],
    )
    await planSignalsRemoval(this.kernel, writes, gone)
    writes.add({ scope: stackResourceScope(this.#stack.id), name: 'resources', add: count })
    writes.ring(stackTopic(this.#stack.id))
    await this.#context.commit(writes)
    for (const { type, row } of changes) {
      if (type === 'remove') this.#rows.delete(row.id)
      else this.#rows.set(row.id, type === 'update' ? { ...row, rev: row.rev + 1 } : row)
    }
  }

  /** Commits what concerns neither the stack's row nor its resources'. */
  commitOther(writes: Writes): Promise<void> {
    return this.#context.commit(writes)
  }

  /** Changes the stack itself. */
  async changeStack(fields: Partial<Stack>): Promise<void> {
    const writes = new Writes()
    const stack = this.planStack(writes, fields)
    await this.#context.commit(writes)
    this.#stack = { ...stack, rev: stack.rev + 1 }
  }

  /** Writes a change of the stack with its event, to be committed with more. */
  planStack(writes: Writes, fields: Partial<Stack>): Stack {
    const stack = { ...this.#stack, ...fields, updatedAt: this.kernel.clock.now() }
    writes.update(stackKind, stack).ring(stackTopic(stack.id))
    const hasChanged = stack.action !== this.#stack.action || stack.status !== this.#stack.status
    if (hasChanged) writes.insert(stackEventKind, stackEvent(this.kernel, stack))
    return stack
  }

  #eventsOf(type: Change['type'], row: StackResource): Draft<StackEvent>[] {
    const before = this.#rows.get(row.id)
    const isSame = before && before.action === row.action && before.status === row.status
    const events: Draft<StackEvent>[] = []
    if (type === 'remove') {
      const gone = { ...row, action: 'DELETE', status: 'COMPLETE', reason: '' } as const
      return [resourceEvent(this.kernel, gone)]
    }
    const isHeld = row.hook !== null && row.hook !== before?.hook
    const isQuiet = isSame || (isHeld && row.action === 'INIT')
    if (!isQuiet) events.push(resourceEvent(this.kernel, row))
    if (isHeld) events.push(resourceEvent(this.kernel, { ...row, reason: heldReason(row.hook) }))
    return events
  }
}

interface Change {
  readonly type: 'insert' | 'update' | 'remove'
  readonly row: StackResource
}
