import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { batchScope } from '../../model/compute/server-batch.ts'
import { serverKind } from '../../model/compute/server.ts'
import type { Port } from '../../model/network/port.ts'
import type { Claim } from '../../ports/scheduler.ts'
import type { WorkContext } from '../../work/program.ts'
import { type Disk, markAttached } from '../block/server-disks.ts'
import { markPorts } from '../network/port-plan.ts'
import { commitFreeing } from './claim.ts'
import { endMigrations, withoutMigration } from './migration-record.ts'
import { removeServers } from './server-remove.ts'
import { batchOutcome, type Settlement } from './server-settle.ts'
import { closeResizes } from './server-resize.ts'

type Recordable = Extract<Settlement, { type: 'settled' | 'gone' }>

/**
 * Most settlements that one commit carries: bounds a transaction's time, so that users' commits get
 * their turn.
 */
const recordSlice = 1_000

/**
 * Writes what was observed, in batches: while one commit is under way, what comes in meanwhile
 * gathers for the next. So 500 reports in one chunk are one transaction, and 500 trickling in are
 * as few as the store's speed makes them.
 */
export class Recorder {
  readonly #kernel: Kernel
  readonly #context: WorkContext
  readonly #ports: ReadonlyMap<string, readonly Port[]>
  readonly #disks: ReadonlyMap<string, readonly Disk[]>
  #pending: Recordable[] = []
  #writing: Promise<void> | undefined
  #failure: { readonly error: unknown } | undefined

  constructor(
    kernel: Kernel,
    context: WorkContext,
    parts: {
      readonly ports: ReadonlyMap<string, readonly Port[]>
      readonly disks: ReadonlyMap<string, readonly Disk[]>
    },
  ) {
    this.#kernel = kernel
    this.#context = context
    this.#ports = parts.ports
    this.#disks = parts.disks
  }

  add(settlement: Recordable): void {
    this.#pending.push(settlement)
    this.#writing ??= this.#drain()
  }

  /**
   * Resolves when everything added is durable.
   *
   * @throws CommitConflict if a row changed meanwhile: the rest was still written; run again to see
   *   what is left.
   */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing
    if (this.#failure) throw this.#failure.error
  }

  async #drain(): Promise<void> {
    await this.#kernel.clock.turn()
    while (this.#pending.length > 0) {
      const slice = this.#pending.splice(0, recordSlice)
      try {
        await this.#write(slice)
      } catch (error) {
        this.#failure = { error }
        if (!(error instanceof CommitConflict)) this.#pending = []
      }
    }
    this.#writing = undefined
  }

  async #write(slice: readonly Recordable[]): Promise<void> {
    const writes = new Writes()
    const freed: Claim[] = []
    const settled = slice.filter((one) => one.type === 'settled')
    const gone = slice.filter((one) => one.type === 'gone').map((one) => one.server)
    writes.update(
      serverKind,
      ...settled.map(({ before, server }) => withoutMigration(before, server)),
    )
    for (const { server, before } of settled) {
      const isNew = server.vmState === 'active' && before.task === 'spawning'
      markPorts(writes, this.#ports.get(server.id) ?? [], {
        hostId: server.hostId,
        ...(isNew && { status: 'ACTIVE' }),
      })
    }
    const running = settled.filter(({ server }) => server.fault === null)
    await markAttached(
      this.#kernel,
      writes,
      running.flatMap(({ server }) => this.#disks.get(server.id) ?? []),
    )
    countOutcomes(writes, slice)
    const closed = settled.filter((one) => one.before.resize && !one.server.resize)
    await closeResizes(
      this.#kernel,
      writes,
      closed.map((one) => one.before),
      freed,
    )
    await endMigrations(this.#kernel, writes, [
      ...settled.map(({ before, server }) => ({ before, after: server })),
      ...gone.map((before) => ({ before, after: undefined })),
    ])
    await removeServers(this.#kernel, writes, gone, this.#ports, freed)
    await commitFreeing(this.#kernel, freed, () => this.#context.commit(writes))
  }
}

/** Counts first outcomes of batch members, and rings for those who watch the batch. */
function countOutcomes(writes: Writes, slice: readonly Recordable[]): void {
  for (const one of slice) {
    const before = one.type === 'gone' ? one.server : one.before
    const outcome = batchOutcome(before, one.type === 'gone' ? null : one.server)
    if (outcome) writes.add({ scope: batchScope(before.batchId), name: outcome, add: 1 })
    writes.ring(batchScope(before.batchId))
  }
}
