import {
  type Group,
  groupAddUser,
  groupCheckUser,
  groupCreate,
  groupDelete,
  groupGet,
  groupList,
  groupListUsers,
  groupRemoveUser,
  groupUpdate,
} from '@nephos/core'
import { groupBody, groupChange, groupNew } from '../../wire/identity/group.ts'
import { listBody } from '../../wire/identity/links.ts'
import { userBody } from '../../wire/identity/user.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first, pageOf } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { inexact } from './filters.ts'
import { type AnyExchange, ask, walk } from './who.ts'

const one = '/groups/{group_id}'
const member = `${one}/users/{user_id}`

/** Groups (https://docs.openstack.org/api-ref/identity/v3/#groups). */
export const groups: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.groups.create',
    method: 'POST',
    path: '/groups',
    summary: 'Creates a group.',
    access: 'token',
    operations: [groupCreate],
    body: groupNew,
    example: { group: { name: 'staff' } },
    status: 201,
    async run(x) {
      const { name, description, domain_id: domain } = x.body.group
      const domainId = domain ?? (x.operator ? undefined : x.token.domain?.id)
      const group = await ask(x, groupCreate, {
        name,
        description: description ?? '',
        ...(domainId !== undefined && { domainId }),
      })
      return json({ group: groupBody(group, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.groups.list',
    method: 'GET',
    path: '/groups',
    summary: 'Lists groups by domain and name.',
    access: 'token',
    operations: [groupList],
    status: 200,
    async run(x) {
      const [name, domainId] = [first(x.query, 'name'), first(x.query, 'domain_id')]
      const { rows, truncated } = await walk(
        (bounds) =>
          ask(x, groupList, {
            ...bounds,
            ...(name !== undefined && { name }),
            ...(domainId !== undefined && { domainId }),
          }),
        inexact<Group>(x.query, { name: (group) => group.name }),
        pageOf(x.query),
      )
      const items = rows.map((group) => groupBody(group, (path) => x.url(path)))
      return json(listBody('groups', items, x.url('/groups'), { truncated }))
    },
  }),
  endpoint({
    id: 'identity.groups.get',
    method: 'GET',
    path: one,
    summary: 'Shows a group.',
    access: 'token',
    operations: [groupGet],
    status: 200,
    async run(x) {
      const group = await ask(x, groupGet, { id: x.param('group_id') })
      return json({ group: groupBody(group, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.groups.update',
    method: 'PATCH',
    path: one,
    summary: 'Renames or describes a group.',
    access: 'token',
    operations: [groupUpdate],
    body: groupChange,
    example: { group: { description: 'Those who look after it' } },
    status: 200,
    async run(x) {
      const { name, description } = x.body.group
      const group = await ask(x, groupUpdate, {
        id: x.param('group_id'),
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description: description ?? '' }),
      })
      return json({ group: groupBody(group, (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'identity.groups.delete',
    method: 'DELETE',
    path: one,
    summary: 'Deletes a group.',
    access: 'token',
    operations: [groupDelete],
    status: 204,
    async run(x) {
      await ask(x, groupDelete, { id: x.param('group_id') })
      return nothing
    },
  }),
  endpoint({
    id: 'identity.groups.listUsers',
    method: 'GET',
    path: `${one}/users`,
    summary: 'Lists the users of a group.',
    access: 'token',
    operations: [groupListUsers],
    status: 200,
    async run(x) {
      const groupId = x.param('group_id')
      const { rows, truncated } = await walk(
        (bounds) => ask(x, groupListUsers, { ...bounds, groupId }),
        () => true,
        pageOf(x.query),
      )
      const items = rows.map((user) => userBody(user, (path) => x.url(path)))
      return json(listBody('users', items, x.url(`/groups/${groupId}/users`), { truncated }))
    },
  }),
  endpoint({
    id: 'identity.groups.addUser',
    method: 'PUT',
    path: member,
    summary: 'Adds a user to a group.',
    access: 'token',
    operations: [groupAddUser],
    status: 204,
    async run(x) {
      await ask(x, groupAddUser, memberOf(x))
      return nothing
    },
  }),
  endpoint({
    id: 'identity.groups.checkUser',
    method: 'GET',
    path: member,
    summary: 'Tells whether a user is in a group.',
    access: 'token',
    operations: [groupCheckUser],
    status: 204,
    async run(x) {
      await ask(x, groupCheckUser, memberOf(x))
      return nothing
    },
  }),
  endpoint({
    id: 'identity.groups.removeUser',
    method: 'DELETE',
    path: member,
    summary: 'Takes a user out of a group.',
    access: 'token',
    operations: [groupRemoveUser],
    status: 204,
    async run(x) {
      await ask(x, groupRemoveUser, memberOf(x))
      return nothing
    },
  }),
]

function memberOf(x: AnyExchange): { readonly groupId: string; readonly userId: string } {
  return { groupId: x.param('group_id'), userId: x.param('user_id') }
}
