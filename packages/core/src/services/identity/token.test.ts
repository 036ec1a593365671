import { beforeEach, describe, expect, it } from 'vitest'
import {
  domainActor,
  findings,
  identityKernel,
  type IdentityKernel,
  newProject,
} from '../../../test/identity-kernel.ts'
import type { Project } from '../../model/identity/project.ts'
import { tokenKind } from '../../model/identity/token.ts'
import { type User, userKind } from '../../model/identity/user.ts'
import type { Store } from '../../ports/store.ts'
import { invoke } from '../operation.ts'
import { authenticatePassword } from './authenticate.ts'
import { domainCreate, domainUpdate } from './domain.ts'
import { projectDelete, projectUpdate } from './project.ts'
import { roleAssign, roleUnassign } from './role.ts'
import { authenticateToken, issueToken, revokeToken } from './token.ts'
import { tokenSweep } from './token-sweep.ts'
import { userCreate, userDelete, userSetPassword, userUpdate } from './user.ts'

let world: IdentityKernel
let user: User
let project: Project

beforeEach(async () => {
  world = await identityKernel()
  const { kernel, root } = world
  const domain = await invoke(kernel, root, domainCreate, { name: 'acme' })
  const domainId = domain.id
  project = await newProject(world, 'web', { domainId })
  const { id } = await invoke(kernel, root, userCreate, { domainId, name: 'ann', password: 'one' })
  await invoke(kernel, root, roleAssign, { userId: id, projectId: project.id, role: 'member' })
  user = await authenticatePassword(kernel, { userId: id, password: 'one' })
})

const inProject = () =>
  issueToken(world.kernel, {
    user,
    scope: { projectId: project.id },
    methods: ['password'],
  })

const refused = { code: 'unauthenticated' }

describe('X1: tokens', () => {
  it('let their bearer act with the roles he has, in the scope he asked for', async () => {
    const { kernel } = world
    const { secret, token } = await inProject()
    const seen = await authenticateToken(kernel, secret)
    expect(seen.token).toEqual(token)
    expect(seen.actor).toEqual({
      userId: user.id,
      projectId: project.id,
      domainId: project.domainId,
      roles: ['member', 'reader'],
      system: false,
    })
    expect(token.expiresAt - token.issuedAt).toBe(kernel.settings.tokenMs)
    const none = await issueToken(kernel, { user, methods: ['password'] })
    expect((await authenticateToken(kernel, none.secret)).actor).toBeNull()
    expect(await findings(kernel)).toEqual([])
  })

  it('are kept without their secret', async () => {
    const { secret } = await inProject()
    const rows = await world.kernel.store.query(tokenKind, { limit: 10 })
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(secret)
    expect(rows[0]?.id).not.toBe(secret)
  })

  it('are not given for a scope without a role, or to somebody disabled', async () => {
    const { kernel, root } = world
    const other = await newProject(world, 'other')
    for (const scope of [
      { projectId: other.id },
      { projectId: 'absent' },
      { domainId: project.domainId },
      { domainId: 'absent' },
      { system: true },
    ]) {
      await expect(
        issueToken(kernel, { user, scope, methods: ['password'] }),
      ).rejects.toMatchObject(refused)
    }
    await invoke(kernel, root, userUpdate, { id: user.id, enabled: false })
    await expect(issueToken(kernel, { user, methods: ['password'] })).rejects.toMatchObject(refused)
  })

  it('issued for a token end with it, and tell from which chain they are', async () => {
    const { kernel, clock } = world
    const first = await inProject()
    await clock.advance(1_000_000)
    const next = await issueToken(kernel, { user, methods: ['token'], parent: first.token })
    expect(next.token.expiresAt).toBe(first.token.expiresAt)
    expect(next.token.auditIds[1]).toBe(first.token.auditIds[0])
    const last = await issueToken(kernel, { user, methods: ['token'], parent: next.token })
    expect(last.token.auditIds[1]).toBe(first.token.auditIds[0])
    await revokeToken(kernel, first.token)
    await expect(authenticateToken(kernel, first.secret)).rejects.toMatchObject(refused)
    await authenticateToken(kernel, next.secret)
  })

  it('count no more once they are revoked, and may be revoked twice', async () => {
    const { kernel } = world
    const { secret, token } = await inProject()
    const other = await inProject()
    await Promise.all([revokeToken(kernel, token), revokeToken(kernel, token)])
    await expect(authenticateToken(kernel, secret)).rejects.toMatchObject(refused)
    await authenticateToken(kernel, other.secret)
    await expect(authenticateToken(kernel, 'no token')).rejects.toMatchObject(refused)
    await expect(authenticateToken(kernel, '0'.repeat(64))).rejects.toMatchObject(refused)
  })

  it('count no more once their time is over, and are swept then', async () => {
    const { kernel, clock } = world
    const { secret } = await inProject()
    const sweep = tokenSweep(kernel)
    await clock.advance(kernel.settings.tokenMs - 1)
    await authenticateToken(kernel, secret)
    await sweep.run(new AbortController().signal)
    expect(await kernel.store.count(tokenKind, {})).toBe(1)
    await clock.advance(1)
    await expect(authenticateToken(kernel, secret)).rejects.toMatchObject(refused)
    await clock.advance(1)
    await sweep.run(new AbortController().signal)
    expect(await kernel.store.count(tokenKind, {})).toBe(0)
  })
})

const events: Readonly<Record<string, (world: IdentityKernel) => Promise<unknown>>> = {
  'the user is disabled': ({ kernel, root }) =>
    invoke(kernel, root, userUpdate, { id: user.id, enabled: false }),
  'the user is disabled and enabled again': async ({ kernel, root }) => {
    await invoke(kernel, root, userUpdate, { id: user.id, enabled: false })
    await invoke(kernel, root, userUpdate, { id: user.id, enabled: true })
  },
  'the user is deleted': ({ kernel, root }) => invoke(kernel, root, userDelete, { id: user.id }),
  'his password is changed': ({ kernel, root }) =>
    invoke(kernel, root, userSetPassword, { id: user.id, password: 'two' }),
  'his only role is taken': ({ kernel, root }) =>
    invoke(kernel, root, roleUnassign, {
      userId: user.id,
      projectId: project.id,
      role: 'member',
    }),
  'the project is disabled': ({ kernel, root }) =>
    invoke(kernel, root, projectUpdate, { id: project.id, enabled: false }),
  'the project is deleted': ({ kernel, root }) =>
    invoke(kernel, root, projectDelete, { id: project.id }),
  'the domain is disabled': ({ kernel, root }) =>
    invoke(kernel, root, domainUpdate, { id: project.domainId, enabled: false }),
}

describe('X1: a token ends at once when', () => {
  it.each(Object.keys(events))('%s', async (event) => {
    const { kernel } = world
    const { secret } = await inProject()
    await authenticateToken(kernel, secret)
    await events[event]?.(world)
    await expect(authenticateToken(kernel, secret)).rejects.toMatchObject(refused)
  })

  it('the password changes between its proof and the issue', async () => {
    const { kernel, root } = world
    await invoke(kernel, root, userSetPassword, { id: user.id, password: 'two' })
    const { secret } = await inProject()
    await expect(authenticateToken(kernel, secret)).rejects.toMatchObject(refused)
  })

  it('but what others do with their own users changes nothing', async () => {
    const { kernel } = world
    const { secret } = await inProject()
    const actor = domainActor('default')
    const made = await invoke(kernel, actor, userCreate, { name: 'bob', password: 'x' })
    await invoke(kernel, actor, userSetPassword, { id: made.id, password: 'y' })
    expect(await authenticateToken(kernel, secret)).toMatchObject({ user: { id: user.id } })
  })

  it('costs a constant number of statements to check', async () => {
    const { kernel } = world
    const { secret } = await inProject()
    const costOf = async (): Promise<number> => {
      const before = kernel.store.stats.statements
      await authenticateToken(kernel, secret)
      return kernel.store.stats.statements - before
    }
    expect(await costOf()).toBeLessThanOrEqual(8)
    expect(await costOf()).toBe(1)
    expect((await kernel.store.get(userKind, [user.id]))[0]?.tokenEpoch).toBeUndefined()
  })

  it('are refused as soon as rights change, in every process, and never later', async () => {
    const { kernel } = world
    const other = { ...kernel, store: elsewhere(kernel.store) }
    const { secret, token } = await inProject()
    const rolesSeen = async (): Promise<unknown> => {
      const seen = await Promise.all(
        [kernel, other].map((one) => authenticateToken(one, secret).catch(() => undefined)),
      )
      expect(seen[0]?.actor).toEqual(seen[1]?.actor)
      return seen[0]?.actor?.roles
    }
    const assigned = { userId: user.id, projectId: project.id, role: 'manager' } as const
    expect(await rolesSeen()).toEqual(['member', 'reader'])
    await invoke(kernel, world.root, roleAssign, assigned)
    expect(await rolesSeen()).toEqual(['manager', 'member', 'reader'])
    await invoke(kernel, world.root, roleUnassign, assigned)
    expect(await rolesSeen()).toEqual(['member', 'reader'])
    await invoke(kernel, world.root, projectUpdate, { id: project.id, enabled: false })
    expect(await rolesSeen()).toBeUndefined()
    await invoke(kernel, world.root, projectUpdate, { id: project.id, enabled: true })
    expect(await rolesSeen()).toEqual(['member', 'reader'])
    await revokeToken(kernel, token)
    expect(await rolesSeen()).toBeUndefined()
  })

  it('end in time though they are remembered', async () => {
    const { kernel, clock } = world
    const { secret } = await inProject()
    await authenticateToken(kernel, secret)
    await authenticateToken(kernel, secret)
    await clock.advance(kernel.settings.tokenMs)
    await expect(authenticateToken(kernel, secret)).rejects.toMatchObject(refused)
  })

  it('read while rights change are not remembered as they were', async () => {
    const { kernel, root } = world
    const { secret } = await inProject()
    // The role is taken after the assignments were read and before the answer.
    let isTaken = false
    const racing = elsewhere(kernel.store, async () => {
      if (isTaken) return
      isTaken = true
      await invoke(kernel, root, roleUnassign, {
        userId: user.id,
        projectId: project.id,
        role: 'member',
      })
    })
    const process = { ...kernel, store: racing }
    await authenticateToken(process, secret)
    await expect(authenticateToken(process, secret)).rejects.toMatchObject(refused)
  })
})

/** The store as another process has it; `looked` is called when assignments have been read. */
function elsewhere(store: Store, looked?: () => Promise<void>): Store {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return async (...args: readonly unknown[]): Promise<unknown> => {
        const answer: unknown = await Reflect.apply(value, target, args)
        if (name === 'lookup' && args[1] === 'byUser') await looked?.()
        return answer
      }
    },
  })
}
