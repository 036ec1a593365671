import { auditKind } from '@nephos/core'
import type { Check, HistoryEntry, Scene, Watch } from '../check.ts'
import { byKey, Ledger } from './ledger.ts'
import { visit } from './rows.ts'

/** Mutations that may find nothing to do, and then, without a key, write nothing. */
const mayBeIdle: ReadonlySet<string> = new Set([
  'compute.server.delete',
  'compute.server.forceDelete',
  'identity.project.ensure',
  'identity.role.imply',
])

/** Each mutation that was accepted has one audit record, each that was refused none. */
export const auditTrail: Check = {
  invariant: 25,
  title: 'Each mutation has exactly one audit record; records are never changed.',
  watch: (scene) => {
    const ledger = new Ledger()
    return {
      commit: (commit) => {
        ledger.note(commit)
        visit(commit, auditKind, {
          insert: ({ id, targets, targetCount }) => {
            if (targetCount < targets.length)
              scene.report(`audit:${id}`, 'counts its targets wrong')
          },
          update: ({ id }) => scene.report(`audit:${id}`, 'was changed'),
          remove: ({ id }) => scene.report(`audit:${id}`, 'was removed'),
        })
      },
      answer: (entry) => {
        if (entry.mutates && entry.end === 'ok') checkAccepted(scene, entry, ledger)
      },
      rest: () => checkRest(scene, ledger),
    } satisfies Watch
  },
}

/** By the time of the answer the record is there: of this call, or of one with the same key. */
function checkAccepted({ report }: Scene, entry: HistoryEntry, ledger: Ledger): void {
  const { operation, requestIds, key } = entry
  const subject = `request:${requestIds[0] as string}`
  const records = ledger.effects(entry)
  if (records === 1 || (key === undefined && mayBeIdle.has(operation))) return
  const isReplay = records === 0 && key !== undefined && ledger.key(entry) !== undefined
  if (!isReplay) report(subject, `${operation} was accepted with ${records} audit records`)
}

function checkRest({ history, report }: Scene, ledger: Ledger): void {
  for (const { mutates, end, operation, requestIds } of history) {
    if (!mutates || end === 'unknown') continue
    // Of several attempts only the last was refused for sure: one before may have come late.
    const last = end === 'refused' ? requestIds.at(-1) : undefined
    if (last !== undefined && ledger.audits(last) > 0) {
      report(`request:${last}`, `${operation} was refused, and has an audit record`)
    }
  }
  for (const [id, entries] of byKey(history)) {
    const records = ledger.effectsOf(entries)
    if (records > 1) report(`idempotency:${id}`, `${records} audit records for one key`)
  }
}
