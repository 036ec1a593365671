import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { type Cidr, parseCidr } from '../../base/cidr.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { addressKind, fixedIpId } from '../../model/network/address.ts'
import { type Network, networkKind } from '../../model/network/network.ts'
import { ipv6Modes, serviceTypesMax, type Subnet, subnetKind } from '../../model/network/subnet.ts'
import type { Call } from '../call.ts'
import { fetchOne, getAll } from '../fetch.ts'
import { descriptionField, idField, nameField, pageFields, tagsField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { chargeQuota } from '../quota.ts'
import { lentTo, owns, requireOperator, requireOwner, requireRev, requireRoom } from './access.ts'
import { openCounter, subnetScope } from './counters.ts'
import { addressField, cidrField, expectedRevField } from './fields.ts'
import { sharedPage } from './lists.ts'
import { blockFor, planAllocation, requireOnePool } from './pool-allocation.ts'
import { requireUnheld } from './pool-change.ts'
import { loadSubnets, removeSubnets } from './subnet-removal.ts'
import {
  defaultGateway,
  defaultPools,
  poolLimit,
  requireGateway,
  requireModes,
  requireOptions,
  requirePools,
  requireUsableCidr,
} from './subnet-rules.ts'

const poolsField = z
  .array(z.strictObject({ start: addressField, end: addressField }))
  .max(limits.subnetPools)
const dnsField = z.array(addressField).max(limits.subnetDnsServers)
const routesField = z
  .array(z.strictObject({ destination: cidrField, nexthop: addressField }))
  .max(limits.subnetHostRoutes)
/** As ports have their owners, or how these begin: `compute:`. */
const serviceTypesField = z
  .array(
    z
      .string()
      .max(255)
      .regex(/^[a-z][\w-]*:\S*$/),
  )
  .max(serviceTypesMax)
  .transform((types) => [...new Set(types)])
const modeField = z.enum(ipv6Modes).nullable().default(null)

const createInput = z.strictObject({
  networkId: idField,
  /** The block: needed unless a pool is named, which chooses one. */
  cidr: cidrField.optional(),
  /** The pool that the block is cut from. */
  subnetPoolId: idField.nullable().optional(),
  /** Instead of a pool's id: the default pool of this IP version. */
  defaultPoolOf: z.literal([4, 6]).optional(),
  /** Length of the prefix that a pool cuts; the pool's own when absent. */
  prefixLength: z.int().min(0).max(128).optional(),
  name: nameField.or(z.literal('')).default(''),
  description: descriptionField.default(''),
  /** The first host address when absent; null = none. */
  gatewayIp: addressField.nullable().optional(),
  enableDhcp: z.boolean().default(true),
  /** All host addresses but the gateway when absent. */
  allocationPools: poolsField.optional(),
  dnsNameservers: dnsField.default([]),
  hostRoutes: routesField.default([]),
  /** For operators: the owners of ports that it is for. */
  serviceTypes: serviceTypesField.optional(),
  ipv6AddressMode: modeField,
  ipv6RaMode: modeField,
  tags: tagsField.default([]),
})

type CreateInput = z.infer<typeof createInput>

export const subnetCreate = defineOperation({
  id: 'network.subnet.create',
  summary: 'Creates a subnet on a network of the project.',
  policy: { scope: 'any', role: 'member' },
  input: createInput,
  mutates: true,
  run: async (call: Call, input: CreateInput): Promise<Subnet> => {
    const network = await fetchOne(call, networkKind, input.networkId, 'networkId', lentTo(call))
    requireOwner(call, network, 'network')
    if (input.serviceTypes) requireOperator(call, 'serviceTypes')
    if (network.subnetIds.length >= limits.networkSubnets) {
      throw new CloudError('conflict', 'The network has as many subnets as it may.', {
        field: 'networkId',
        limit: limits.networkSubnets,
      })
    }
    await requireRoom(call.kernel, network.projectId, { subnets: 1 })
    const others = await loadSubnets(call.kernel, network)
    const { cidr, pool } = await blockFor(call, network, input)
    const subnet = subnetRow(call, network, { ...input, cidr, poolId: pool?.id }, others)
    const writes = new Writes().insert(subnetKind, subnet).update(networkKind, {
      ...network,
      subnetIds: [...network.subnetIds, subnet.id],
      updatedAt: subnet.updatedAt,
    })
    if (pool) planAllocation(writes, pool, subnet)
    const scope = subnetScope(subnet.id)
    openCounter(writes, scope, 'addresses', poolLimit(subnet.allocationPools))
    openCounter(writes, scope, 'outside')
    chargeQuota(writes, network.projectId, { subnets: 1 })
    await call.commit(writes, [subnet.id], subnet)
    return subnet
  },
})

function subnetRow(
  call: Call,
  network: Network,
  ask: CreateInput & { readonly cidr: string; readonly poolId: string | undefined },
  others: readonly Subnet[],
): Subnet {
  const {
    defaultPoolOf: _,
    prefixLength: __,
    subnetPoolId: ___,
    poolId,
    serviceTypes,
    ...input
  } = ask
  const cidr = requireUsableCidr(input.cidr, others)
  requireOnePool(others, cidr.version, poolId)
  const gatewayIp = input.gatewayIp === undefined ? defaultGateway(cidr) : input.gatewayIp
  requireGateway(cidr, gatewayIp)
  requireModes(cidr, input)
  requireOptions(cidr, input)
  const at = call.kernel.clock.now()
  return {
    ...input,
    id: call.kernel.ids.next(),
    rev: 1,
    projectId: network.projectId,
    version: cidr.version,
    ...(poolId !== undefined && { subnetPoolId: poolId }),
    ...(serviceTypes !== undefined && { serviceTypes }),
    gatewayIp,
    allocationPools: input.allocationPools
      ? requirePools(cidr, gatewayIp, input.allocationPools)
      : defaultPools(cidr, gatewayIp),
    shared: network.shared,
    ...(network.sharedWith && { sharedWith: network.sharedWith }),
    createdAt: at,
    updatedAt: at,
  }
}

const getInput = z.strictObject({ id: idField })

export const subnetGet = defineOperation({
  id: 'network.subnet.get',
  summary: 'Shows a subnet of the project, or of a shared network.',
  policy: { scope: 'any', role: 'reader' },
  input: getInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof getInput>): Promise<Subnet> =>
    fetchOne(call, subnetKind, input.id, 'id', lentTo(call)),
})

const listInput = z.strictObject({
  ...pageFields,
  name: nameField.optional(),
  networkId: idField.optional(),
  version: z.literal([4, 6]).optional(),
  cidr: cidrField.optional(),
  tag: z.string().min(1).max(limits.tagLength).optional(),
})

export const subnetList = defineOperation({
  id: 'network.subnet.list',
  summary: 'Lists the subnets of the project and of shared networks, by id.',
  policy: { scope: 'any', role: 'reader' },
  input: listInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof listInput>): Promise<Subnet[]> => {
    const keep = (subnet: Subnet): boolean =>
      (input.name === undefined || subnet.name === input.name) &&
      (input.version === undefined || subnet.version === input.version) &&
      (input.cidr === undefined || subnet.cidr === input.cidr) &&
      (input.tag === undefined || subnet.tags.includes(input.tag))
    if (input.networkId === undefined) return sharedPage(call, subnetKind, input, keep)
    const query = { index: 'byNetwork', equals: [input.networkId] }
    const visible = (subnet: Subnet): boolean => owns(call, subnet) || lentTo(call)(subnet)
    return listPage(call, subnetKind, query, input, keep, visible)
  },
})

const updateInput = z.strictObject({
  id: idField,
  name: nameField.or(z.literal('')).optional(),
  description: descriptionField.optional(),
  gatewayIp: addressField.nullable().optional(),
  enableDhcp: z.boolean().optional(),
  allocationPools: poolsField.optional(),
  dnsNameservers: dnsField.optional(),
  hostRoutes: routesField.optional(),
  serviceTypes: serviceTypesField.optional(),
  tags: tagsField.optional(),
  expectedRev: expectedRevField,
})

export const subnetUpdate = defineOperation({
  id: 'network.subnet.update',
  summary: 'Changes a subnet. Its CIDR and IPv6 modes stay.',
  policy: { scope: 'any', role: 'member' },
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<Subnet> => {
    const { id, expectedRev, ...patch } = input
    const before = await fetchOne(call, subnetKind, id, 'id', lentTo(call))
    requireOwner(call, before, 'subnet')
    if (input.serviceTypes) requireOperator(call, 'serviceTypes')
    requireRev(before, expectedRev)
    const cidr = parseCidr(before.cidr) as Cidr
    const changed = { ...before, ...given(patch), updatedAt: call.kernel.clock.now() }
    requireGateway(cidr, changed.gatewayIp)
    requireModes(cidr, changed)
    requireOptions(cidr, changed)
    if (changed.gatewayIp !== before.gatewayIp) await requireUnrouted(call, before)
    const allocationPools = requirePools(cidr, changed.gatewayIp, changed.allocationPools)
    const subnet = { ...changed, allocationPools }
    const writes = new Writes().update(subnetKind, subnet)
    if (input.allocationPools) {
      await requireUnheld(call.kernel, before, subnet)
      const limit = poolLimit(allocationPools)
      writes.limit({ scope: subnetScope(id), name: 'addresses', limit })
    }
    const updated = { ...subnet, rev: subnet.rev + 1 }
    await call.commit(writes, [id], updated)
    return updated
  },
})

/** @throws CloudError `conflict`: a router answers to the gateway address. */
async function requireUnrouted(call: Call, { gatewayIp, id }: Subnet): Promise<void> {
  if (gatewayIp === null) return
  const held = fixedIpId({ subnetId: id, address: gatewayIp })
  const [row] = await call.kernel.store.get(addressKind, [held])
  if (row === undefined || row.portId === null) return
  throw new CloudError('conflict', `gatewayIp: ${gatewayIp} is held by a port.`, {
    field: 'gatewayIp',
    detail: { portId: row.portId },
  })
}

const deleteInput = z.strictObject({ id: idField, expectedRev: expectedRevField })

export const subnetDelete = defineOperation({
  id: 'network.subnet.delete',
  summary: 'Deletes a subnet of which no port holds an address.',
  policy: { scope: 'any', role: 'member' },
  input: deleteInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof deleteInput>): Promise<null> => {
    const subnet = await fetchOne(call, subnetKind, input.id, 'id', lentTo(call))
    requireOwner(call, subnet, 'subnet')
    requireRev(subnet, input.expectedRev)
    const writes = new Writes()
    await removeSubnets(call.kernel, writes, [subnet])
    for (const network of await getAll(call.kernel, networkKind, [subnet.networkId])) {
      const subnetIds = network.subnetIds.filter((id) => id !== subnet.id)
      writes.update(networkKind, { ...network, subnetIds, updatedAt: call.kernel.clock.now() })
    }
    await call.commit(writes, [subnet.id], null)
    return null
  },
})
