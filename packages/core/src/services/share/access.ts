import { z } from 'zod'
import { parseAddress, parseCidr, printAddress, printCidr } from '../../base/cidr.ts'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { Draft } from '../../model/kind.ts'
import {
  type Share,
  type ShareAccess,
  shareAccessKind,
  type ShareAccessType,
  shareAccessTypes,
  shareKind,
  type ShareProtocol,
} from '../../model/share/share.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { oneMore, planShareChange, requireAvailable } from './plan.ts'

const member = { scope: 'project', role: 'member' } as const

/** How each protocol tells who mounts. */
const accessTypes: Readonly<Record<ShareProtocol, readonly ShareAccessType[]>> = {
  NFS: ['ip'],
  CIFS: ['ip', 'user'],
  CEPHFS: ['cephx'],
}

/** A name, an address or a prefix. */
const toField = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9._:/@-]+$/, 'is neither a name nor an address')

/**
 * The rule is `queued_to_apply` when this returns, and `active` or `error` at the end.
 *
 * @throws CloudError `conflict` unless the share is available, or for somebody who has a rule;
 *   `invalid` for a type that the protocol does not know, and for what is no address.
 */
export const shareAccessCreate = defineOperation({
  id: 'share.access.create',
  summary: 'Lets somebody mount a share.',
  policy: member,
  mutates: true,
  input: z.strictObject({
    shareId: idField,
    type: z.enum(shareAccessTypes),
    to: toField,
    level: z.enum(['rw', 'ro']).default('rw'),
  }),
  run: async (call, input): Promise<ShareAccess> => {
    const { kernel } = call
    const share = await fetchOne(call, shareKind, input.shareId, 'shareId')
    requireAvailable(share)
    requireKnown(share, input.type)
    const to = input.type === 'ip' ? canonicalAddress(input.to) : input.to
    const keys = [[share.id, input.type, to]]
    const [taken] = await kernel.store.lookup(shareAccessKind, 'byShare', keys)
    if (taken) throw new CloudError('conflict', 'There is a rule for this.', { field: 'to' })
    const rule: Draft<ShareAccess> = {
      id: kernel.ids.next(),
      projectId: share.projectId,
      ...input,
      to,
      state: 'queued_to_apply',
      askedAt: share.generation + 1,
      createdAt: kernel.clock.now(),
    }
    const writes = new Writes().insert(shareAccessKind, rule)
    planShareChange(call, writes, share, { rules: oneMore(share, share.rules, 'shareId') })
    const answer = { ...rule, rev: 1 }
    await call.commit(writes, [share.id, rule.id], answer)
    return answer
  },
})

export const shareAccessGet = defineOperation({
  id: 'share.access.get',
  summary: 'Shows who may mount a share by a rule.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: (call, { id }): Promise<ShareAccess> => fetchOne(call, shareAccessKind, id),
})

export const shareAccessList = defineOperation({
  id: 'share.access.list',
  summary: 'Lists who may mount a share.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: z.strictObject({ shareId: idField }),
  run: async (call, { shareId }): Promise<ShareAccess[]> => {
    await fetchOne(call, shareKind, shareId, 'shareId')
    const rules = await rulesOf(call, shareId)
    return rules.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  },
})

/** The rule is `queued_to_deny` when this returns, and gone once nobody mounts by it any more. */
export const shareAccessDelete = defineOperation({
  id: 'share.access.delete',
  summary: 'Takes back that somebody may mount a share.',
  policy: member,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const rule = await fetchOne(call, shareAccessKind, id)
    const share = await fetchOne(call, shareKind, rule.shareId)
    requireAvailable(share)
    const denied: ShareAccess = {
      ...rule,
      state: 'queued_to_deny',
      askedAt: share.generation + 1,
    }
    const writes = new Writes().update(shareAccessKind, denied)
    const rules = { ...share.rules, askedAt: denied.askedAt }
    planShareChange(call, writes, share, { rules })
    await call.commit(writes, [share.id, id], null)
  },
})

/** Their number is bounded by the share's counter. */
function rulesOf({ kernel }: Call, shareId: string): Promise<ShareAccess[]> {
  return kernel.store.lookup(shareAccessKind, 'byShare', [[shareId]])
}

function requireKnown({ protocol }: Share, type: ShareAccessType): void {
  const known = accessTypes[protocol]
  if (known.includes(type)) return
  throw new CloudError('invalid', `type: ${protocol} knows ${known.join(', ')}.`, {
    field: 'type',
    limit: known.join(', '),
  })
}

/** As it is kept: `10.0.0.0/8`. @throws CloudError `invalid`. */
export function canonicalAddress(text: string): string {
  const address = parseAddress(text)
  if (address) return printAddress(address)
  const prefix = parseCidr(text)
  if (prefix) return printCidr(prefix)
  throw new CloudError('invalid', 'to: is neither an address nor a prefix.', { field: 'to' })
}
