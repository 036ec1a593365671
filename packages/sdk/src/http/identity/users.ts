import {
  CloudError,
  userCreate,
  userDelete,
  userGet,
  userList,
  userListGroups,
  userListProjects,
  userSetPassword,
  userUpdate,
  type UserView,
} from '@nephos/core'
import { groupBody } from '../../wire/identity/group.ts'
import { listBody } from '../../wire/identity/links.ts'
import { projectBody } from '../../wire/identity/project.ts'
import {
  passwordChange,
  userBody,
  userChange,
  userExtra,
  userNew,
} from '../../wire/identity/user.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first, flag, pageOf } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { inexact } from './filters.ts'
import { ask, himself, own, walk } from './who.ts'

/** Users (https://docs.openstack.org/api-ref/identity/v3/#users). */
export const users: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.users.create',
    method: 'POST',
    path: '/users',
    summary: 'Creates a user.',
    access: 'token',
    operations: [userCreate],
    body: userNew,
    example: { user: { name: 'ann', password: 'a long secret' } },
    status: 201,
    async run(x) {
      const { user: body } = x.body
      const extra = userExtra(body)
      const domainId = body.domain_id ?? (x.operator ? undefined : x.token.domain?.id)
      const user = await ask(x, userCreate, {
        name: body.name,
        description: body.description ?? '',
        email: body.email ?? null,
        ...(domainId !== undefined && { domainId }),
        ...(body.enabled !== undefined && { enabled: body.enabled }),
        ...(body.password != null && { password: body.password }),
        ...(body.default_project_id !== undefined && {
          defaultProjectId: body.default_project_id,
        }),
        ...(Object.keys(extra).length > 0 && { extra }),
      })
      return json({ user: userBody(user, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.users.list',
    method: 'GET',
    path: '/users',
    summary: 'Lists users by domain, name and whether they are enabled.',
    access: 'token',
    operations: [userList],
    status: 200,
    async run(x) {
      const [name, domainId] = [first(x.query, 'name'), first(x.query, 'domain_id')]
      const enabled = flag(x.query, 'enabled')
      const { rows, truncated } = await walk(
        (bounds) =>
          ask(x, userList, {
            ...bounds,
            ...(name !== undefined && { name }),
            ...(domainId !== undefined && { domainId }),
            ...(enabled !== undefined && { enabled }),
          }),
        inexact<UserView>(x.query, {
          name: (user) => user.name,
          email: (user) => user.email ?? '',
        }),
        pageOf(x.query),
      )
      const items = rows.map((user) => userBody(user, (path) => x.url(path)))
      return json(listBody('users', items, x.url('/users'), { truncated }))
    },
  }),
  endpoint({
    id: 'identity.users.get',
    method: 'GET',
    path: '/users/{user_id}',
    summary: 'Shows a user: oneself, to all but administrators.',
    access: 'token',
    operations: [userGet],
    status: 200,
    async run(x) {
      const user = await ask(x, userGet, { id: x.param('user_id') })
      return json({ user: userBody(user, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.users.update',
    method: 'PATCH',
    path: '/users/{user_id}',
    summary: 'Renames, describes, enables or disables a user, or sets his password.',
    access: 'token',
    operations: [userGet, userUpdate, userSetPassword],
    body: userChange,
    example: { user: { description: 'Looks after the web' } },
    status: 200,
    async run(x) {
      const id = x.param('user_id')
      const { user: body } = x.body
      const before = await ask(x, userGet, { id })
      if (body.domain_id !== undefined && body.domain_id !== before.domainId) {
        throw new CloudError('invalid', 'domain_id: stays as it is.', { field: 'domain_id' })
      }
      const extra = userExtra(body)
      const user = await ask(x, userUpdate, {
        id,
        ...(body.name !== undefined && { name: body.name }),
        ...(body.description !== undefined && { description: body.description ?? '' }),
        ...(body.email !== undefined && { email: body.email }),
        ...(body.enabled !== undefined && { enabled: body.enabled }),
        ...(body.default_project_id !== undefined && {
          defaultProjectId: body.default_project_id,
        }),
        ...(Object.keys(extra).length > 0 && { extra: { ...before.extra, ...extra } }),
      })
      if (body.password !== undefined) {
        await ask(x, userSetPassword, { id, password: body.password }, { step: 'password' })
      }
      return json({ user: userBody(user, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.users.delete',
    method: 'DELETE',
    path: '/users/{user_id}',
    summary: 'Deletes a user.',
    access: 'token',
    operations: [userDelete],
    status: 204,
    async run(x) {
      await ask(x, userDelete, { id: x.param('user_id') })
      return nothing
    },
  }),
  endpoint({
    id: 'identity.users.changePassword',
    method: 'POST',
    path: '/users/{user_id}/password',
    summary: 'Changes one’s own password, proving the one of before; ends all own tokens.',
    access: 'token',
    operations: [userSetPassword],
    body: passwordChange,
    example: { user: { original_password: 'old', password: 'new' } },
    status: 204,
    statuses: { forbidden: 401 },
    async run(x) {
      const id = x.param('user_id')
      const { password, original_password: original } = x.body.user
      // Whoever knows the password may change it, wherever he acts.
      const actor =
        x.token.user.id === id ? (x.token.actor?.lent ? own(x) : himself(x.token)) : own(x)
      await x.invokeAs(x.operator && x.token.user.id !== id ? x.operator : actor, userSetPassword, {
        id,
        password,
        original,
      })
      return nothing
    },
  }),
  endpoint({
    id: 'identity.users.listGroups',
    method: 'GET',
    path: '/users/{user_id}/groups',
    summary: 'Lists the groups of a user.',
    access: 'token',
    operations: [userListGroups],
    status: 200,
    async run(x) {
      const userId = x.param('user_id')
      const groups = await ask(x, userListGroups, { userId })
      const items = groups.map((group) => ({
        ...groupBody(group, (path) => x.url(path)),
        membership_expires_at: null,
      }))
      return json(listBody('groups', items, x.url(`/users/${userId}/groups`)))
    },
  }),
  endpoint({
    id: 'identity.users.listProjects',
    method: 'GET',
    path: '/users/{user_id}/projects',
    summary: 'Lists the projects in which a user may act.',
    access: 'token',
    operations: [userListProjects],
    status: 200,
    async run(x) {
      const userId = x.param('user_id')
      const projects = await ask(x, userListProjects, { userId })
      const items = projects.map((project) => projectBody(project, (path) => x.url(path)))
      return json(listBody('projects', items, x.url(`/users/${userId}/projects`)))
    },
  }),
]
