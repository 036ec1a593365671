import { auditKind, auditTargets } from '../../../model/audit/audit.ts'
import { auditLinkKind } from '../../../model/audit/chain.ts'
import type { Stored } from '../../../model/kind.ts'
import type { WriteBatch } from '../../../ports/store.ts'
import { changedRows } from '../batch-rows.ts'
import { type Invariant, type Problem, rowRule } from '../rule.ts'

export const auditLog: Invariant = {
  number: 25,
  title: 'Each mutation has one audit record, which is never changed.',
  cause:
    'A record was written past the one place that writes them, or changed afterwards. The log no ' +
    'longer tells who did what.',
  rules: [
    rowRule('audit-form', auditKind, function* (row) {
      if (row.rev !== 1) yield 'was changed'
      if (row.operation === '' || row.requestId === '' || row.userId === '')
        yield 'does not say who asked for what'
      if (row.targets.length !== Math.min(row.targetCount, auditTargets))
        yield `lists ${row.targets.length} of ${row.targetCount} targets`
    }),
    { type: 'batch', name: 'audit-append-only', check: checkAppendOnly },
  ],
}

function* checkAppendOnly(batch: WriteBatch): Generator<Problem> {
  for (const kind of [auditKind, auditLinkKind]) {
    for (const { id } of changedRows<Stored>(batch, kind)) {
      yield { of: id, subject: `${kind.name}:${id}`, message: 'was changed or removed' }
    }
  }
}
