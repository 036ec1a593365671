import {
  type AuditRecord,
  auditKind,
  type Draft,
  idempotencyKind,
  type IdempotencyRecord,
  operations,
} from '@nephos/core'
import type { Commit } from '../../world/store-server.ts'
import type { HistoryEntry } from '../check.ts'
import { withoutFields } from './plain.ts'
import { visit } from './rows.ts'

/** An idempotency key that was used. */
export interface UsedKey {
  readonly record: Draft<IdempotencyRecord>
  /** Virtual milliseconds since the epoch, by no process's clock. */
  readonly at: number
  /** Requests that the same commit has audit records of, of this operation. */
  readonly requestIds: readonly string[]
}

/** What was committed for requests: their audit records and idempotency keys. */
export class Ledger {
  /** By request, then by operation: the work of a request does deeds of its own in its name. */
  readonly #audits = new Map<string, Map<string, number>>()
  readonly #keys = new Map<string, UsedKey>()

  /** Audit records of a request: of what it asked for, and of what its work did later. */
  audits(requestId: string): number {
    let records = 0
    for (const count of this.#audits.get(requestId)?.values() ?? []) records += count
    return records
  }

  /** Audit records of what a call asked for, by all its requests, or those given. */
  effects({ operation, requestIds }: Pick<HistoryEntry, 'operation' | 'requestIds'>): number {
    let effects = 0
    for (const id of requestIds) effects += this.#audits.get(id)?.get(operation) ?? 0
    return effects
  }

  /** The same of calls with one key. */
  effectsOf(entries: readonly Pick<HistoryEntry, 'operation' | 'requestIds'>[]): number {
    return entries.reduce((sum, entry) => sum + this.effects(entry), 0)
  }

  /** The latest use of the key that a call came with. */
  key(entry: Pick<HistoryEntry, 'projectId' | 'key'>): UsedKey | undefined {
    return this.#keys.get(keyId(entry))
  }

  used(id: string): UsedKey | undefined {
    return this.#keys.get(id)
  }

  /** Notes what a commit holds. */
  note(commit: Commit): void {
    const audits: Draft<AuditRecord>[] = []
    visit(commit, auditKind, {
      insert: (row) => {
        audits.push(row)
        const { requestId, operation } = row
        const own = this.#audits.get(requestId) ?? new Map<string, number>()
        this.#audits.set(requestId, own.set(operation, (own.get(operation) ?? 0) + 1))
      },
    })
    visit(commit, idempotencyKind, {
      insert: (record) => {
        const own = audits.filter(({ operation }) => operation === record.operation)
        const requestIds = own.map(({ requestId }) => requestId)
        this.#keys.set(record.id, { record, at: commit.at, requestIds })
      },
    })
  }
}

/** Under which id a call's key is kept: each project, and the system, has keys of its own. */
function keyId({ projectId, key }: Pick<HistoryEntry, 'projectId' | 'key'>): string {
  return `${projectId ?? 'system'}:${key ?? ''}`
}

/** Entries of calls that came with a key, by that key. */
export function byKey(history: readonly HistoryEntry[]): ReadonlyMap<string, HistoryEntry[]> {
  const groups = new Map<string, HistoryEntry[]>()
  for (const entry of history) {
    if (entry.key === undefined) continue
    const id = keyId(entry)
    const group = groups.get(id)
    if (group) group.push(entry)
    else groups.set(id, [entry])
  }
  return groups
}

const secretFields: ReadonlyMap<string, readonly string[]> = new Map(
  operations.map(({ id, secrets }) => [id, secrets ?? []]),
)

/** What a key remembers of a call's input: all but its secrets. */
export function bodyOf({ operation, input }: Pick<HistoryEntry, 'operation' | 'input'>): unknown {
  return withoutFields(input, secretFields.get(operation))
}

const onceFields: ReadonlyMap<string, readonly string[]> = new Map(
  operations.map(({ id, once }) => [id, once ?? []]),
)

/** What every repeat of a call is answered: all but what its operation shows once. */
export function lastingOf(operation: string, answer: unknown): unknown {
  return withoutFields(answer, onceFields.get(operation))
}
