import { type Server, serverBatchKind, serverKind, workKind } from '@nephos/core'
import type { Check, Scene, Watch } from '../check.ts'
import { byKey, Ledger } from './ledger.ts'
import { visit } from './rows.ts'

/** Requests of the cloud's own are named so: they have no audit record. */
const ownPrefix = 'req-'

/**
 * What a call writes is committed with its audit record and its key, all of it or nothing: so a
 * call whose answer was lost has either happened or not.
 */
export const allOrNothing: Check = {
  invariant: 8,
  title: 'An unknown outcome is all or nothing.',
  watch: (scene) => {
    const ledger = new Ledger()
    return {
      commit: (commit) => {
        ledger.note(commit)
        const need = (requestId: string, subject: string): void => {
          if (requestId.startsWith(ownPrefix) || ledger.audits(requestId) > 0) return
          scene.report(subject, `names the request ${requestId}, which was not committed with it`)
        }
        visit(commit, serverBatchKind, {
          insert: ({ id, requestId }) => need(requestId, `serverBatch:${id}`),
        })
        visit(commit, workKind, { insert: ({ id, requestId }) => need(requestId, `work:${id}`) })
        visit(commit, serverKind, {
          update: ({ id, actions }) => {
            const was = scene.before(serverKind.name, id) as Server | undefined
            const last = actions.at(-1)
            if (!last || last.requestId === was?.actions.at(-1)?.requestId) return
            need(last.requestId, `server:${id}`)
          },
        })
      },
      rest: () => checkRest(scene, ledger),
    } satisfies Watch
  },
}

function checkRest({ history, report }: Scene, ledger: Ledger): void {
  for (const { key, mutates, operation, requestIds } of history) {
    if (key !== undefined || !mutates) continue
    const audits = ledger.effects({ operation, requestIds })
    if (audits > 1) report(`request:${requestIds.join()}`, `${operation} happened ${audits} times`)
  }
  for (const [id, entries] of byKey(history)) {
    const isDone = entries.some((entry) => entry.requestIds.some((one) => ledger.audits(one) > 0))
    const isKept = ledger.used(id) !== undefined
    if (isDone === isKept) continue
    report(`idempotency:${id}`, isDone ? 'was not kept with its effect' : 'has no effect')
  }
}
