import { beforeEach, describe, expect, it } from 'vitest'
import {
  actorOf,
  domainActor,
  findings,
  identityKernel,
  type IdentityKernel,
  newProject,
  operatorOf,
} from '../../../test/identity-kernel.ts'
import { auditKind } from '../../model/audit/audit.ts'
import type { Project } from '../../model/identity/project.ts'
import { roleAssignmentKind } from '../../model/identity/role-assignment.ts'
import { Writes } from '../../commit/writes.ts'
import { invoke } from '../operation.ts'
import { roles } from '../policy.ts'
import { resolveActor } from './actor.ts'
import { domainCreate, domainUpdate } from './domain.ts'
import { projectUpdate } from './project.ts'
import { userReferences } from './references.ts'
import { roleAssign, roleAssignmentList, roleUnassign } from './role.ts'
import { roleList } from './role-catalog.ts'
import { userCreate, userDelete, userUpdate, type UserView } from './user.ts'

let world: IdentityKernel
let project: Project
let user: UserView
beforeEach(async () => {
  world = await identityKernel()
  project = await newProject(world, 'acme')
  user = await invoke(world.kernel, world.root, userCreate, { name: 'ann' })
})

const assign = (input: object, actor = world.root) =>
  invoke(world.kernel, actor, roleAssign, { userId: user.id, ...input })
const unassign = (input: object, actor = world.root) =>
  invoke(world.kernel, actor, roleUnassign, { userId: user.id, ...input })
const onProject = (userId = user.id) =>
  resolveActor(world.kernel, { userId, projectId: project.id })

describe('X1: roles', () => {
  it('imply those below them', async () => {
    const shown = await invoke(world.kernel, actorOf(project, 'reader'), roleList, {})
    expect(shown.map(({ id, name, implies }) => [id, name, ...implies])).toEqual([
      ['admin', 'admin', 'manager'],
      ['manager', 'manager', 'member'],
      ['member', 'member', 'reader'],
      ['reader', 'reader'],
    ])
  })
})

describe('X2: assigning again', () => {
  it('changes nothing, and is on record', async () => {
    const role = { role: 'reader', projectId: project.id }
    const { store } = world.kernel
    const first = await assign(role)
    const before = await store.count(auditKind, {})
    expect(await assign(role)).toEqual({ ...first, rev: 2 })
    expect(await store.count(auditKind, {})).toBe(before + 1)
  })
})

describe('X2: resolveActor', () => {
  it('gives the strongest role with all it implies', async () => {
    await assign({ role: 'reader', projectId: project.id })
    expect((await onProject()).roles).toEqual(['reader'])
    await assign({ role: 'manager', projectId: project.id })
    expect(await onProject()).toEqual({
      userId: user.id,
      projectId: project.id,
      domainId: 'default',
      roles: ['manager', 'member', 'reader'],
      system: false,
    })
  })

  it('forgets a role at once when it is taken', async () => {
    await assign({ role: 'member', projectId: project.id })
    await onProject()
    await unassign({ role: 'member', projectId: project.id })
    await expect(onProject()).rejects.toMatchObject({ code: 'notFound', field: 'projectId' })
  })

  it('makes operators and domain actors of those with such roles only', async () => {
    const { kernel, root } = world
    expect(await resolveActor(kernel, { userId: root.userId, system: true })).toMatchObject({
      system: true,
      projectId: null,
      domainId: null,
      roles: [...roles],
    })
    await expect(resolveActor(kernel, { userId: user.id, system: true })).rejects.toMatchObject({
      code: 'notFound',
      field: 'system',
    })
    await assign({ role: 'manager', domainId: 'default' })
    const actor = await resolveActor(kernel, { userId: user.id, domainId: 'default' })
    expect(actor).toMatchObject({ system: false, projectId: null, domainId: 'default' })
    // A role on a domain is none on its projects unless it is inherited.
    await expect(onProject()).rejects.toMatchObject({ code: 'notFound' })
  })

  it('inherits roles from the domain and projects above, not on the target itself', async () => {
    const child = await newProject(world, 'child', { parentId: project.id })
    const grandchild = await newProject(world, 'grandchild', { parentId: child.id })
    await assign({ role: 'member', projectId: project.id, inherited: true })
    for (const projectId of [child.id, grandchild.id]) {
      const actor = await resolveActor(world.kernel, { userId: user.id, projectId })
      expect(actor.roles).toEqual(['member', 'reader'])
    }
    await expect(onProject()).rejects.toMatchObject({ code: 'notFound' })
    await assign({ role: 'reader', domainId: 'default', inherited: true })
    expect((await onProject()).roles).toEqual(['reader'])
    await expect(
      resolveActor(world.kernel, { userId: user.id, domainId: 'default' }),
    ).rejects.toMatchObject({ code: 'notFound' })
  })

  it('refuses disabled users, projects, parents and domains', async () => {
    const { kernel, root } = world
    const domain = await invoke(kernel, root, domainCreate, { name: 'other' })
    const guest = await invoke(kernel, root, userCreate, { name: 'bob', domainId: domain.id })
    const child = await newProject(world, 'child', { parentId: project.id })
    await assign({ role: 'member', projectId: project.id })
    await assign({ role: 'member', projectId: child.id })
    await assign({ role: 'member', projectId: project.id, userId: guest.id })
    const disabled = { code: 'forbidden' }

    await invoke(kernel, root, userUpdate, { id: user.id, enabled: false })
    await expect(onProject()).rejects.toMatchObject({ ...disabled, field: 'userId' })
    await invoke(kernel, root, userUpdate, { id: user.id, enabled: true })

    await invoke(kernel, root, projectUpdate, { id: project.id, enabled: false })
    await expect(onProject()).rejects.toMatchObject({ ...disabled, field: 'projectId' })
    const beneath = { userId: user.id, projectId: child.id }
    await expect(resolveActor(kernel, beneath)).rejects.toMatchObject(disabled)
    await invoke(kernel, root, projectUpdate, { id: project.id, enabled: true })

    await onProject(guest.id)
    await invoke(kernel, root, domainUpdate, { id: domain.id, enabled: false })
    await expect(onProject(guest.id)).rejects.toMatchObject({ ...disabled, field: 'domainId' })
  })

  it('tells an absent project from one without a role by nothing', async () => {
    const foreign = await onProject().catch((error) => error)
    const absent = await resolveActor(world.kernel, { userId: user.id, projectId: 'none' }).catch(
      (error) => error,
    )
    expect(foreign.toJSON()).toEqual(absent.toJSON())
  })

  it('wants exactly one scope', async () => {
    for (const scope of [{}, { projectId: 'a', system: true }, { projectId: 'a', domainId: 'b' }]) {
      await expect(resolveActor(world.kernel, { userId: user.id, ...scope })).rejects.toMatchObject(
        {
          code: 'invalid',
        },
      )
    }
    await expect(
      resolveActor(world.kernel, { userId: 'none', system: true }),
    ).rejects.toMatchObject({
      code: 'notFound',
      field: 'userId',
    })
  })
})

describe('assigning', () => {
  it('is idempotent, also at once', async () => {
    const input = { role: 'member', projectId: project.id }
    const made = await Promise.all(Array.from({ length: 6 }, () => assign(input)))
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    expect(await world.kernel.store.count(roleAssignmentKind, {})).toBe(2)
    expect(await findings(world.kernel)).toEqual([])
  })

  it('never gives more than the giver has: every role by every role and scope', async () => {
    const givers = [
      (role: string) => actorOf(project, role),
      (role: string) => domainActor('default', role),
      (role: string) => ({ ...operatorOf('op'), roles: [role] }),
    ]
    for (const giver of givers) {
      for (const [own, ownRole] of roles.entries()) {
        for (const [given, role] of roles.entries()) {
          const outcome = await assign({ role, projectId: project.id }, giver(ownRole)).then(
            () => 'given',
            (error) => error.code,
          )
          // Managing begins at `manager`, and nobody but operators gives `admin`.
          const isOperator = giver(ownRole).system
          const isWithin = given >= own && (isOperator || role !== 'admin')
          const expected = own <= 1 && isWithin ? 'given' : 'forbidden'
          expect(outcome, `${ownRole} gives ${role}`).toBe(expected)
        }
      }
    }
  })

  it('keeps a manager to his own project, and to users of its domain', async () => {
    const { kernel, root } = world
    const other = await newProject(world, 'other')
    const domain = await invoke(kernel, root, domainCreate, { name: 'far' })
    const stranger = await invoke(kernel, root, userCreate, { name: 'eve', domainId: domain.id })
    const manager = actorOf(project, 'manager')
    const refused = [
      [{ projectId: other.id }, 'notFound'],
      [{ domainId: 'default' }, 'notFound'],
      [{ system: true }, 'forbidden'],
      [{ projectId: project.id, inherited: true }, 'forbidden'],
      [{ projectId: project.id, userId: stranger.id }, 'notFound'],
    ] as const
    for (const [target, code] of refused) {
      await expect(assign({ role: 'reader', ...target }, manager)).rejects.toMatchObject({ code })
    }
    await expect(
      assign({ role: 'reader', domainId: domain.id }, domainActor('default')),
    ).rejects.toMatchObject({ code: 'notFound' })
  })

  it('does not let a manager take what an admin has', async () => {
    await assign({ role: 'admin', projectId: project.id })
    await expect(
      unassign({ role: 'admin', projectId: project.id }, actorOf(project, 'manager')),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  it.each([
    [{}, ''],
    [{ projectId: 'p', domainId: 'd' }, ''],
    [{ projectId: 'p', role: 'no role' }, 'role'],
    [{ system: true, inherited: true }, 'inherited'],
    [{ system: false }, 'system'],
  ])('refuses %j', async (input, field) => {
    await expect(assign({ role: 'reader', ...input })).rejects.toMatchObject({
      code: 'invalid',
      field,
    })
  })

  it('stops at the bound of one user', async () => {
    const { kernel } = world
    const other = await newProject(world, 'other')
    const scope = userReferences(user.id)
    const [before] = await kernel.store.counters([scope])
    expect(before?.limit).toBe(1_000)
    await kernel.committer.commit(new Writes().limit({ scope, name: 'references', limit: 1 }))
    // Both read room for one more; the counter lets one in.
    const results = await Promise.allSettled([
      assign({ role: 'reader', projectId: project.id }),
      assign({ role: 'reader', projectId: other.id }),
    ])
    const refused = results.flatMap((r) => (r.status === 'rejected' ? [r.reason] : []))
    expect(refused).toEqual([
      expect.objectContaining({ code: 'quotaExceeded', field: 'userId', limit: 1 }),
    ])
  })

  it('and deleting the user at once: no assignment outlives him', async () => {
    const { kernel, root } = world
    await Promise.allSettled([
      assign({ role: 'member', projectId: project.id }),
      invoke(kernel, root, userDelete, { id: user.id }),
      assign({ role: 'reader', projectId: project.id }),
    ])
    await invoke(kernel, root, userDelete, { id: user.id }).catch(() => undefined)
    expect(await findings(kernel)).toEqual([])
    await expect(assign({ role: 'member', projectId: project.id })).rejects.toMatchObject({
      code: 'notFound',
      field: 'userId',
    })
  })
})

describe('listing assignments', () => {
  it('shows a project its own, a user his own, an operator all', async () => {
    const { kernel, root } = world
    const other = await newProject(world, 'other')
    await assign({ role: 'member', projectId: project.id })
    await assign({ role: 'reader', projectId: other.id })
    const list = async (actor = root, input = {}) =>
      (await invoke(kernel, actor, roleAssignmentList, input)).map(({ targetId }) => targetId)
    expect(await list()).toHaveLength(3)
    expect(await list(root, { system: true })).toEqual(['system'])
    expect(await list(actorOf(project, 'reader'))).toEqual([project.id])
    const own = actorOf(project, 'reader', user.id)
    expect((await list(own, { userId: user.id })).sort()).toEqual([project.id, other.id].sort())
    await expect(list(own, { projectId: other.id })).rejects.toMatchObject({ code: 'notFound' })
    await expect(list(own, { userId: root.userId })).rejects.toMatchObject({ code: 'notFound' })
    await expect(list(own, { system: true })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await list(domainActor('default', 'reader'))).toEqual([])
  })
})
