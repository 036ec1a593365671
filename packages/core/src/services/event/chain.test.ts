import { beforeEach, describe, expect, it } from 'vitest'
import {
  actorOf,
  type IdentityKernel,
  identityKernel,
  newProject,
} from '../../../test/identity-kernel.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { auditKind, type AuditRecord } from '../../model/audit/audit.ts'
import {
  type AuditHead,
  auditHeadKind,
  type AuditLink,
  auditLinkKind,
} from '../../model/audit/chain.ts'
import type { Kind, Stored } from '../../model/kind.ts'
import { invoke } from '../operation.ts'
import { auditChainVerify, auditRecordList } from './audit-log.ts'
import { linkHash, sealAudit } from './seal.ts'

let world: IdentityKernel
let kernel: Kernel

beforeEach(async () => {
  world = await identityKernel()
  kernel = world.kernel
  for (const name of ['a', 'b', 'c', 'd', 'e']) await newProject(world, name)
})

const verify = (known?: { number: number; hash: string }) =>
  invoke(kernel, world.root, auditChainVerify, known ? { known } : {})
const subjects = async (): Promise<string[]> =>
  (await verify()).faults.map(({ subject }) => subject)
const links = (): Promise<AuditLink[]> =>
  kernel.store.query(auditLinkKind, { index: 'byNumber', limit: 100 })
const head = async (): Promise<AuditHead> =>
  (await kernel.store.query(auditHeadKind, { limit: 1 }))[0] as AuditHead
const recordAt = async (number: number): Promise<AuditRecord> => {
  const link = (await links())[number - 1]
  return (await kernel.store.get(auditKind, [link?.id ?? '']))[0] as AuditRecord
}
/** Writes past everything that looks after the log. */
async function tamper<T extends Stored>(
  kind: Kind<T>,
  writes: { insert?: Omit<T, 'rev'>[]; update?: T[]; remove?: T[] },
): Promise<void> {
  const batch = { kinds: [{ kind, writes }], origin: 'intruder', at: 0 }
  expect(await kernel.store.transact([batch])).toMatchObject([{ ok: true }])
}

describe('the chain of the audit log', () => {
  it('X6: seals every record, in the order of the commits, and grows with the log', async () => {
    const sealed = await sealAudit(kernel)
    expect(sealed).toBe(await kernel.store.count(auditKind, {}))
    expect(await sealAudit(kernel)).toBe(0)
    await newProject(world, 'f')
    expect(await subjects()).toEqual([])
    expect(await sealAudit(kernel)).toBe(1)
    const all = await links()
    expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index + 1))
    for (const [index, { previous }] of all.entries()) {
      expect(previous).toBe(all[index - 1]?.hash ?? '')
    }
    const last = all.at(-1) as AuditLink
    expect(await head()).toMatchObject({ number: last.number, hash: last.hash })
    expect(await verify()).toMatchObject({ head: { number: last.number }, faults: [] })
  })

  it('X6: nothing is written when there is nothing to seal', async () => {
    await sealAudit(kernel)
    const before = kernel.store.stats.transactions
    for (let round = 0; round < 3; round++) await sealAudit(kernel)
    expect(kernel.store.stats.transactions).toBe(before)
  })

  it('X6: of two processes that seal at once one does, and nothing is sealed twice', async () => {
    const both = await Promise.allSettled([sealAudit(kernel), sealAudit(kernel)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await sealAudit(kernel)).toBe(0)
    expect(await links()).toHaveLength(await kernel.store.count(auditKind, {}))
    expect(await subjects()).toEqual([])
  })

  it('X6: a crash before, in or after the commit leaves it whole', async () => {
    const commit = kernel.committer.commit.bind(kernel.committer)
    kernel.committer.commit = () => Promise.reject(new Error('crash'))
    await expect(sealAudit(kernel)).rejects.toThrow('crash')
    kernel.committer.commit = async (writes) => {
      await commit(writes)
      throw new Error('crash')
    }
    await expect(sealAudit(kernel)).rejects.toThrow('crash')
    kernel.committer.commit = commit
    expect(await sealAudit(kernel)).toBe(0)
    expect(await subjects()).toEqual([])
  })

  it('X6: a record that cannot be read yet holds back those after it', async () => {
    const { store } = kernel
    const get = store.get.bind(store)
    const feed = await store.changes(0, 100)
    const hidden = feed.flatMap(({ put }) => put[auditKind.name] ?? [])[2]
    store.get = async (kind, ids) => {
      const rows = await get(kind, ids)
      return rows.map((row) => (row?.id === hidden ? undefined : row))
    }
    expect(await sealAudit(kernel)).toBe(2)
    expect(await sealAudit(kernel)).toBe(0)
    store.get = get
    while ((await sealAudit(kernel)) > 0);
    expect(await subjects()).toEqual([])
    expect(await links()).toHaveLength(await kernel.store.count(auditKind, {}))
  })
})

describe('verifying', () => {
  it('X6: finds a changed record', async () => {
    await sealAudit(kernel)
    const record = await recordAt(3)
    await tamper(auditKind, { update: [{ ...record, userId: 'somebody else' }] })
    expect(await verify()).toMatchObject({
      faults: [{ subject: `audit:${record.id}`, message: 'is not as it was sealed' }],
    })
  })

  it('X6: finds a record that was changed and dressed up as new', async () => {
    await sealAudit(kernel)
    const record = await recordAt(3)
    await tamper(auditKind, { remove: [record] })
    await tamper(auditKind, { insert: [{ ...record, operation: 'nothing.at.all' }] })
    expect(await subjects()).toEqual([`audit:${record.id}`])
  })

  it('X6: finds a removed record, also when its link goes with it', async () => {
    await sealAudit(kernel)
    const record = await recordAt(2)
    await tamper(auditKind, { remove: [record] })
    expect(await subjects()).toEqual([`audit:${record.id}`])
    const link = (await links())[1] as AuditLink
    await tamper(auditLinkKind, { remove: [link] })
    expect(await subjects()).toEqual(['auditLink:2'])
  })

  it('X6: finds a record that was put in', async () => {
    await sealAudit(kernel)
    const record = await recordAt(1)
    await tamper(auditKind, { insert: [{ ...record, id: 'forged' }] })
    // As somebody does who writes the database itself: the feed does not tell of it.
    await sealedPast('forged')
    expect(await subjects()).toEqual(['audit:forged'])
  })

  it('X6: finds a link that was made anew for a changed record', async () => {
    await sealAudit(kernel)
    const record = await recordAt(3)
    await tamper(auditKind, { update: [{ ...record, userId: 'x' }] })
    const link = (await links())[2] as AuditLink
    const forged = linkHash(kernel.digest, 3, link.previous, {
      ...record,
      rev: 2,
      userId: 'x',
    })
    await tamper(auditLinkKind, { update: [{ ...link, hash: forged }] })
    expect(await subjects()).toEqual(['auditLink:4'])
  })

  it('X6: finds a log that was cut off, by its head or by a head that is known', async () => {
    await sealAudit(kernel)
    const known = await head()
    const all = await links()
    const last = all.at(-1) as AuditLink
    const before = all.at(-2) as AuditLink
    await tamper(auditKind, { remove: [await recordAt(last.number)] })
    await tamper(auditLinkKind, { remove: [last] })
    expect(await subjects()).toEqual([`auditLink:${last.number}`])
    await tamper(auditHeadKind, {
      update: [{ ...known, number: before.number, hash: before.hash }],
    })
    expect(await subjects()).toEqual([])
    const { number, hash } = known
    expect(await verify({ number, hash })).toMatchObject({
      faults: [{ subject: `auditLink:${number}`, message: 'is known, and not there' }],
    })
  })

  it('X6: takes a head that it told of for good, and refuses what is none', async () => {
    await sealAudit(kernel)
    const { head: told } = await verify()
    await newProject(world, 'later')
    await sealAudit(kernel)
    expect(await verify(told)).toMatchObject({ faults: [] })
    const wrong = await verify({ ...told, hash: 'a'.repeat(64) })
    expect(wrong.faults).toHaveLength(1)
    for (const [known, field] of [
      [{ ...told, hash: 'x' }, 'known.hash'],
      [{ ...told, number: -1 }, 'known.number'],
    ] as const) {
      await expect(verify(known)).rejects.toMatchObject({ code: 'invalid', field })
    }
  })
})

describe('the audit log', () => {
  it('X6: is listed for managers of a project, and whole for operators', async () => {
    const project = await newProject(world, 'acme')
    const manager = actorOf(project, 'manager')
    expect(await invoke(kernel, manager, auditRecordList, {})).toEqual([])
    const all = await invoke(kernel, world.root, auditRecordList, {})
    expect(all.length).toBe(await kernel.store.count(auditKind, {}))
    expect(all.at(-1)).toMatchObject({
      operation: 'identity.project.create',
      targets: [project.id],
    })
    const foreign = invoke(kernel, manager, auditRecordList, { projectId: 'other' })
    await expect(foreign).rejects.toMatchObject({ code: 'notFound', field: 'projectId' })
    const member = invoke(kernel, actorOf(project, 'member'), auditRecordList, {})
    await expect(member).rejects.toMatchObject({ code: 'forbidden' })
  })
})

/** Moves the head over a change as if it had told of no record. */
async function sealedPast(id: string): Promise<void> {
  const seen = await kernel.store.changes(0, 1_000)
  const seq = seen.find(({ put }) => put[auditKind.name]?.includes(id))?.seq as number
  await kernel.committer.commit(new Writes().update(auditHeadKind, { ...(await head()), seq }))
}
