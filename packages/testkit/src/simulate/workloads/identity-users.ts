import {
  type Actor,
  authenticatePassword,
  resolveActor,
  roleAssign,
  roleUnassign,
  userCreate,
  userDelete,
  userGet,
  userList,
  userSetPassword,
  userUpdate,
  type UserView,
} from '@nephos/core'
import type { Action, Outcome, Tenant } from '../workload.ts'
import { aim, forget, nameOf, remember, settled } from './aim.ts'
import { create, mutate } from './create.ts'
import { walk } from './pages.ts'

/** A right that is gone is tried so often: at any process. */
const tries = 3

interface Login {
  readonly user: UserView
  readonly password: string
}

/** A user whom nobody else knows of yet, with a password. */
async function createLogin(tenant: Tenant): Promise<Login | undefined> {
  const password = tenant.secret()
  const input = { name: nameOf(tenant, 'user'), password }
  const outcome = await mutate(tenant, userCreate, input, { as: tenant.operator })
  return outcome.end === 'ok' ? { user: outcome.answer, password } : undefined
}

export async function createUser(tenant: Tenant): Promise<UserView | undefined> {
  const { chance, operator } = tenant
  return create(
    tenant,
    'user',
    userCreate,
    {
      // Few names, so that two want the same.
      name: nameOf(tenant, 'user', 10),
      email: `${tenant.name}@example.org`,
      ...(chance.happens(0.5) ? { password: tenant.secret() } : {}),
    },
    { as: operator },
  )
}

function authenticate(
  tenant: Tenant,
  { name }: UserView,
  password: string,
): Promise<Outcome<unknown>> {
  return tenant.attempt(
    'identity.authenticate',
    (plane) => authenticatePassword(plane.kernel, { name, password }),
    true,
  )
}

/** What was taken away is refused by every process, from the moment at which this was answered. */
async function requireRefused(
  tenant: Tenant,
  subject: string,
  message: string,
  attempt: () => Promise<Outcome<unknown>>,
): Promise<void> {
  await settled(tenant)
  for (let i = 0; i < tries; i++) {
    const outcome = await attempt()
    if (outcome.end === 'ok') tenant.report(24, subject, message)
  }
}

/** The old password is void at once, the new one is good. */
const changePassword: Action = {
  name: 'change a password',
  weight: 2,
  run: async (tenant) => {
    const { chance, operator } = tenant
    const login = await createLogin(tenant)
    if (!login) return
    const { user, password } = login
    const fresh = tenant.secret()
    const self: Actor = { ...tenant.member, userId: user.id, roles: ['reader'] }
    const isOwn = chance.happens(0.5)
    const changed = await tenant.call(
      userSetPassword,
      { id: user.id, password: fresh, ...(isOwn ? { original: password } : {}) },
      { as: isOwn ? self : operator },
    )
    if (changed.end === 'ok') {
      const message = 'a process takes the password of before'
      await requireRefused(tenant, user.id, message, () => authenticate(tenant, user, password))
      const good = await authenticate(tenant, user, fresh)
      if (good.end === 'refused') tenant.report(8, user.id, 'the new password is refused')
    }
    remember(tenant, 'user', user.id)
  },
}

/** Disabled, deleted, or without a password: none of them may come in. */
const shutOut: Action = {
  name: 'shut a user out',
  weight: 2,
  run: async (tenant) => {
    const { chance, operator: as } = tenant
    const login = await createLogin(tenant)
    if (!login) return
    const { id } = login.user
    const before = await authenticate(tenant, login.user, login.password)
    if (before.end === 'ok') tenant.sometimes('a user came in')
    const way = chance.whole(0, 2)
    const done =
      way === 0
        ? await tenant.call(userUpdate, { id, enabled: false }, { as })
        : way === 1
          ? await tenant.call(userSetPassword, { id, password: null }, { as })
          : await tenant.call(userDelete, { id }, { as })
    if (done.end === 'ok') {
      const message = 'a process lets a user in who was shut out'
      await requireRefused(tenant, id, message, () =>
        authenticate(tenant, login.user, login.password),
      )
    }
    if (way < 2) remember(tenant, 'user', id)
  },
}

/** A role that is taken away opens nothing any more. */
const takeRole: Action = {
  name: 'give a role and take it',
  weight: 2,
  run: async (tenant) => {
    const { chance, projectId } = tenant
    const login = await createLogin(tenant)
    if (!login) return
    const userId = login.user.id
    const role = chance.pick(['reader', 'member', 'manager']) as string
    const given = await mutate(tenant, roleAssign, { userId, role, projectId })
    const resolve = (): Promise<Outcome<Actor>> =>
      tenant.attempt(
        'identity.resolveActor',
        (plane) => resolveActor(plane.kernel, { userId, projectId }),
        true,
      )
    if (given.end === 'ok') {
      await settled(tenant)
      const actor = await resolve()
      if (actor.end === 'ok' && !actor.answer.roles.includes(role)) {
        tenant.report(23, userId, `${role} was given, ${actor.answer.roles.join()} is had`)
      }
    }
    const taken = await tenant.call(roleUnassign, { userId, role, projectId })
    if (taken.end === 'ok') {
      await requireRefused(tenant, userId, 'a role that was taken away still counts', resolve)
    }
    remember(tenant, 'user', userId)
  },
}

const makeUser: Action = {
  name: 'create a user',
  weight: 2,
  run: async (tenant) => {
    await createUser(tenant)
  },
}

const updateUser: Action = {
  name: 'update a user',
  weight: 1,
  run: async (tenant) => {
    const { chance, operator: as } = tenant
    const id = await aim(tenant, 'user', createUser)
    const patch = chance.pick([
      { name: nameOf(tenant, 'user', 10) },
      { description: tenant.name },
      { enabled: chance.happens(0.5) },
      { email: null },
    ])
    await tenant.call(userUpdate, { id, ...patch }, { as })
    await tenant.call(userGet, { id }, { as })
  },
}

const listUsers: Action = {
  name: 'list users',
  weight: 1,
  run: async (tenant) => {
    const lost = tenant.known.pick('lost user', tenant.chance)
    const found = lost === undefined ? undefined : await tenant.call(userList, { name: lost })
    if (found?.end === 'ok' && lost !== undefined) {
      const known = new Set(tenant.known.all('user'))
      remember(tenant, 'user', ...found.answer.flatMap(({ id }) => (known.has(id) ? [] : [id])))
      tenant.known.remove('lost user', lost)
    }
    await walk(tenant, userList, {}, { byId: false })
  },
}

const deleteUser: Action = {
  name: 'delete a user',
  weight: 1,
  run: async (tenant) => {
    const { chance, operator: as, projectId } = tenant
    const id = await aim(tenant, 'user', createUser)
    // Now and then while a role comes to him: it would outlive him.
    const [gone] = await Promise.all([
      tenant.call(userDelete, { id }, { as }),
      chance.happens(0.3)
        ? tenant.call(roleAssign, { userId: id, role: 'reader', projectId })
        : undefined,
    ])
    if (gone.end === 'ok') forget(tenant, 'user', id)
  },
}

export const userActions: readonly Action[] = [
  changePassword,
  shutOut,
  takeRole,
  makeUser,
  updateUser,
  listUsers,
  deleteUser,
]
