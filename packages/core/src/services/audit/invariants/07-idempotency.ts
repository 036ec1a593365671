import { limits } from '../../../base/limits.ts'
import { auditKind, type AuditRecord } from '../../../model/audit/audit.ts'
import { idempotencyKind, type IdempotencyRecord } from '../../../model/audit/idempotency.ts'
import type { WriteBatch } from '../../../ports/store.ts'
import { insertedRows } from '../batch-rows.ts'
import { type Invariant, type Problem, rowRule } from '../rule.ts'

const form = /^[^:]+:([\x21-\x7e]+)$/

export const idempotency: Invariant = {
  number: 7,
  title: 'An idempotency key has one effect and one answer.',
  cause:
    'A key was kept without the effect it stands for, or in a form that no repeat finds. A ' +
    'repeated request may be carried out twice, or answered with what never happened.',
  rules: [
    rowRule('idempotency-form', idempotencyKind, function* (row) {
      const [, key = ''] = form.exec(row.id) ?? []
      if (key === '' || key.length > limits.idempotencyKeyLength) yield 'is no owner and key'
      if (!/^[0-9a-f]{64}$/.test(row.body)) yield 'has no digest of its request'
      if (row.rev !== 1) yield 'was changed after it was answered'
    }),
    { type: 'batch', name: 'idempotency-effect', check: checkEffects },
  ],
}

/** A key is kept in the commit that has its effect, of which an audit record tells. */
function* checkEffects(batch: WriteBatch): Generator<Problem> {
  const told = new Map<string, number>()
  for (const row of insertedRows<AuditRecord>(batch, auditKind)) {
    told.set(row.operation, (told.get(row.operation) ?? 0) + 1)
  }
  for (const { id, operation } of insertedRows<IdempotencyRecord>(batch, idempotencyKind)) {
    const left = told.get(operation) ?? 0
    told.set(operation, left - 1)
    if (left > 0) continue
    const message = `is kept without a record of ${operation}`
    yield { of: id, subject: `idempotency:${id}`, message }
  }
}
