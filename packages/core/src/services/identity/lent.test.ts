import { beforeEach, describe, expect, it } from 'vitest'
import {
  findings,
  identityKernel,
  type IdentityKernel,
  newProject,
} from '../../../test/identity-kernel.ts'
import { applicationCredentialKind } from '../../model/identity/application-credential.ts'
import type { Project } from '../../model/identity/project.ts'
import { type User, userKind } from '../../model/identity/user.ts'
import type { Actor } from '../call.ts'
import { invoke } from '../operation.ts'
import { resolveActor } from './actor.ts'
import { accessRuleDelete, accessRuleList, isAccessAllowed } from './access-rule.ts'
import {
  applicationCredentialCreate,
  applicationCredentialDelete,
  applicationCredentialGet,
  applicationCredentialList,
} from './application-credential.ts'
import {
  accessKeyCreate,
  authenticateAccessKey,
  credentialCreate,
  credentialDelete,
  credentialGet,
  credentialList,
  credentialUpdate,
} from './credential.ts'
import { authenticateApplicationCredential, useTrust } from './lent.ts'
import { projectDelete } from './project.ts'
import { roleAssign, roleUnassign } from './role.ts'
import { authenticateToken, issueToken } from './token.ts'
import { trustCreate, trustDelete, trustGet, trustList } from './trust.ts'
import { userCreate, userDelete, userSetPassword, userUpdate } from './user.ts'

let world: IdentityKernel
let project: Project
let ann: User
let bob: User
let actor: Actor
const refused = { code: 'unauthenticated' }

beforeEach(async () => {
  world = await identityKernel()
  const { kernel, root } = world
  project = await newProject(world, 'acme')
  const ids: string[] = []
  for (const name of ['ann', 'bob']) {
    ids.push((await invoke(kernel, root, userCreate, { name, password: 'x' })).id)
  }
  const userId = ids[0] as string
  await invoke(kernel, root, roleAssign, { userId, projectId: project.id, role: 'manager' })
  ;[ann, bob] = (await kernel.store.get(userKind, ids)) as [User, User]
  actor = await resolveActor(kernel, { userId, projectId: project.id })
})

const create = (input: object = {}) =>
  invoke(world.kernel, actor, applicationCredentialCreate, { name: 'robot', ...input })

const signIn = async (id: string, secret: string) => {
  const { kernel } = world
  const proven = await authenticateApplicationCredential(kernel, { id }, secret)
  return issueToken(kernel, { ...proven, methods: ['application_credential'] })
}

describe('X2: application credentials', () => {
  it('let a program act as their user, in one project, with the roles lent', async () => {
    const { kernel } = world
    const { id, secret } = await create({ roles: [{ name: 'reader' }] })
    const issued = await signIn(id, secret)
    const seen = await authenticateToken(kernel, issued.secret)
    expect(seen.actor).toMatchObject({
      userId: ann.id,
      projectId: project.id,
      roles: ['reader'],
      lent: { until: null, onward: false },
    })
    const rows = await kernel.store.query(applicationCredentialKind, { limit: 1 })
    expect(JSON.stringify(rows)).not.toContain(secret)
    expect(
      JSON.stringify(await invoke(kernel, actor, applicationCredentialGet, { id })),
    ).not.toMatch(/secret/i)
    expect(await findings(kernel)).toEqual([])
  })

  it('are named by their user and name as well, and take a chosen secret', async () => {
    const { kernel } = world
    await create({ secret: 'chosen by me' })
    const ref = { name: 'robot', user: { name: 'ann' } }
    await authenticateApplicationCredential(kernel, ref, 'chosen by me')
    await expect(authenticateApplicationCredential(kernel, ref, 'guessed')).rejects.toMatchObject(
      refused,
    )
    await expect(
      authenticateApplicationCredential(kernel, { id: 'absent' }, 'x'),
    ).rejects.toMatchObject(refused)
  })

  it('never give more than their user has now', async () => {
    const { kernel, root } = world
    const { id, secret } = await create()
    const issued = await signIn(id, secret)
    await invoke(kernel, root, roleAssign, {
      userId: ann.id,
      projectId: project.id,
      role: 'admin',
    })
    const held = async () => (await authenticateToken(kernel, issued.secret)).actor?.roles
    expect(await held()).toEqual(['manager', 'member', 'reader'])
    for (const role of ['admin', 'manager']) {
      await invoke(kernel, root, roleUnassign, { userId: ann.id, projectId: project.id, role })
    }
    await expect(held()).rejects.toMatchObject(refused)
    await expect(signIn(id, secret)).rejects.toMatchObject(refused)
  })

  it('end with themselves, with their time, and with their user', async () => {
    const { kernel, root, clock } = world
    const { id, secret } = await create({ expiresAt: kernel.clock.now() + 5_000 })
    const issued = await signIn(id, secret)
    expect(issued.token.expiresAt).toBe(issued.token.issuedAt + 5_000)
    const other = await create({ name: 'other' })
    const second = await signIn(other.id, other.secret)
    await clock.advance(5_000)
    await expect(authenticateToken(kernel, issued.secret)).rejects.toMatchObject(refused)
    await expect(signIn(id, secret)).rejects.toMatchObject(refused)
    await invoke(kernel, actor, applicationCredentialDelete, { id: other.id })
    await expect(authenticateToken(kernel, second.secret)).rejects.toMatchObject(refused)
    await create({ name: 'last' })
    await invoke(kernel, root, projectDelete, { id: project.id })
    await invoke(kernel, root, userDelete, { id: ann.id })
    expect(await kernel.store.count(applicationCredentialKind, {})).toBe(0)
    expect(await findings(kernel)).toEqual([])
  })

  it('lend nothing on unless they may, never more, and never for longer', async () => {
    const { kernel } = world
    const until = kernel.clock.now() + 100_000
    const tied = await create({ expiresAt: until })
    const free = await create({ name: 'free', expiresAt: until, unrestricted: true })
    const [a, b] = [
      (await signIn(tied.id, tied.secret)).actor as Actor,
      (await signIn(free.id, free.secret)).actor as Actor,
    ]
    const by = (who: Actor, input: object) =>
      invoke(kernel, who, applicationCredentialCreate, { name: 'child', ...input })
    const forbidden = { code: 'forbidden' }
    await expect(by(a, { expiresAt: until })).rejects.toMatchObject(forbidden)
    await expect(by(b, {})).rejects.toMatchObject(forbidden)
    await expect(by(b, { expiresAt: until + 1 })).rejects.toMatchObject(forbidden)
    await expect(by(b, { expiresAt: until, roles: [{ name: 'admin' }] })).rejects.toMatchObject(
      forbidden,
    )
    await by(b, { expiresAt: until })
    for (const who of [a, b]) {
      for (const refusal of [
        invoke(kernel, who, userSetPassword, { id: ann.id, password: 'y', original: 'x' }),
        invoke(kernel, who, accessKeyCreate, { projectId: project.id }),
        invoke(kernel, who, trustCreate, {
          trusteeId: bob.id,
          roles: [{ name: 'reader' }],
          impersonation: true,
        }),
      ]) {
        await expect(refusal).rejects.toMatchObject(forbidden)
      }
    }
  })

  it('are no way to another scope', async () => {
    const { kernel } = world
    const { id, secret } = await create()
    const { token: parent } = await signIn(id, secret)
    for (const scope of [undefined, { projectId: project.id }]) {
      const request = { user: ann, methods: ['token'] as const, parent, ...(scope && { scope }) }
      await expect(issueToken(kernel, request)).rejects.toMatchObject(refused)
    }
  })

  it('are for the calls of their access rules only, which outlive them', async () => {
    const { kernel } = world
    const rule = { service: 'compute', method: 'GET', path: '/v2.1/servers/*/ips' } as const
    const { id, secret, accessRules } = await create({ accessRules: [rule, rule] })
    expect(accessRules).toHaveLength(1)
    const issued = await signIn(id, secret)
    expect((await authenticateToken(kernel, issued.secret)).accessRules).toMatchObject([rule])
    const ruleId = accessRules?.[0]?.id as string
    const again = await create({ name: 'two', accessRules: [{ id: ruleId }] })
    expect(again.accessRules).toEqual(accessRules)
    const remove = () => invoke(kernel, actor, accessRuleDelete, { id: ruleId })
    await expect(remove()).rejects.toMatchObject({ code: 'forbidden' })
    for (const one of [id, again.id]) {
      await invoke(kernel, actor, applicationCredentialDelete, { id: one })
    }
    expect(await invoke(kernel, actor, accessRuleList, {})).toHaveLength(1)
    await remove()
    expect(await invoke(kernel, actor, accessRuleList, {})).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })

  it('are nobody else’s to see', async () => {
    const { kernel, root } = world
    const { id } = await create()
    const other = { ...actor, userId: bob.id }
    await expect(invoke(kernel, other, applicationCredentialGet, { id })).rejects.toMatchObject({
      code: 'notFound',
    })
    await expect(
      invoke(kernel, other, applicationCredentialList, { userId: ann.id }),
    ).rejects.toMatchObject({ code: 'notFound' })
    expect(await invoke(kernel, other, applicationCredentialList, {})).toEqual([])
    const listed = await invoke(kernel, root, applicationCredentialList, { userId: ann.id })
    expect(listed).toMatchObject([{ id }])
  })
})

describe('X2: access rules', () => {
  it.each([
    ['/v2/images', '/v2/images', true],
    ['/v2/images', '/v2/images/1', false],
    ['/v2/images/*', '/v2/images/1', true],
    ['/v2/images/{id}', '/v2/images/1', true],
    ['/v2/images/*', '/v2/images/', false],
    ['/v2/images/*', '/v2/images/1/file', false],
    ['/v2/**', '/v2/images/1/file', true],
    ['/**/file', '/v2/images/1/file', true],
    ['/**/file', '/v2/images/1', false],
    ['**', '/anything/at/all', true],
  ])('%s is of %s: %s', (path, asked, allowed) => {
    const rules = [{ id: 'r', service: 'image', method: 'GET', path }]
    const call = { service: 'image', path: asked }
    expect(isAccessAllowed(rules, { ...call, method: 'GET' })).toBe(allowed)
    expect(isAccessAllowed(rules, { ...call, method: 'HEAD' })).toBe(allowed)
    expect(isAccessAllowed(rules, { ...call, method: 'POST' })).toBe(false)
    expect(isAccessAllowed(rules, { ...call, service: 'compute', method: 'GET' })).toBe(false)
  })
})

describe('X3: trusts', () => {
  const lend = (input: object = {}) =>
    invoke(world.kernel, actor, trustCreate, {
      trusteeId: bob.id,
      roles: [{ name: 'member' }],
      impersonation: true,
      ...input,
    })
  const take = async (id: string) => {
    const { kernel } = world
    const trust = await useTrust(kernel, id, bob)
    return issueToken(kernel, { user: bob, methods: ['password'], trust })
  }

  it('let the trustee act as the trustor, or as himself, with what was lent', async () => {
    const { kernel } = world
    const as = await authenticateToken(kernel, (await take((await lend()).id)).secret)
    expect(as.actor).toMatchObject({ userId: ann.id, roles: ['member'], projectId: project.id })
    const own = await lend({ impersonation: false })
    const himself = await authenticateToken(kernel, (await take(own.id)).secret)
    expect(himself.actor).toMatchObject({ userId: bob.id, roles: ['member'] })
    await expect(
      invoke(kernel, as.actor as Actor, trustCreate, {
        trusteeId: bob.id,
        roles: [{ name: 'member' }],
        impersonation: true,
      }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    expect(await findings(kernel)).toEqual([])
  })

  it('last for their uses and their time, and end at once', async () => {
    const { kernel, root, clock } = world
    const { id } = await lend({ remainingUses: 2, expiresAt: kernel.clock.now() + 9_000 })
    const outcomes = await Promise.allSettled([take(id), take(id), take(id)])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect(await invoke(kernel, actor, trustGet, { id })).toMatchObject({ remainingUses: 0 })
    const other = await lend({ expiresAt: kernel.clock.now() + 9_000 })
    const { secret, token } = await take(other.id)
    expect(token.expiresAt).toBe(token.issuedAt + 9_000)
    await clock.advance(9_000)
    await expect(authenticateToken(kernel, secret)).rejects.toMatchObject(refused)
    const third = await lend()
    const last = await take(third.id)
    await invoke(kernel, actor, trustDelete, { id: third.id })
    await expect(authenticateToken(kernel, last.secret)).rejects.toMatchObject(refused)
    const fourth = await take((await lend()).id)
    await invoke(kernel, root, userUpdate, { id: ann.id, enabled: false })
    await expect(authenticateToken(kernel, fourth.secret)).rejects.toMatchObject(refused)
  })

  it('are for their trustee, lend what one has, and are seen by both', async () => {
    const { kernel, root } = world
    const { id } = await lend()
    await expect(useTrust(kernel, id, ann)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(useTrust(kernel, 'absent', bob)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(lend({ roles: [{ name: 'admin' }] })).rejects.toMatchObject({ code: 'forbidden' })
    const trustee = { ...actor, userId: bob.id }
    const stranger = { ...actor, userId: 'eve' }
    expect(await invoke(kernel, trustee, trustList, { trusteeId: bob.id })).toHaveLength(1)
    expect(await invoke(kernel, root, trustList, {})).toHaveLength(1)
    await expect(invoke(kernel, stranger, trustGet, { id })).rejects.toMatchObject({
      code: 'notFound',
    })
    await expect(invoke(kernel, stranger, trustList, { trustorId: ann.id })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(invoke(kernel, trustee, trustDelete, { id })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await invoke(kernel, root, userDelete, { id: bob.id })
    expect(await invoke(kernel, root, trustList, {})).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })
})

describe('X3: access keys', () => {
  it('prove their user by what is signed with their secret', async () => {
    const { kernel, root } = world
    const made = await invoke(kernel, actor, accessKeyCreate, { projectId: project.id })
    const { access, secret } = JSON.parse(made.blob) as { access: string; secret: string }
    const signedBy = (key: string) =>
      authenticateAccessKey(kernel, key, (known) => known === secret)
    expect((await signedBy(access)).actor).toMatchObject({
      userId: ann.id,
      projectId: project.id,
      roles: ['manager', 'member', 'reader'],
    })
    await expect(signedBy('absent')).rejects.toMatchObject(refused)
    await expect(authenticateAccessKey(kernel, access, () => false)).rejects.toMatchObject(refused)
    await expect(authenticateAccessKey(kernel, 'absent', () => true)).rejects.toMatchObject(refused)
    await invoke(kernel, root, userUpdate, { id: ann.id, enabled: false })
    await expect(signedBy(access)).rejects.toMatchObject(refused)
    await invoke(kernel, root, userUpdate, { id: ann.id, enabled: true })
    await invoke(kernel, actor, credentialDelete, { id: made.id })
    await expect(signedBy(access)).rejects.toMatchObject(refused)
    expect(await findings(kernel)).toEqual([])
  })

  it('are kept by administrators for others, changed, and unique', async () => {
    const { kernel, root } = world
    const other = await newProject(world, 'other')
    const blob = (access: string) => JSON.stringify({ access, secret: 's' })
    const fields = { userId: ann.id, projectId: project.id, type: 'ec2' }
    const made = await invoke(kernel, root, credentialCreate, { ...fields, blob: blob('K1') })
    await expect(
      invoke(kernel, root, credentialCreate, { ...fields, blob: blob('K1') }),
    ).rejects.toMatchObject({ code: 'conflict', field: 'blob' })
    const moved = await invoke(kernel, root, credentialUpdate, {
      id: made.id,
      projectId: other.id,
      blob: blob('K2'),
    })
    expect(moved).toMatchObject({ projectId: other.id, access: 'K2' })
    expect(await invoke(kernel, root, credentialGet, { access: 'K2' })).toEqual(moved)
    await expect(
      invoke(kernel, actor, credentialCreate, { ...fields, userId: bob.id, blob: blob('K3') }),
    ).rejects.toMatchObject({ code: 'notFound', field: 'userId' })
    await expect(
      invoke(kernel, actor, credentialCreate, { ...fields, blob: 'no JSON' }),
    ).rejects.toMatchObject({ code: 'invalid', field: 'blob' })
    const mine = await invoke(kernel, actor, credentialCreate, { type: 'totp', blob: 'seed' })
    expect(await invoke(kernel, actor, credentialList, { type: 'totp' })).toEqual([mine])
    const foreign = { ...actor, userId: bob.id }
    for (const id of [mine.id, 'absent']) {
      await expect(invoke(kernel, foreign, credentialGet, { id })).rejects.toMatchObject({
        code: 'notFound',
      })
    }
    expect(await findings(kernel)).toEqual([])
  })
})
