import { z } from 'zod'
import { auditKind, type AuditRecord } from '../../model/audit/audit.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { chainHead, type ChainFault, type ChainHead, verifyChain } from './verify.ts'

export type AuditRecordView = Omit<AuditRecord, 'rev'>

const listInput = z.strictObject({
  ...pageFields,
  /** System scope only: one project's records. */
  projectId: idField.optional(),
})
type ListInput = z.infer<typeof listInput>

/** Who did what: in the caller's project, or, for operators, everywhere. */
export const auditRecordList = defineOperation({
  id: 'audit.record.list',
  summary: 'One page of the audit log, by id.',
  policy: { scope: 'any', role: 'manager' },
  input: listInput,
  mutates: false,
  run: async (call: Call, input: ListInput): Promise<AuditRecordView[]> => {
    const { system, projectId: own } = call.actor
    const projectId = input.projectId ?? own
    if (!system && projectId !== own) throw notFound('project', 'projectId')
    const where = projectId === null ? {} : { index: 'byProject', equals: [projectId] }
    const page = await listPage(call, auditKind, where, input)
    return page.map((row) => {
      const { rev: _, ...record } = row
      return record
    })
  },
})

/** Faults that one call tells of. */
const mostFaults = 100

const headField = z.strictObject({
  number: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  hash: z.string().regex(/^(?:[0-9a-f]{64})?$/, 'is not a SHA-256 digest in hex'),
})

export interface ChainVerdict {
  /** The end of the chain: keep it out of reach of the store, and name it the next time. */
  readonly head: ChainHead
  /** At most 100; none = the log is what was sealed. */
  readonly faults: readonly ChainFault[]
}

/** Recomputes the chain of the audit log from its first record. */
export const auditChainVerify = defineOperation({
  id: 'audit.chain.verify',
  summary: 'Whether any audit record was changed, removed or put in since it was sealed.',
  policy: { scope: 'system', role: 'reader' },
  input: z.strictObject({
    /** An end that an earlier call told of. */
    known: headField.optional(),
  }),
  mutates: false,
  run: async ({ kernel, signal }, { known }): Promise<ChainVerdict> => {
    const head = await chainHead(kernel)
    const faults: ChainFault[] = []
    for await (const fault of verifyChain(kernel, { known, signal })) {
      faults.push(fault)
      if (faults.length === mostFaults) break
    }
    return { head, faults }
  },
})
