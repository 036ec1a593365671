import { beforeEach, describe, expect, it } from 'vitest'
import {
  actorOf,
  domainActor,
  findings,
  identityKernel,
  type IdentityKernel,
  newProject,
} from '../../../test/identity-kernel.ts'
import { auditKind } from '../../model/audit/audit.ts'
import { idempotencyKind } from '../../model/audit/idempotency.ts'
import { domainKind } from '../../model/identity/domain.ts'
import { keyPairKind } from '../../model/compute/key-pair.ts'
import { userKind } from '../../model/identity/user.ts'
import { keyPairCreate } from '../compute/key-pair.ts'
import { sshKeys } from '../../../test/ssh-keys.ts'
import { invoke } from '../operation.ts'
import { authenticatePassword } from './authenticate.ts'
import { bootstrapIdentity } from './bootstrap.ts'
import { domainCreate } from './domain.ts'
import { roleAssign } from './role.ts'
import { userCreate, userDelete, userGet, userList, userSetPassword, userUpdate } from './user.ts'

let world: IdentityKernel
beforeEach(async () => {
  world = await identityKernel()
})

describe('bootstrap', () => {
  it('is one commit the first time, none after, and one of many at once', async () => {
    const { kernel } = await identityKernel({ bootstrap: false })
    const before = kernel.store.stats.transactions
    const first = await Promise.all([bootstrapIdentity(kernel), bootstrapIdentity(kernel)])
    expect(first[0]).toEqual(first[1])
    const after = kernel.store.stats.transactions
    expect(after - before).toBe(1)
    expect(await bootstrapIdentity(kernel)).toEqual(first[0])
    expect(kernel.store.stats.transactions).toBe(after)
    expect(await kernel.store.count(domainKind, {})).toBe(1)
    expect(await kernel.store.count(auditKind, {})).toBe(1)
    expect(await findings(kernel)).toEqual([])
  })

  it('does not bring back an admin whom an operator removed', async () => {
    const { kernel, root } = world
    await invoke(kernel, root, userDelete, { id: root.userId })
    expect(await bootstrapIdentity(kernel)).toEqual({ adminId: null })
    expect(await kernel.store.count(userKind, {})).toBe(0)
  })
})

describe('X1: users', () => {
  it('never show a password hash', async () => {
    const { kernel, root } = world
    const made = await invoke(kernel, root, userCreate, { name: 'ann', password: 'secret-1' })
    const shown = [
      made,
      await invoke(kernel, root, userGet, { id: made.id }),
      ...(await invoke(kernel, root, userList, {})),
      await invoke(kernel, root, userUpdate, { id: made.id, description: 'x' }),
    ]
    expect(JSON.stringify(shown)).not.toMatch(/scrypt|secret-1|passwordHash/)
    expect(made.hasPassword).toBe(true)
  })

  it('leave no trace of a password in the audit record or under an idempotency key', async () => {
    const { kernel, root } = world
    const options = { idempotencyKey: 'k1' }
    const input = { name: 'ann', password: 'first-secret' }
    const made = await invoke(kernel, root, userCreate, input, options)
    const kept = [
      ...(await kernel.store.query(idempotencyKind, { limit: 10 })),
      ...(await kernel.store.query(auditKind, { limit: 10 })),
    ]
    expect(JSON.stringify(kept)).not.toMatch(/scrypt|first-secret/)
    // The remembered body does not depend on it: no fast hash of it is stored.
    const again = await invoke(kernel, root, userCreate, { ...input, password: 'other' }, options)
    expect(again.id).toBe(made.id)
    await expect(invoke(kernel, root, userCreate, { name: 'bob' }, options)).rejects.toMatchObject({
      code: 'idempotencyMismatch',
    })
  })

  it('have names unique in their domain', async () => {
    const { kernel, root } = world
    await invoke(kernel, root, userCreate, { name: 'ann' })
    await expect(invoke(kernel, root, userCreate, { name: 'ann' })).rejects.toMatchObject({
      code: 'conflict',
      field: 'name',
    })
    const bob = await invoke(kernel, root, userCreate, { name: 'bob' })
    await expect(
      invoke(kernel, root, userUpdate, { id: bob.id, name: 'ann' }),
    ).rejects.toMatchObject({ code: 'conflict', field: 'name' })
  })

  it.each([
    [{ name: 'x', password: '' }, 'password'],
    [{ name: 'x', password: 'a'.repeat(1_000_000) }, 'password'],
    [{ name: 'x', password: 'é'.repeat(600) }, 'password'],
    [{ name: 'x', email: 'nobody' }, 'email'],
    [{ name: 'x', passwordHash: 'scrypt$1' }, 'passwordHash'],
    [{ name: 'x', domainId: 'none' }, 'domainId'],
  ])('refuse %j', async (input, field) => {
    await expect(invoke(world.kernel, world.root, userCreate, input)).rejects.toMatchObject({
      field,
    })
  })

  it('see themselves only, from within a project', async () => {
    const { kernel, root } = world
    const project = await newProject(world, 'acme')
    const ann = await invoke(kernel, root, userCreate, { name: 'ann' })
    const self = actorOf(project, 'reader', ann.id)
    expect((await invoke(kernel, self, userGet, { id: ann.id })).name).toBe('ann')
    const foreign = await invoke(kernel, self, userGet, { id: root.userId }).catch((e) => e)
    const absent = await invoke(kernel, self, userGet, { id: 'none' }).catch((e) => e)
    expect(foreign.toJSON()).toEqual(absent.toJSON())
    await expect(invoke(kernel, self, userList, {})).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('take their key pairs and roles along when deleted', async () => {
    const { kernel, root } = world
    const project = await newProject(world, 'acme')
    const ann = await invoke(kernel, root, userCreate, { name: 'ann' })
    await invoke(kernel, root, roleAssign, {
      userId: ann.id,
      role: 'member',
      projectId: project.id,
    })
    const self = actorOf(project, 'member', ann.id)
    await invoke(kernel, self, keyPairCreate, { name: 'laptop', publicKey: sshKeys.ed25519.line })
    await invoke(kernel, root, userDelete, { id: ann.id })
    expect(await kernel.store.count(keyPairKind, {})).toBe(0)
    expect(await findings(kernel)).toEqual([])
  })
})

describe('managers of a domain', () => {
  it('manage its users, but none with rights beyond their own', async () => {
    const { kernel, root } = world
    const domain = await invoke(kernel, root, domainCreate, { name: 'other' })
    const inside = await newProject(world, 'inside', { domainId: domain.id })
    const outside = await newProject(world, 'outside')
    const manager = domainActor(domain.id)
    const grants = [
      [{ role: 'member', projectId: inside.id }, true],
      [{ role: 'manager', domainId: domain.id }, true],
      [{ role: 'admin', projectId: inside.id }, false],
      [{ role: 'reader', projectId: outside.id }, false],
      [{ role: 'reader', system: true }, false],
    ] as const
    for (const [index, [grant, allowed]] of grants.entries()) {
      const user = await invoke(kernel, manager, userCreate, {
        name: `user-${index}`,
        domainId: domain.id,
      })
      await invoke(kernel, root, roleAssign, { userId: user.id, ...grant })
      const attempts = [
        () => invoke(kernel, manager, userSetPassword, { id: user.id, password: 'taken-over' }),
        () => invoke(kernel, manager, userUpdate, { id: user.id, description: 'x' }),
        () => invoke(kernel, manager, userDelete, { id: user.id }),
      ]
      for (const attempt of attempts) {
        const outcome = await attempt().then(
          () => true,
          (error) => error.code,
        )
        expect(outcome, JSON.stringify(grant)).toBe(allowed || 'forbidden')
      }
    }
    await expect(
      invoke(kernel, manager, userUpdate, { id: root.userId, enabled: false }),
    ).rejects.toMatchObject({ code: 'notFound' })
  })
})

describe('passwords', () => {
  it('open exactly their own user, while he and his domain are enabled', async () => {
    const { kernel, root } = world
    const ann = await invoke(kernel, root, userCreate, { name: 'ann', password: 'right' })
    const login = (name: string, password: string) =>
      authenticatePassword(kernel, { name, password })
    expect((await login('ann', 'right')).id).toBe(ann.id)
    await invoke(kernel, root, userCreate, { name: 'off', password: 'right', enabled: false })
    const refusals = [
      login('ann', 'wrong'),
      login('nobody', 'right'),
      login('off', 'right'),
      login('admin', ''),
      login('ann', 'x'.repeat(100_000)),
      authenticatePassword(kernel, { name: 'ann', password: 'right', domainId: 'none' }),
    ]
    const errors = await Promise.all(refusals.map((refusal) => refusal.catch((error) => error)))
    for (const error of errors) expect(error.toJSON()).toEqual(errors[0].toJSON())
    expect(errors[0].code).toBe('unauthenticated')
  })

  it('are changed by their user with the original only, and removed by null', async () => {
    const { kernel, root } = world
    const project = await newProject(world, 'acme')
    const ann = await invoke(kernel, root, userCreate, { name: 'ann', password: 'old' })
    const self = actorOf(project, 'reader', ann.id)
    const set = (input: object, actor = self) =>
      invoke(kernel, actor, userSetPassword, { id: ann.id, ...input })
    for (const original of [undefined, 'wrong']) {
      await expect(set({ password: 'new', original })).rejects.toMatchObject({
        code: 'forbidden',
        field: 'original',
      })
    }
    await set({ password: 'new', original: 'old' })
    await authenticatePassword(kernel, { name: 'ann', password: 'new' })
    await set({ password: null }, root)
    await expect(
      authenticatePassword(kernel, { name: 'ann', password: 'new' }),
    ).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(set({ password: 'mine' })).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('may be given to himself by an operator who has none yet, once', async () => {
    const { kernel, root } = world
    const set = (password: string) =>
      invoke(kernel, root, userSetPassword, { id: root.userId, password })
    await set('first')
    await expect(set('second')).rejects.toMatchObject({ code: 'forbidden', field: 'original' })
  })
})
