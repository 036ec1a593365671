import { beforeEach, expect, test } from 'vitest'
import {
  type ComputeKernel,
  computeKernel,
  memberOf,
  operator,
  serverRow,
} from '../../../test/compute-kernel.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { Actor } from '../call.ts'
import { invoke, type Operation } from '../operation.ts'
import {
  serverAddTags,
  serverDeleteMetadata,
  serverLock,
  serverMergeMetadata,
  serverRemoveTags,
  serverReplaceMetadata,
  serverReplaceTags,
  serverUnlock,
  serverUpdate,
} from './server-metadata.ts'
import type { ServerView } from './server-view.ts'

let { kernel }: ComputeKernel = await computeKernel()
beforeEach(async () => ({ kernel } = await computeKernel()))

const mine = memberOf('p1')
const id = 's1'

async function insert(fields: Partial<Omit<Server, 'rev'>> = {}): Promise<void> {
  await kernel.committer.commit(new Writes().insert(serverKind, serverRow(id, fields)))
}

const row = async (): Promise<Server> => (await kernel.store.get(serverKind, [id]))[0] as Server

interface Edit {
  readonly name: string
  readonly call: (actor?: Actor) => Promise<ServerView>
}

function edit<I>(operation: Operation<I, ServerView>, input: object = {}): Edit {
  return {
    name: operation.id,
    call: (actor = mine) => invoke(kernel, actor, operation, { id, ...input }),
  }
}

const edits: readonly Edit[] = [
  edit(serverUpdate, { name: 'db' }),
  edit(serverReplaceMetadata, { metadata: { b: '2' } }),
  edit(serverMergeMetadata, { metadata: { b: '2' } }),
  edit(serverDeleteMetadata, { key: 'a' }),
  edit(serverReplaceTags, { tags: ['y'] }),
  edit(serverAddTags, { tags: ['y'] }),
  edit(serverRemoveTags, { tags: ['x'] }),
]
const all = [...edits, edit(serverLock), edit(serverUnlock)]
const seed = { metadata: { a: '1' }, tags: ['x'] }

const expected: Readonly<Record<string, object>> = {
  'compute.server.update': { name: 'db' },
  'compute.server.replaceMetadata': { metadata: { b: '2' } },
  'compute.server.mergeMetadata': { metadata: { a: '1', b: '2' } },
  'compute.server.deleteMetadata': { metadata: {} },
  'compute.server.replaceTags': { tags: ['y'] },
  'compute.server.addTags': { tags: ['x', 'y'] },
  'compute.server.removeTags': { tags: [] },
  'compute.server.lock': { locked: true },
  'compute.server.unlock': { locked: false },
}

test.each(all)('$name changes that and nothing else', async ({ name, call }) => {
  await insert(seed)
  const before = await row()
  const answer = await call()
  expect(answer).toMatchObject(expected[name] as object)
  expect(answer).not.toHaveProperty('hostId')
  const after = await row()
  const { actions: _, ...rest } = { ...before, ...expected[name], rev: 2, updatedAt: 1_000 }
  expect(after).toMatchObject(rest)
  expect(after.actions.length).toBe(/lock/.test(name) ? 1 : 0)
})

test.each(all)(
  '$name is refused to others, readers, and of a server being deleted',
  async ({ call }) => {
    await insert({ ...seed, task: 'deleting' })
    await expect(call(memberOf('p2'))).rejects.toMatchObject({ code: 'notFound', field: 'id' })
    await expect(call(memberOf('p1', ['reader']))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(call()).rejects.toMatchObject({ code: 'conflict', field: 'id' })
    expect((await row()).rev).toBe(1)
  },
)

test.each(edits)('$name is refused while locked, but not to an administrator', async ({ call }) => {
  await insert({ ...seed, locked: true })
  await expect(call()).rejects.toMatchObject({ code: 'conflict', message: 'The server is locked.' })
  await call(memberOf('p1', ['admin']))
  await invoke(kernel, mine, serverUnlock, { id })
})

test('locking and unlocking are in the history, which stays bounded', async () => {
  const old = { action: 'start', requestId: 'r', userId: 'u', at: 0 }
  await insert({ actions: Array.from({ length: limits.serverActions }, () => old) })
  await invoke(kernel, mine, serverLock, { id }, { requestId: 'req-1' })
  await invoke(kernel, mine, serverUnlock, { id })
  const { actions } = await row()
  expect(actions).toHaveLength(limits.serverActions)
  expect(actions.slice(-2).map((one) => one.action)).toEqual(['lock', 'unlock'])
  expect(actions.at(-2)).toMatchObject({ requestId: 'req-1', userId: 'user', at: 1_000 })
})

test('what is absent is not removed in silence', async () => {
  await insert(seed)
  await expect(
    invoke(kernel, mine, serverDeleteMetadata, { id, key: 'toString' }),
  ).rejects.toMatchObject({
    code: 'notFound',
    field: 'key',
  })
  await expect(
    invoke(kernel, mine, serverRemoveTags, { id, tags: ['x', 'z'] }),
  ).rejects.toMatchObject({
    code: 'notFound',
    field: 'tags[1]',
  })
})

test('merging and adding keep the limits of the whole', async () => {
  const items = Object.fromEntries(
    Array.from({ length: limits.metadataItems }, (_, i) => [`k${i}`, '']),
  )
  const tags = Array.from({ length: limits.tags }, (_, i) => `t${i}`)
  await insert({ metadata: items, tags })
  await expect(
    invoke(kernel, mine, serverMergeMetadata, { id, metadata: { more: '' } }),
  ).rejects.toMatchObject({
    code: 'invalid',
    field: 'metadata',
    limit: limits.metadataItems,
  })
  await invoke(kernel, mine, serverMergeMetadata, { id, metadata: { k0: 'new' } })
  await expect(invoke(kernel, mine, serverAddTags, { id, tags: ['more'] })).rejects.toMatchObject({
    code: 'invalid',
    field: 'tags',
    limit: limits.tags,
  })
  await invoke(kernel, mine, serverAddTags, { id, tags: ['t0'] })
})

test('edits that race all land', async () => {
  await insert()
  const tags = ['a', 'b', 'c', 'd']
  await Promise.all(tags.map((tag) => invoke(kernel, mine, serverAddTags, { id, tags: [tag] })))
  expect([...(await row()).tags].sort()).toEqual(tags)
})

test('keys that collide with object internals do no harm', async () => {
  await insert()
  await expect(
    invoke(kernel, mine, serverMergeMetadata, { id, metadata: { constructor: 'x' } }),
  ).rejects.toMatchObject({ code: 'invalid', field: 'metadata' })
  const metadata = JSON.parse('{"__proto__":{"polluted":"x"},"a":"1"}') as object
  await Promise.allSettled([invoke(kernel, mine, serverMergeMetadata, { id, metadata })])
  expect((await row()).metadata['polluted']).toBeUndefined()
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

test('C6: operators act on servers of any project', async () => {
  await insert()
  expect(await invoke(kernel, operator, serverLock, { id })).toMatchObject({ locked: true })
  const reader = { ...operator, roles: ['reader'] }
  await expect(invoke(kernel, reader, serverUnlock, { id })).rejects.toMatchObject({
    code: 'forbidden',
  })
})
