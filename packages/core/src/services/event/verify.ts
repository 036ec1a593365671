import { throwIfAborted } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import { auditKind } from '../../model/audit/audit.ts'
import {
  type AuditHead,
  auditHeadId,
  auditHeadKind,
  type AuditLink,
  auditLinkKind,
} from '../../model/audit/chain.ts'
import { everyRow } from '../page.ts'
import { linkHash } from './seal.ts'

/** Something in the audit log that is not as it was sealed. */
export interface ChainFault {
  /** The record or link concerned, as `kind:id`. */
  readonly subject: string
  readonly message: string
}

type Verifying = Pick<Kernel, 'store' | 'digest'>

/** The end of the chain, to be kept where nobody who can write the store can write. */
export type ChainHead = Pick<AuditHead, 'number' | 'hash'>

export async function chainHead({ store }: Pick<Kernel, 'store'>): Promise<ChainHead> {
  const [head] = await store.get(auditHeadKind, [auditHeadId])
  return { number: head?.number ?? 0, hash: head?.hash ?? '' }
}

/**
 * Reads the whole audit log and its chain, and yields what was changed, removed or put in. What is
 * committed meanwhile does no harm. Memory does not grow with the log.
 *
 * @param known an end that the chain had earlier: without it, a log cut off at its end together
 *   with the head, or one sealed anew from some record on, cannot be told.
 * @throws CloudError `aborted` when the signal fires.
 */
export async function* verifyChain(
  kernel: Verifying,
  options: {
    readonly known?: ChainHead | undefined
    readonly signal?: AbortSignal | undefined
  } = {},
): AsyncGenerator<ChainFault> {
  const head = await chainHead(kernel)
  if (options.known) yield* checkKnown(kernel, options.known)
  yield* checkLinks(kernel, head, options.signal)
  yield* checkUnsealed(kernel, options.signal)
}

async function* checkKnown(
  { store }: Verifying,
  { number, hash }: ChainHead,
): AsyncGenerator<ChainFault> {
  if (number === 0) return
  const [link] = await store.lookup(auditLinkKind, 'byNumber', [[number]])
  if (link?.hash === hash) return
  const message = link ? 'is not the one that is known' : 'is known, and not there'
  yield { subject: `auditLink:${number}`, message }
}

async function* checkLinks(
  { store, digest }: Verifying,
  head: ChainHead,
  signal: AbortSignal | undefined,
): AsyncGenerator<ChainFault> {
  let before: Pick<AuditLink, 'number' | 'hash'> = { number: 0, hash: '' }
  let after: AuditLink | undefined
  do {
    throwIfAborted(signal)
    const page: AuditLink[] = await store.query(auditLinkKind, {
      index: 'byNumber',
      to: head.number + 1,
      limit: limits.pageRows,
      ...(after && { after }),
    })
    const records = await store.get(
      auditKind,
      page.map(({ id }) => id),
    )
    for (const [index, link] of page.entries()) {
      const { id, number, previous, hash } = link
      const record = records[index]
      if (number !== before.number + 1)
        yield { subject: `auditLink:${before.number + 1}`, message: `is missing before ${number}` }
      else if (previous !== before.hash)
        yield { subject: `auditLink:${number}`, message: 'does not follow the link before it' }
      if (!record) yield { subject: `audit:${id}`, message: 'was sealed, and is gone' }
      else if (linkHash(digest, number, previous, record) !== hash)
        yield { subject: `audit:${id}`, message: 'is not as it was sealed' }
      before = link
    }
    after = page.length === limits.pageRows ? page.at(-1) : undefined
  } while (after)
  if (before.number !== head.number || before.hash !== head.hash)
    yield { subject: `auditLink:${head.number}`, message: `is the end, found was ${before.number}` }
}

/** Records without a link are those that the feed tells of, after the end of the chain. */
async function* checkUnsealed(
  { store }: Verifying,
  signal: AbortSignal | undefined,
): AsyncGenerator<ChainFault> {
  for await (const rows of everyRow({ store }, auditKind)) {
    throwIfAborted(signal)
    const suspects = await unlinked(
      store,
      rows.map(({ id }) => id),
    )
    if (suspects.length === 0) continue
    const [head] = await store.get(auditHeadKind, [auditHeadId])
    const waiting = await announcedAfter(store, head?.seq ?? 0)
    const left = suspects.filter((id) => !waiting.has(id))
    // Sealed while the feed was read: linked by now.
    for (const id of await unlinked(store, left)) {
      yield { subject: `audit:${id}`, message: 'was put in, past the one place that writes' }
    }
  }
}

async function unlinked(store: Kernel['store'], ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const links = await store.get(auditLinkKind, ids)
  return ids.filter((_, index) => links[index] === undefined)
}

async function announcedAfter(store: Kernel['store'], seq: number): Promise<Set<string>> {
  const ids = new Set<string>()
  for (let after = seq; ;) {
    const page = await store.changes(after, limits.pageRows)
    for (const { put } of page) for (const id of put[auditKind.name] ?? []) ids.add(id)
    const last = page.at(-1)
    if (!last || page.length < limits.pageRows) return ids
    after = last.seq
  }
}
