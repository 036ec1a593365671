import { type Draft, idempotencyKind, type IdempotencyRecord } from '@nephos/core'
import type { Check, HistoryEntry, Scene, Watch } from '../check.ts'
import { bodyOf, byKey, lastingOf, Ledger } from './ledger.ts'
import { sameJson } from './plain.ts'
import { visit } from './rows.ts'

/** How long a key is remembered at least. */
const rememberMs = 24 * 3_600_000

/** All calls with one idempotency key: one effect, and the answer of that effect for each. */
export const keys: Check = {
  invariant: 7,
  title: 'An idempotency key has one effect and one answer.',
  watch: (scene) => {
    const ledger = new Ledger()
    return {
      commit: (commit) => {
        visit(commit, idempotencyKind, {
          insert: ({ id }) => {
            const earlier = ledger.used(id)
            if (earlier && commit.at - earlier.at < rememberMs) {
              scene.report(`idempotency:${id}`, 'took effect a second time within a day')
            }
          },
        })
        ledger.note(commit)
      },
      answer: (entry) => {
        const used = entry.key === undefined ? undefined : ledger.key(entry)
        if (used && entry.end === 'ok') checkAnswer(scene, entry, used.record)
      },
      rest: () => checkGroups(scene, ledger),
    } satisfies Watch
  },
}

function checkAnswer(scene: Scene, entry: HistoryEntry, record: Draft<IdempotencyRecord>): void {
  const subject = `idempotency:${record.id}`
  const { operation, answer } = entry
  if (record.operation !== operation) {
    scene.report(subject, `answered ${operation}, was used for ${record.operation}`)
  } else if (!sameJson(lastingOf(operation, answer), lastingOf(operation, record.answer))) {
    scene.report(subject, `${operation} was answered otherwise than the first time`)
  }
}

function checkGroups({ history, report }: Scene, ledger: Ledger): void {
  for (const [id, entries] of byKey(history)) {
    const effects = ledger.effectsOf(entries)
    if (effects > 1) report(`idempotency:${id}`, `has ${effects} effects`)
    const maker = makerOf(entries, ledger.used(id)?.requestIds)
    const other = entries.find(
      (entry) => maker && entry.end === 'ok' && !sameJson(bodyOf(entry), bodyOf(maker)),
    )
    if (other) report(`idempotency:${id}`, `accepted another body in ${other.operation}`)
  }
}

function makerOf(
  entries: readonly HistoryEntry[],
  requestIds: readonly string[] = [],
): HistoryEntry | undefined {
  return entries.find((entry) => entry.requestIds.some((id) => requestIds.includes(id)))
}
