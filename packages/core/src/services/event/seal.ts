import { canonicalJson } from '../../base/canonical.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { auditKind, type AuditRecord } from '../../model/audit/audit.ts'
import {
  type AuditHead,
  auditHeadId,
  auditHeadKind,
  auditLinkKind,
} from '../../model/audit/chain.ts'
import type { Change } from '../../ports/store.ts'
import type { Reconciler } from '../../work/reconciler.ts'

/** Changes of one read, and commits of one run. */
const changesPerRead = 1_000
const readsPerRun = 50
/** Records of one commit, so that what else is committed need not wait for it. */
const recordsPerCommit = 1_000
/** Changes without a record that the head may lag behind: moving it is a change itself. */
const lag = 10_000

/**
 * Seals audit records in the order of the feed, after they were committed: no commit waits for
 * another because of the chain, and any process may go on with it. Who comes second loses.
 */
export function auditSeal(kernel: Kernel): Reconciler {
  return {
    name: 'audit-seal',
    run: async () => {
      try {
        await sealAudit(kernel)
      } catch (error) {
        // Another process sealed the same.
        if (!(error instanceof CommitConflict)) throw error
      }
    },
  }
}

type Sealing = Pick<Kernel, 'store' | 'committer' | 'digest'>

/**
 * Seals what is committed and not sealed yet, up to a bound.
 *
 * @returns records sealed.
 * @throws CommitConflict when another process did.
 */
export async function sealAudit(kernel: Sealing): Promise<number> {
  const { store } = kernel
  const [row] = await store.get(auditHeadKind, [auditHeadId])
  let head: AuditHead = row ?? { id: auditHeadId, rev: 0, number: 0, hash: '', seq: 0 }
  let sealed = 0
  let seq = head.seq
  for (let reads = 0; reads < readsPerRun; reads++) {
    const changes = await store.changes(seq, changesPerRead)
    const { records, last } = await readRecords(kernel, changes, seq)
    // At the end, or before a record that cannot be read yet.
    if (last === seq) break
    seq = last
    if (records.length > 0 || seq - head.seq >= lag) {
      head = await extend(kernel, head, records, seq)
      sealed += records.length
    }
  }
  return sealed
}

/** Records of these changes, up to the first that cannot be read yet or would be too many. */
async function readRecords(
  { store }: Pick<Kernel, 'store'>,
  changes: readonly Change[],
  after: number,
): Promise<{ readonly records: readonly AuditRecord[]; readonly last: number }> {
  const ids = changes.flatMap(({ put }) => put[auditKind.name] ?? [])
  const rows = ids.length === 0 ? [] : await store.get(auditKind, ids)
  const byId = new Map(ids.map((id, at) => [id, rows[at]]))
  const records: AuditRecord[] = []
  let last = after
  for (const { seq, put } of changes) {
    const own = (put[auditKind.name] ?? []).map((id) => byId.get(id))
    const found = own.filter((row) => row !== undefined)
    if (found.length < own.length) break
    if (records.length > 0 && records.length + found.length > recordsPerCommit) break
    records.push(...found)
    last = seq
  }
  return { records, last }
}

async function extend(
  { committer, digest }: Sealing,
  head: AuditHead,
  records: readonly AuditRecord[],
  seq: number,
): Promise<AuditHead> {
  const writes = new Writes()
  let { number, hash } = head
  for (const record of records) {
    const previous = hash
    number += 1
    hash = linkHash(digest, number, previous, record)
    writes.insert(auditLinkKind, { id: record.id, number, previous, hash })
  }
  const { rev, ...next } = { ...head, number, hash, seq }
  if (rev === 0) writes.insert(auditHeadKind, next)
  else writes.update(auditHeadKind, { ...next, rev })
  await committer.commit(writes)
  return { ...next, rev: rev + 1 }
}

/** Covers everything that the record says, its place, and all before it. */
export function linkHash(
  digest: Kernel['digest'],
  number: number,
  previous: string,
  record: AuditRecord,
): string {
  return digest.hash('sha256', canonicalJson({ number, previous, record }))
}
