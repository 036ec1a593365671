import { idempotencyKeys, type KeyedInput, type KeyedOutput } from '../../history/models.ts'
import type { Operation } from '../../history/operation.ts'
import type { Check, HistoryEntry, Scene, Watch } from '../check.ts'
import { bodyOf, byKey, lastingOf, Ledger } from './ledger.ts'
import { requireLinear } from './linear.ts'

/** Calls with one key, made at once and by several processes, behave as one after the other. */
export const linearKeys: Check = {
  invariant: 7,
  title: 'Calls with one idempotency key are linearizable.',
  watch: (scene) => {
    const ledger = new Ledger()
    return {
      commit: (commit) => ledger.note(commit),
      rest: () => {
        for (const [key, entries] of byKey(scene.history)) {
          if (entries.length > 1) checkKey(scene, key, entries, ledger)
        }
      },
    } satisfies Watch
  },
}

type KeyedOperation = Operation<KeyedInput, KeyedOutput>

function checkKey(
  scene: Scene,
  key: string,
  entries: readonly HistoryEntry[],
  ledger: Ledger,
): void {
  const operations = entries.flatMap((entry) => toOperation(key, entry))
  const effects = ledger.effectsOf(entries)
  const end = scene.world.now
  const input = { type: 'effects', key } as const
  operations.push({ process: 'store', call: end, return: end, input, output: { effects } })
  requireLinear(scene, 'key', idempotencyKeys, operations)
}

function toOperation(key: string, entry: HistoryEntry): KeyedOperation[] {
  const {
    tenant: process,
    operation,
    called: call,
    returned,
    end,
    answer,
    code,
    requestIds,
  } = entry
  const input = { type: 'call', key, body: canonical([operation, bodyOf(entry)]) } as const
  const base = { process, call, input }
  if (end === 'ok') {
    const lasting = canonical(lastingOf(operation, answer) ?? null)
    return [{ ...base, return: returned, output: { answer: lasting } }]
  }
  if (end === 'unknown' || requestIds.length > 1) {
    return [{ ...base, return: undefined, output: undefined }]
  }
  return code === 'idempotencyMismatch' ? [{ ...base, return: returned, output: 'mismatch' }] : []
}

/** Equal values as equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member
    const pairs = Object.entries(member).filter(([, item]) => item !== undefined && item !== null)
    return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
