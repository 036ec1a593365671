import { beforeEach, describe, expect, it } from 'vitest'
import {
  domainActor,
  findings,
  identityKernel,
  type IdentityKernel,
  newProject,
} from '../../../test/identity-kernel.ts'
import type { Group } from '../../model/identity/group.ts'
import type { Project } from '../../model/identity/project.ts'
import { invoke } from '../operation.ts'
import { resolveActor } from './actor.ts'
import { domainCreate, domainDelete, domainUpdate } from './domain.ts'
import { groupCreate, groupDelete, groupGet, groupList, groupUpdate } from './group.ts'
import {
  groupAddUser,
  groupCheckUser,
  groupListUsers,
  groupRemoveUser,
  userListGroups,
} from './group-member.ts'
import { roleAssign, roleAssignmentList, roleUnassign } from './role.ts'
import {
  roleCreate,
  roleDelete,
  roleImply,
  roleList,
  roleUnimply,
  roleUpdate,
} from './role-catalog.ts'
import { userCreate, userDelete, userSetPassword, type UserView } from './user.ts'

let world: IdentityKernel
let project: Project
let user: UserView
let group: Group
beforeEach(async () => {
  world = await identityKernel()
  const { kernel, root } = world
  project = await newProject(world, 'acme')
  user = await invoke(kernel, root, userCreate, { name: 'ann' })
  group = await invoke(kernel, root, groupCreate, { name: 'staff' })
})

const member = () => ({ groupId: group.id, userId: user.id })
const rolesNow = async () =>
  (await resolveActor(world.kernel, { userId: user.id, projectId: project.id })).roles

describe('X1: groups', () => {
  it('give their roles to their members, as long as they are members', async () => {
    const { kernel, root } = world
    const grant = { groupId: group.id, role: 'member', projectId: project.id }
    await invoke(kernel, root, roleAssign, grant)
    await expect(rolesNow()).rejects.toMatchObject({ code: 'notFound' })
    await invoke(kernel, root, groupAddUser, member())
    expect(await rolesNow()).toEqual(['member', 'reader'])
    await invoke(kernel, root, groupRemoveUser, member())
    await expect(rolesNow()).rejects.toMatchObject({ code: 'notFound' })
    await invoke(kernel, root, groupAddUser, member())
    await invoke(kernel, root, roleUnassign, grant)
    await expect(rolesNow()).rejects.toMatchObject({ code: 'notFound' })
    expect(await findings(kernel)).toEqual([])
  })

  it('are shown with their members, and members with their groups', async () => {
    const { kernel, root } = world
    await invoke(kernel, root, groupAddUser, member())
    await invoke(kernel, root, groupAddUser, member())
    const { groupId } = member()
    expect(await invoke(kernel, root, groupListUsers, { groupId })).toMatchObject([{ id: user.id }])
    expect(await invoke(kernel, root, userListGroups, { userId: user.id })).toEqual([group])
    expect(await invoke(kernel, root, groupCheckUser, member())).toMatchObject(member())
    await invoke(kernel, root, groupUpdate, { id: group.id, name: 'crew' })
    expect(await invoke(kernel, root, groupList, { name: 'crew' })).toHaveLength(1)
    await expect(invoke(kernel, root, groupCreate, { name: 'crew' })).rejects.toMatchObject({
      code: 'conflict',
      field: 'name',
    })
  })

  it('go with their memberships and roles; so do those of a user who goes', async () => {
    const { kernel, root } = world
    await invoke(kernel, root, groupAddUser, member())
    await invoke(kernel, root, roleAssign, {
      groupId: group.id,
      role: 'member',
      domainId: 'default',
      inherited: true,
    })
    expect(await rolesNow()).toEqual(['member', 'reader'])
    const other = await invoke(kernel, root, groupCreate, { name: 'other' })
    await invoke(kernel, root, groupAddUser, { groupId: other.id, userId: user.id })
    await invoke(kernel, root, groupDelete, { id: group.id })
    await expect(rolesNow()).rejects.toMatchObject({ code: 'notFound' })
    await invoke(kernel, root, userDelete, { id: user.id })
    expect(await invoke(kernel, root, groupListUsers, { groupId: other.id })).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })

  it('give nobody more than the one who puts him there has', async () => {
    const { kernel, root } = world
    const manager = domainActor('default')
    await invoke(kernel, manager, groupAddUser, member())
    const admin = { groupId: group.id, role: 'admin', projectId: project.id }
    await expect(invoke(kernel, manager, roleAssign, admin)).rejects.toMatchObject({
      code: 'forbidden',
      field: 'role',
    })
    const boss = domainActor('default', 'admin')
    await expect(invoke(kernel, boss, roleAssign, admin)).rejects.toMatchObject({
      code: 'forbidden',
      field: 'role',
    })
    await invoke(kernel, root, roleAssign, admin)
    const friend = await invoke(kernel, root, userCreate, { name: 'bob' })
    const refused = { code: 'forbidden' }
    await expect(
      invoke(kernel, manager, groupAddUser, { groupId: group.id, userId: friend.id }),
    ).rejects.toMatchObject(refused)
    // Nor does he take over somebody who has it by his group.
    await expect(
      invoke(kernel, manager, userSetPassword, { id: user.id, password: 'mine' }),
    ).rejects.toMatchObject(refused)
    await expect(invoke(kernel, manager, groupDelete, { id: group.id })).rejects.toMatchObject(
      refused,
    )
  })

  it('are unseen from other domains, which keep theirs', async () => {
    const { kernel, root } = world
    const domain = await invoke(kernel, root, domainCreate, { name: 'far' })
    const far = domainActor(domain.id)
    for (const id of [group.id, 'absent']) {
      await expect(invoke(kernel, far, groupGet, { id })).rejects.toMatchObject({
        code: 'notFound',
      })
    }
    expect(await invoke(kernel, far, groupList, {})).toEqual([])
    await invoke(kernel, far, groupCreate, { name: 'staff', domainId: domain.id })
    await invoke(kernel, root, domainUpdate, { id: domain.id, enabled: false })
    await expect(invoke(kernel, root, domainDelete, { id: domain.id })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('X1: roles of one’s own', () => {
  it('give what they imply, and are taken from everybody when they go', async () => {
    const { kernel, root } = world
    const [a, b] = [
      await invoke(kernel, root, roleCreate, { name: 'operator-of-things' }),
      await invoke(kernel, root, roleCreate, { name: 'observer' }),
    ]
    await invoke(kernel, root, roleAssign, { userId: user.id, role: a.id, projectId: project.id })
    expect(await rolesNow()).toEqual(['operator-of-things'])
    await invoke(kernel, root, roleImply, { id: a.id, impliedId: b.id })
    await invoke(kernel, root, roleImply, { id: b.id, impliedId: 'member' })
    expect(await rolesNow()).toEqual(['member', 'reader', 'observer', 'operator-of-things'])
    // Round in a circle: nothing more comes of it.
    await invoke(kernel, root, roleImply, { id: b.id, impliedId: a.id })
    expect(await rolesNow()).toHaveLength(4)
    await invoke(kernel, root, roleUnimply, { id: b.id, impliedId: 'member' })
    await invoke(kernel, root, roleUpdate, { id: b.id, name: 'watcher' })
    expect(await rolesNow()).toEqual(['operator-of-things', 'watcher'])
    await invoke(kernel, root, roleDelete, { id: b.id })
    expect(await rolesNow()).toEqual(['operator-of-things'])
    await invoke(kernel, root, roleDelete, { id: a.id })
    await expect(rolesNow()).rejects.toMatchObject({ code: 'notFound' })
    expect(await invoke(kernel, root, roleAssignmentList, { userId: user.id })).toEqual([])
    expect(await findings(kernel)).toEqual([])
  })

  it('are implied by built-in ones when an operator says so', async () => {
    const { kernel, root } = world
    const role = await invoke(kernel, root, roleCreate, { name: 'load-balancer_member' })
    await invoke(kernel, root, roleAssign, {
      userId: user.id,
      role: 'member',
      projectId: project.id,
    })
    await invoke(kernel, root, roleImply, { id: 'member', impliedId: role.id })
    expect(await rolesNow()).toEqual(['member', 'reader', 'load-balancer_member'])
    await invoke(kernel, root, roleUnimply, { id: 'member', impliedId: role.id })
    expect(await rolesNow()).toEqual(['member', 'reader'])
  })

  it('of a domain count by what they imply, in that domain', async () => {
    const { kernel, root } = world
    const domain = await invoke(kernel, root, domainCreate, { name: 'far' })
    const fields = { name: 'local', domainId: domain.id }
    const foreign = await invoke(kernel, root, roleCreate, fields)
    const local = await invoke(kernel, root, roleCreate, { ...fields, domainId: 'default' })
    await invoke(kernel, root, roleImply, { id: local.id, impliedId: 'reader' })
    const grant = { userId: user.id, projectId: project.id }
    await invoke(kernel, root, roleAssign, { ...grant, role: local.id })
    expect(await rolesNow()).toEqual(['reader'])
    await expect(
      invoke(kernel, root, roleAssign, { ...grant, role: foreign.id }),
    ).rejects.toMatchObject({ code: 'notFound', field: 'role' })
    expect(await invoke(kernel, root, roleList, { domainId: domain.id })).toEqual([foreign])
  })

  it.each(['admin', 'Admin', 'MEMBER'])('are not called %s', async (name) => {
    const { kernel, root } = world
    for (const more of [{}, { domainId: 'default' }]) {
      await expect(invoke(kernel, root, roleCreate, { name, ...more })).rejects.toMatchObject({
        code: 'conflict',
        field: 'name',
      })
    }
  })

  it('never lead to admin, and leave the built-in ones as they are', async () => {
    const { kernel, root } = world
    const role = await invoke(kernel, root, roleCreate, { name: 'ladder' })
    const refused = { code: 'forbidden' }
    await expect(
      invoke(kernel, root, roleImply, { id: role.id, impliedId: 'admin' }),
    ).rejects.toMatchObject(refused)
    await expect(invoke(kernel, root, roleDelete, { id: 'reader' })).rejects.toMatchObject(refused)
    await expect(
      invoke(kernel, root, roleUpdate, { id: 'reader', name: 'x' }),
    ).rejects.toMatchObject(refused)
    await expect(
      invoke(kernel, root, roleUnimply, { id: 'admin', impliedId: 'manager' }),
    ).rejects.toMatchObject(refused)
  })

  it('that imply more than the giver has are not his to give', async () => {
    const { kernel, root } = world
    const role = await invoke(kernel, root, roleCreate, { name: 'ladder' })
    await invoke(kernel, root, roleImply, { id: role.id, impliedId: 'manager' })
    const giver = { ...domainActor('default', 'member'), roles: ['manager', 'member', 'reader'] }
    const grant = { userId: user.id, projectId: project.id, role: role.id }
    await expect(invoke(kernel, giver, roleAssign, grant)).rejects.toMatchObject({
      code: 'forbidden',
      field: 'role',
    })
    const holder = { ...giver, roles: [...giver.roles, 'ladder'] }
    await invoke(kernel, holder, roleAssign, grant)
  })
})
