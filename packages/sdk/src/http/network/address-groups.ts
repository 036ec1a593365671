import {
  type AddressGroup,
  addressGroupAdd,
  addressGroupCreate,
  addressGroupDelete,
  addressGroupGet,
  addressGroupList,
  addressGroupRemove,
  addressGroupUpdate,
} from '@nephos/core'
import {
  addressesBody,
  addressGroupBody,
  addressGroupCreateBody,
  addressGroupUpdateBody,
} from '../../wire/network/address-group.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'
import { ask, type Asked, projectOf, seenRevision } from './calls.ts'
import { hint } from './hints.ts'
import { deleteEndpoint, type Noun, readEndpoints } from './noun.ts'

function bodyOf(x: Asked, row: AddressGroup) {
  return addressGroupBody(row, x.actor.projectId)
}

const noun: Noun<AddressGroup> = {
  id: 'network.addressGroups',
  one: 'address_group',
  many: 'address_groups',
  title: 'address group',
  titles: 'address groups',
  path: '/address-groups',
  attributes: [
    ...['id', 'tenant_id', 'project_id', 'description', 'created_at', 'updated_at'],
    ...['revision_number', 'name', 'addresses', 'shared'],
  ],
  operations: { list: addressGroupList, get: addressGroupGet },
  read: (x, page, query) => ask(x, addressGroupList, { ...page, ...hint(query, { name: 'name' }) }),
  get: (x, id) => ask(x, addressGroupGet, { id }),
  bodies: (x, rows) => rows.map((row) => bodyOf(x, row)),
}

/** Address groups (https://docs.openstack.org/api-ref/network/v2/#address-groups). */
export const addressGroups: readonly EndpointRow[] = [
  ...readEndpoints(noun),
  endpoint({
    id: 'network.addressGroups.create',
    method: 'POST',
    path: '/address-groups',
    summary: 'Names a set of blocks, for rules of security groups.',
    access: 'token',
    operations: [addressGroupCreate],
    body: addressGroupCreateBody,
    status: 201,
    run: async (x) => {
      const { name, description, addresses } = x.body
      const input = { name, description, addresses, projectId: projectOf(x, x.body) }
      return json({ address_group: bodyOf(x, await ask(x, addressGroupCreate, input)) })
    },
  }),
  endpoint({
    id: 'network.addressGroups.update',
    method: 'PUT',
    path: '/address-groups/{id}',
    summary: 'Renames or describes an address group.',
    access: 'token',
    operations: [addressGroupUpdate],
    body: addressGroupUpdateBody,
    status: 200,
    run: async (x) => {
      const input = { id: x.param('id'), expectedRev: seenRevision(x), ...x.body }
      return json({ address_group: bodyOf(x, await ask(x, addressGroupUpdate, input)) })
    },
  }),
  ...(['add', 'remove'] as const).map((verb) =>
    endpoint({
      id: `network.addressGroups.${verb}Addresses`,
      method: 'PUT',
      path: `/address-groups/{id}/${verb}_addresses`,
      summary:
        verb === 'add'
          ? 'Adds blocks to an address group.'
          : 'Removes blocks from an address group.',
      access: 'token',
      operations: [addressGroupAdd, addressGroupRemove],
      body: addressesBody,
      status: 200,
      run: async (x) => {
        const operation = verb === 'add' ? addressGroupAdd : addressGroupRemove
        const input = { id: x.param('id'), addresses: x.body.addresses }
        return json({ address_group: bodyOf(x, await ask(x, operation, input)) })
      },
    }),
  ),
  deleteEndpoint(noun, [addressGroupDelete], (x, id) =>
    ask(
      x,
      addressGroupDelete,
      { id, expectedRev: seenRevision(x) },
      { conflict: 'AddressGroupInUse' },
    ),
  ),
]
