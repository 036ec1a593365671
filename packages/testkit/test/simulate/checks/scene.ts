import {
  type AuditRecord,
  auditKind,
  type Draft,
  idempotencyKind,
  type Kind,
  kinds,
  type KindWrites,
  type Server,
  serverKind,
  type Stored,
  type Work,
  type WriteBatch,
} from '@nephos/core'
import type { Check, HistoryEntry, Scene, Watch } from '../../../src/simulate/check.ts'
import { Mirror } from '../../../src/simulate/mirror.ts'
import type { FaultRates } from '../../../src/world/faults.ts'
import type { Commit } from '../../../src/world/store-server.ts'
import { World } from '../../../src/world/world.ts'

/** A write of rows of one kind. */
export interface Rows {
  readonly kind: Kind
  readonly writes: KindWrites
}

/** One check over a world in which a test makes things happen by hand. */
export class CheckScene {
  readonly reports: string[] = []
  readonly history: HistoryEntry[] = []
  readonly byProject = new Map<string, string>()
  readonly secrets = new Set<string>()
  readonly world: World
  readonly watch: Watch
  readonly #mirror = new Mirror()
  #seq = 1_000

  constructor(check: Pick<Check, 'watch'>, faults: FaultRates) {
    this.world = new World({ faults, seed: 64, onCommit: (commit) => this.#committed(commit) })
    const scene: Scene = {
      world: this.world,
      before: (kind, id) => this.#mirror.row(kind, id),
      history: this.history,
      canaries: { byProject: this.byProject, secrets: this.secrets },
      report: (subject, message) => this.reports.push(`${subject}: ${message}`),
      sometimes: () => undefined,
    }
    this.watch = check.watch(scene)
  }

  static async open(check: Pick<Check, 'watch'>, faults: FaultRates = {}): Promise<CheckScene> {
    const scene = new CheckScene(check, faults)
    await scene.world.store.truth.open(kinds)
    return scene
  }

  /** Commits through the store. */
  async commit(rows: readonly Rows[], more: Partial<WriteBatch> = {}): Promise<void> {
    const [result] = await this.world.store.transact('api-1', [batchOf(rows, more)])
    if (!result?.ok) throw new Error(`The store refused: ${JSON.stringify(result)}`)
  }

  /** Shows the check a commit that no store would take. */
  async pretend(rows: readonly Rows[], more: Partial<WriteBatch> = {}): Promise<void> {
    const seq = this.#seq++
    const { now: at } = this.world
    await this.#committed({ at, process: 'api-1', batch: batchOf(rows, more), seq })
  }

  answer(fields: Partial<HistoryEntry>): void {
    const entry = { ...entryOf(fields), index: this.history.length }
    this.history.push(entry)
    this.watch.answer?.(entry)
  }

  async rest(): Promise<readonly string[]> {
    await this.watch.rest?.()
    return this.reports
  }

  async #committed(commit: Commit): Promise<void> {
    await this.watch.commit?.(commit)
    this.#mirror.apply(commit)
  }
}

function batchOf(rows: readonly Rows[], more: Partial<WriteBatch>): WriteBatch {
  return { kinds: rows, origin: 'api-1', at: 1, topics: [], ...more }
}

export function inserts<T extends Stored>(kind: Kind<T>, ...insert: Draft<T>[]): Rows {
  return { kind, writes: { insert } }
}

/** @param changes per row: its revision and what is new. */
export function updates<T extends Stored>(kind: Kind<T>, ...update: T[]): Rows {
  return { kind, writes: { update } }
}

export function removes<T extends Stored>(kind: Kind<T>, ...remove: T[]): Rows {
  return { kind, writes: { remove } }
}

/** The row as it is once it was stored. */
export function stored<T extends Stored>(draft: Draft<T>, rev = 1): T {
  return { ...draft, rev } as T
}

function entryOf(fields: Partial<HistoryEntry>): HistoryEntry {
  return {
    index: 0,
    tenant: 't0',
    projectId: 'p0',
    operation: 'compute.server.get',
    mutates: false,
    input: {},
    key: undefined,
    requestIds: ['r1'],
    called: 1,
    returned: 2,
    end: 'ok',
    answer: null,
    code: undefined,
    message: undefined,
    ...fields,
  }
}

/** An id as they are drawn. */
export function drawn(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
}

export function server(fields: Partial<Server> = {}): Draft<Server> {
  return {
    id: drawn(1),
    projectId: 'p0',
    userId: 'u0',
    batchId: 'b1',
    name: 'web',
    flavor: { id: 'f1', name: 'small', vcpus: 1, ramMb: 1_024, diskGb: 10 },
    imageId: null,
    hostId: 'h1',
    zone: 'z1',
    groupId: null,
    vmState: 'building',
    task: 'spawning',
    desired: { power: 'running', boots: 0, hard: false, builds: 1 },
    generation: 1,
    failedHostIds: [],
    fault: null,
    resize: null,
    locked: false,
    metadata: {},
    tags: [],
    actions: [{ action: 'create', requestId: 'r1', userId: 'u0', at: 1 }],
    createdAt: 1,
    updatedAt: 1,
    launchedAt: null,
    ...fields,
  }
}

/** A server at rest. */
export function active(fields: Partial<Server> = {}): Draft<Server> {
  return server({ vmState: 'active', task: null, launchedAt: 1, ...fields })
}

/** A server of which something more was asked. */
export function begun(row: Server, action: string, fields: Partial<Server>): Server {
  const entry = { action, requestId: `r-${action}`, userId: 'u0', at: 2 }
  return {
    ...row,
    generation: row.generation + 1,
    actions: [...row.actions, entry],
    ...fields,
  }
}

export function work(fields: Partial<Work> = {}): Draft<Work> {
  return {
    id: drawn(900),
    program: 'server.converge',
    step: 'apply',
    completed: [],
    undoing: false,
    input: { serverIds: [drawn(1)] },
    owner: null,
    due: 1,
    attempt: 0,
    deadline: 1_000,
    requestId: 'r1',
    flow: 'system',
    createdAt: 1,
    ...fields,
  }
}

export function auditRow(fields: Partial<AuditRecord> = {}): Draft<AuditRecord> {
  const { requestId = 'r1', operation = 'compute.server.create' } = fields
  return {
    id: `audit-${requestId}`,
    at: 1,
    userId: 'u0',
    projectId: 'p0',
    requestId,
    operation,
    targets: [],
    targetCount: 0,
    ...fields,
  }
}

/** What every accepted mutation with a key commits besides its rows. */
export function kept(requestId: string, key: string, operation: string, answer: unknown): Rows[] {
  return [
    inserts(auditKind, auditRow({ requestId, operation })),
    inserts(idempotencyKind, { id: `p0:${key}`, at: 1, operation, body: 'x', answer }),
  ]
}

export { serverKind }
