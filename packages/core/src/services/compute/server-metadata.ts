import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { Call } from '../call.ts'
import { fetchOne, notFound } from '../fetch.ts'
import { idField, metadataField, nameField, tagsField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { hasRole } from '../policy.ts'
import { redescribed } from './server-described.ts'
import { describedFields } from './server-input.ts'
import { type ServerView, viewServer } from './server-view.ts'

const member = { scope: 'any', role: 'member' } as const

type Described = Partial<Pick<Server, 'name' | 'metadata' | 'tags' | 'locked' | 'actions'>>

/**
 * A locked server takes actions from administrators only.
 *
 * @throws CloudError `conflict`.
 */
export function requireUnlocked(call: Call, server: Server): void {
  if (!server.locked || hasRole(call.actor.roles, 'admin')) return
  throw new CloudError('conflict', 'The server is locked.', { detail: { id: server.id } })
}

/** Changes what a server is called and labelled; what runs is not touched. */
async function describe(
  call: Call,
  id: string,
  change: (server: Server) => Described | Server,
  options: { readonly whileLocked?: boolean } = {},
): Promise<ServerView> {
  const server = await fetchOne(call, serverKind, id)
  if (!options.whileLocked) requireUnlocked(call, server)
  if (server.task === 'deleting') {
    throw new CloudError('conflict', 'The server is being deleted.', { field: 'id' })
  }
  const changed = change(server)
  const whole = 'rev' in changed ? changed : { ...server, ...changed }
  const next: Server = { ...whole, updatedAt: call.kernel.clock.now() }
  const answer = viewServer(next, { host: call.actor.system })
  await call.commit(new Writes().update(serverKind, next), [id], answer)
  return answer
}

export const serverUpdate = defineOperation({
  id: 'compute.server.update',
  summary: 'Renames a server, and changes what it is said to be.',
  policy: member,
  input: z.strictObject({ id: idField, name: nameField.optional(), ...describedFields }),
  mutates: true,
  run: (call, { id, ...said }): Promise<ServerView> =>
    describe(call, id, (server) => redescribed(server, said)),
})

export const serverReplaceMetadata = defineOperation({
  id: 'compute.server.replaceMetadata',
  summary: 'Replaces all metadata of a server.',
  policy: member,
  input: z.strictObject({ id: idField, metadata: metadataField }),
  mutates: true,
  run: (call, { id, metadata }): Promise<ServerView> => describe(call, id, () => ({ metadata })),
})

/** @throws CloudError `invalid` with the limit when there would be too many items. */
export const serverMergeMetadata = defineOperation({
  id: 'compute.server.mergeMetadata',
  summary: 'Sets items of the metadata of a server and keeps the others.',
  policy: member,
  input: z.strictObject({ id: idField, metadata: metadataField }),
  mutates: true,
  run: (call, { id, metadata }): Promise<ServerView> =>
    describe(call, id, (server) => {
      const merged = { ...server.metadata, ...metadata }
      requireAtMost(Object.keys(merged).length, limits.metadataItems, 'metadata')
      return { metadata: merged }
    }),
})

/** @throws CloudError `notFound` when there is no such key. */
export const serverDeleteMetadata = defineOperation({
  id: 'compute.server.deleteMetadata',
  summary: 'Removes one item of the metadata of a server.',
  policy: member,
  input: z.strictObject({ id: idField, key: z.string().min(1).max(limits.metadataLength) }),
  mutates: true,
  run: (call, { id, key }): Promise<ServerView> =>
    describe(call, id, ({ metadata }) => {
      if (!Object.hasOwn(metadata, key)) throw notFound('metadata item', 'key')
      return {
        metadata: Object.fromEntries(Object.entries(metadata).filter(([name]) => name !== key)),
      }
    }),
})

export const serverReplaceTags = defineOperation({
  id: 'compute.server.replaceTags',
  summary: 'Replaces all tags of a server.',
  policy: member,
  input: z.strictObject({ id: idField, tags: tagsField }),
  mutates: true,
  run: (call, { id, tags }): Promise<ServerView> => describe(call, id, () => ({ tags })),
})

/**
 * Tags that it has already stay. @throws CloudError `invalid` with the limit when there would be
 * too many.
 */
export const serverAddTags = defineOperation({
  id: 'compute.server.addTags',
  summary: 'Adds tags to a server.',
  policy: member,
  input: z.strictObject({ id: idField, tags: tagsField }),
  mutates: true,
  run: (call, { id, tags }): Promise<ServerView> =>
    describe(call, id, (server) => {
      const all = [...new Set([...server.tags, ...tags])]
      requireAtMost(all.length, limits.tags, 'tags')
      return { tags: all }
    }),
})

/** @throws CloudError `notFound` for the first tag that it has not. */
export const serverRemoveTags = defineOperation({
  id: 'compute.server.removeTags',
  summary: 'Removes tags from a server.',
  policy: member,
  input: z.strictObject({ id: idField, tags: tagsField }),
  mutates: true,
  run: (call, { id, tags }): Promise<ServerView> =>
    describe(call, id, (server) => {
      const missing = tags.findIndex((tag) => !server.tags.includes(tag))
      if (missing >= 0) throw notFound('tag', `tags[${missing}]`)
      return { tags: server.tags.filter((tag) => !tags.includes(tag)) }
    }),
})

export const serverLock = defineOperation({
  id: 'compute.server.lock',
  summary: 'Locks a server: only administrators may act on it.',
  policy: member,
  input: z.strictObject({ id: idField, reason: z.string().min(1).max(255).optional() }),
  mutates: true,
  run: (call, { id, reason }): Promise<ServerView> => setLocked(call, id, true, reason),
})

export const serverUnlock = defineOperation({
  id: 'compute.server.unlock',
  summary: 'Unlocks a server.',
  policy: member,
  input: z.strictObject({ id: idField }),
  mutates: true,
  run: (call, { id }): Promise<ServerView> => setLocked(call, id, false),
})

/** Locking guards against mistakes, not against the project's own members: they may unlock. */
function setLocked(
  call: Call,
  id: string,
  locked: boolean,
  lockedReason?: string,
): Promise<ServerView> {
  return describe(
    call,
    id,
    (before) => {
      const { lockedReason: _, ...server } = before
      const entry = {
        action: locked ? 'lock' : 'unlock',
        requestId: call.requestId,
        userId: call.actor.userId,
        at: call.kernel.clock.now(),
      }
      return {
        ...server,
        locked,
        ...(lockedReason !== undefined && { lockedReason }),
        actions: [...server.actions, entry].slice(-limits.serverActions),
      }
    },
    { whileLocked: true },
  )
}

function requireAtMost(count: number, limit: number, field: string): void {
  if (count > limit)
    throw new CloudError('invalid', `${field}: would be ${count} items.`, { field, limit })
}
