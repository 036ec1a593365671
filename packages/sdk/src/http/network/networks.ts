import {
  floatingIpDelete,
  floatingIpGet,
  floatingIpList,
  floatingIpTargets,
  isCloudError,
  type Network,
  networkCreate,
  networkCreateMany,
  networkDelete,
  networkGet,
  networkList,
  networkUpdate,
} from '@nephos/core'
import type { z } from 'zod'
import {
  networkBody,
  networkCreateBody,
  networkFields,
  providerFields,
  networkUpdateBody,
} from '../../wire/network/network.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'
import { ask, type Asked, eachOrNone, projectOf, seenRevision, untilGone } from './calls.ts'
import { hint } from './hints.ts'
import { bodyOf, deleteEndpoint, type Noun, readEndpoints } from './noun.ts'
import { tagEndpoints } from './tags.ts'

const noun: Noun<Network> = {
  id: 'network.networks',
  one: 'network',
  many: 'networks',
  title: 'network',
  titles: 'networks',
  path: '/networks',
  attributes: [
    ...['id', 'tenant_id', 'project_id', 'description', 'created_at', 'updated_at'],
    ...['revision_number', 'name', 'admin_state_up', 'status', 'shared', 'router:external'],
    ...['port_security_enabled', 'mtu', 'subnets', 'tags', 'availability_zone_hints'],
    ...['availability_zones', 'ipv4_address_scope', 'ipv6_address_scope', 'dns_domain'],
    'qos_policy_id',
    ...['provider:network_type', 'provider:physical_network', 'provider:segmentation_id'],
  ],
  operations: { list: networkList, get: networkGet },
  read: (x, page, query) => ask(x, networkList, { ...page, ...hint(query, { name: 'name' }) }),
  get: (x, id) => ask(x, networkGet, { id }),
  bodies: (x, rows) =>
    rows.map((row) => networkBody(row, x.actor.projectId, x.operator !== undefined)),
}

type CreateBody = z.infer<typeof networkCreateBody>['items'][number]

function fieldsOf(body: CreateBody) {
  const { name = '', dnsDomain, ...fields } = networkFields(body)
  const provider = providerFields(body)
  return { ...fields, name, provider, dnsDomain: dnsDomain ?? undefined, tags: body.tags }
}

const createNames = { conflict: 'VlanIdInUse' } as const

function create(x: Asked, body: CreateBody, step?: string): Promise<Network> {
  const input = { ...fieldsOf(body), projectId: projectOf(x, body) }
  return ask(x, networkCreate, input, createNames, step)
}

/** In one commit if they are to belong to one project. */
function createAll(x: Asked, items: readonly CreateBody[]): Promise<readonly Network[]> {
  const owners = new Set(items.map((body) => projectOf(x, body)))
  if (owners.size > 1) {
    return eachOrNone(
      items,
      (body, step) => create(x, body, step),
      ({ id }) => ask(x, networkDelete, { id }),
    )
  }
  const input = { networks: items.map(fieldsOf), projectId: [...owners][0] }
  return ask(x, networkCreateMany, input, createNames)
}

async function remove(x: Asked, id: string): Promise<void> {
  const input = { id, expectedRev: seenRevision(x) }
  const names = { conflict: 'NetworkInUse' }
  try {
    await ask(x, networkDelete, input, names)
  } catch (error) {
    if (!isCloudError(error) || error.detail?.['uses'] === undefined) throw error
    if (!(await releaseIdle(x, id))) throw error
    await ask(x, networkDelete, input, names)
  }
}

/** Floating IPs that stand for nothing go with their network; true when no other is on it. */
async function releaseIdle(x: Asked, networkId: string): Promise<boolean> {
  const rows = await ask(x, floatingIpList, { networkId })
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0 || rows.some((row) => floatingIpTargets(row).length > 0)) return false
  await ask(x, floatingIpDelete, { ids })
  const last = ids.at(-1) as string
  await untilGone(x, () => ask(x, floatingIpGet, { id: last }))
  return true
}

/** Networks (https://docs.openstack.org/api-ref/network/v2/#networks). */
export const networks: readonly EndpointRow[] = [
  ...readEndpoints(noun),
  endpoint({
    id: 'network.networks.create',
    method: 'POST',
    path: '/networks',
    summary: 'Creates a network, or several.',
    access: 'token',
    operations: [networkCreate, networkCreateMany, networkDelete],
    body: networkCreateBody,
    status: 201,
    run: async (x) => {
      const { items, isMany } = x.body
      const rows = isMany ? await createAll(x, items) : [await create(x, items[0] as CreateBody)]
      const bodies = rows.map((row) =>
        networkBody(row, x.actor.projectId, x.operator !== undefined),
      )
      return json(isMany ? { networks: bodies } : { network: bodies[0] })
    },
  }),
  endpoint({
    id: 'network.networks.update',
    method: 'PUT',
    path: '/networks/{id}',
    summary: 'Changes a network.',
    access: 'token',
    operations: [networkUpdate],
    body: networkUpdateBody,
    status: 200,
    run: async (x) => {
      const input = { id: x.param('id'), expectedRev: seenRevision(x), ...networkFields(x.body) }
      const row = await ask(x, networkUpdate, input, { conflict: 'InvalidSharedSetting' })
      return json({ network: await bodyOf(x, noun, row) })
    },
  }),
  deleteEndpoint(noun, [networkDelete, floatingIpList, floatingIpDelete, floatingIpGet], remove),
  ...tagEndpoints(noun, networkUpdate, (x, id, tags, expectedRev) =>
    ask(x, networkUpdate, { id, tags: [...tags], expectedRev }),
  ),
]
