import {
  type SubnetPool,
  subnetPoolAddPrefixes,
  subnetPoolCreate,
  subnetPoolDelete,
  subnetPoolGet,
  subnetPoolList,
  subnetPoolRemovePrefixes,
  subnetPoolUpdate,
} from '@nephos/core'
import {
  poolBody,
  poolCreateBody,
  poolFields,
  poolUpdateBody,
  prefixesBody,
} from '../../wire/network/subnet-pool.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'
import { ask, type Asked, projectOf, seenRevision } from './calls.ts'
import { hint } from './hints.ts'
import { deleteEndpoint, type Noun, readEndpoints } from './noun.ts'
import { tagEndpoints } from './tags.ts'

function bodyOf(x: Asked, row: SubnetPool) {
  return poolBody(row, x.actor.projectId)
}

const noun: Noun<SubnetPool> = {
  id: 'network.subnetpools',
  one: 'subnetpool',
  many: 'subnetpools',
  title: 'subnet pool',
  titles: 'subnet pools',
  path: '/subnetpools',
  attributes: [
    ...['id', 'tenant_id', 'project_id', 'description', 'created_at', 'updated_at'],
    ...['revision_number', 'name', 'prefixes', 'ip_version', 'min_prefixlen', 'max_prefixlen'],
    ...['default_prefixlen', 'default_quota', 'shared', 'is_default', 'address_scope_id'],
    'tags',
  ],
  operations: { list: subnetPoolList, get: subnetPoolGet },
  read: (x, page, query) => ask(x, subnetPoolList, { ...page, ...hint(query, { name: 'name' }) }),
  get: (x, id) => ask(x, subnetPoolGet, { id }),
  bodies: (x, rows) => rows.map((row) => bodyOf(x, row)),
}

/** A second default pool, and blocks that are taken away, are bad requests to Neutron. */
const names = { conflict: [400, 'DefaultSubnetPoolExists'] } as const

/**
 * Subnet pools
 * (https://docs.openstack.org/api-ref/network/v2/#subnet-pools-extension-subnetpools).
 */
export const subnetPools: readonly EndpointRow[] = [
  ...readEndpoints(noun),
  endpoint({
    id: 'network.subnetpools.create',
    method: 'POST',
    path: '/subnetpools',
    summary: 'Creates a pool of blocks, from which subnets are cut that never overlap.',
    access: 'token',
    operations: [subnetPoolCreate],
    body: poolCreateBody,
    status: 201,
    run: async (x) => {
      const { name, prefixes, shared, tags } = x.body
      const projectId = projectOf(x, x.body)
      const input = { ...poolFields(x.body), name, prefixes, shared, tags, projectId }
      return json({ subnetpool: bodyOf(x, await ask(x, subnetPoolCreate, input, names)) })
    },
  }),
  endpoint({
    id: 'network.subnetpools.update',
    method: 'PUT',
    path: '/subnetpools/{id}',
    summary: 'Changes a subnet pool. Its blocks can only become more.',
    access: 'token',
    operations: [subnetPoolUpdate],
    body: poolUpdateBody,
    status: 200,
    run: async (x) => {
      const { name, prefixes } = x.body
      const seen = { id: x.param('id'), expectedRev: seenRevision(x) }
      const input = { ...seen, ...poolFields(x.body), name, prefixes }
      return json({ subnetpool: bodyOf(x, await ask(x, subnetPoolUpdate, input, names)) })
    },
  }),
  ...(['add', 'remove'] as const).map((verb) =>
    endpoint({
      id: `network.subnetpools.${verb}Prefixes`,
      method: 'PUT',
      path: `/subnetpools/{id}/${verb}_prefixes`,
      summary: verb === 'add' ? 'Adds blocks to a pool.' : 'Takes unused blocks out of a pool.',
      access: 'token',
      operations: [subnetPoolAddPrefixes, subnetPoolRemovePrefixes],
      body: prefixesBody,
      status: 200,
      run: async (x) => {
        const operation = verb === 'add' ? subnetPoolAddPrefixes : subnetPoolRemovePrefixes
        const input = { id: x.param('id'), prefixes: x.body.prefixes }
        const { prefixes } = await ask(x, operation, input, {
          conflict: 'IllegalSubnetPoolPrefixUpdate',
        })
        return json({ prefixes })
      },
    }),
  ),
  deleteEndpoint(noun, [subnetPoolDelete], (x, id) =>
    ask(x, subnetPoolDelete, { id, expectedRev: seenRevision(x) }, { conflict: 'SubnetPoolInUse' }),
  ),
  ...tagEndpoints(noun, subnetPoolUpdate, (x, id, tags, expectedRev) =>
    ask(x, subnetPoolUpdate, { id, tags: [...tags], expectedRev }),
  ),
]
