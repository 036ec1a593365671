import { z } from 'zod'
import { CommitConflict } from '../../commit/committer.ts'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { type Network, networkKind } from '../../model/network/network.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { descriptionField, idField, nameField, pageFields, tagsField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota } from '../quota.ts'
import { seenBy, ownerOf, owns, requireOperator, requireOwner, requireRev } from './access.ts'
import { networkScope, requireAtMost } from './counters.ts'
import { dnsDomainField, expectedRevField, ownerField } from './fields.ts'
import { sharedPage } from './lists.ts'
import { closeExternal, lentNetwork, planLending } from './network-lending.ts'
import { createNetworks } from './network-create.ts'
import { segmentField } from './segment.ts'
import { planQos, planQosEnd } from './qos/network.ts'
import { requirePolicies } from './qos/use.ts'
import { planLendingEnd, planWildcard } from './sharing.ts'
import { loadSubnets, removeSubnets } from './subnet-removal.ts'

/** Smallest and largest MTU in bytes: IPv4's minimum (RFC 791) and jumbo frames. */
const mtuField = z.int().min(68).max(9_216)

const createFields = {
  name: nameField.or(z.literal('')),
  description: descriptionField.default(''),
  adminStateUp: z.boolean().default(true),
  shared: z.boolean().default(false),
  /** Leads out of the cloud: for operators. */
  external: z.boolean().default(false),
  portSecurity: z.boolean().default(true),
  mtu: mtuField.default(1_500),
  dnsDomain: dnsDomainField.optional(),
  /** The project's default one when absent, if there is one; null: none. */
  qosPolicyId: idField.nullable().optional(),
  /** What carries it: for operators. A free tunnel when absent. */
  provider: segmentField.optional(),
  tags: tagsField.default([]),
}

const createInput = z.strictObject({ ...createFields, projectId: ownerField })

export const networkCreate = defineOperation({
  id: 'network.network.create',
  summary: 'Creates a network without subnets.',
  policy: { scope: 'any', role: 'member' },
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<Network> => {
    const { projectId, ...ask } = input
    const shape = (networks: readonly Network[]): Network => networks[0] as Network
    return createNetworks(call, ownerOf(call, projectId), [{ ...ask, path: '' }], shape)
  },
})

const createManyInput = z.strictObject({
  networks: z.array(z.strictObject(createFields)).min(1).max(limits.bulkNetworks),
  projectId: ownerField,
})

export const networkCreateMany = defineOperation({
  id: 'network.network.createMany',
  summary: 'Creates networks in one commit: all of them or none.',
  policy: { scope: 'any', role: 'member' },
  input: createManyInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createManyInput>): Promise<Network[]> => {
    const asks = input.networks.map((ask, index) => ({ ...ask, path: `networks[${index}].` }))
    return createNetworks(call, ownerOf(call, input.projectId), asks, (networks) => networks)
  },
})

const getInput = z.strictObject({ id: idField })

export const networkGet = defineOperation({
  id: 'network.network.get',
  summary: 'Shows a network of the project, or a shared or external one.',
  policy: { scope: 'any', role: 'reader' },
  input: getInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof getInput>): Promise<Network> =>
    fetchOne(call, networkKind, input.id, 'id', seenBy(call)),
})

const listInput = z.strictObject({
  ...pageFields,
  name: nameField.optional(),
  shared: z.boolean().optional(),
  external: z.boolean().optional(),
  tag: z.string().min(1).max(limits.tagLength).optional(),
})

export const networkList = defineOperation({
  id: 'network.network.list',
  summary: 'Lists the networks of the project, the shared and the external ones, by id.',
  policy: { scope: 'any', role: 'reader' },
  input: listInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof listInput>): Promise<Network[]> =>
    sharedPage(
      call,
      networkKind,
      input,
      (network) =>
        (owns(call, network) || seenBy(call)(network)) &&
        (input.name === undefined || network.name === input.name) &&
        (input.shared === undefined || network.shared === input.shared) &&
        (input.external === undefined || network.external === input.external) &&
        (input.tag === undefined || network.tags.includes(input.tag)),
      [{ index: 'byExternal', field: 'external' }],
    ),
})

const updateInput = z.strictObject({
  id: idField,
  name: nameField.or(z.literal('')).optional(),
  description: descriptionField.optional(),
  adminStateUp: z.boolean().optional(),
  shared: z.boolean().optional(),
  external: z.boolean().optional(),
  portSecurity: z.boolean().optional(),
  mtu: mtuField.optional(),
  /** Null: none. */
  dnsDomain: dnsDomainField.nullable().optional(),
  qosPolicyId: idField.nullable().optional(),
  tags: tagsField.optional(),
  expectedRev: expectedRevField,
})

export const networkUpdate = defineOperation({
  id: 'network.network.update',
  summary: 'Changes a network. Port security concerns ports made later.',
  policy: { scope: 'any', role: 'member' },
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<Network> => {
    const { id, expectedRev, dnsDomain, qosPolicyId, ...patch } = input
    const before = await fetchOne(call, networkKind, id, 'id', seenBy(call))
    requireOwner(call, before, 'network')
    requireRev(before, expectedRev)
    const { dnsDomain: domain = null, qosPolicyId: policy = null, ...kept } = before
    const nextPolicy = qosPolicyId === undefined ? policy : qosPolicyId
    await requirePolicies(call, before.projectId, [qosPolicyId], () => 'qosPolicyId')
    const named = dnsDomain === undefined ? domain : dnsDomain
    const changed: Network = {
      ...kept,
      ...given(patch),
      ...(named !== null && { dnsDomain: named }),
      ...(nextPolicy !== null && { qosPolicyId: nextPolicy }),
      updatedAt: call.kernel.clock.now(),
    }
    const writes = new Writes()
    const network = await planChange(call, writes, before, changed)
    writes.update(networkKind, network)
    const updated = { ...network, rev: network.rev + 1 }
    planQos(call, writes, before.qosPolicyId, updated)
    await call.commit(writes, [id], updated)
    return updated
  },
})

/** Writes what it means that a network is for everyone from now on, or no longer. */
async function planChange(
  call: Call,
  writes: Writes,
  before: Network,
  changed: Network,
): Promise<Network> {
  const isExternal = changed.external === before.external ? undefined : changed.external
  const isShared = changed.shared === before.shared ? undefined : changed.shared
  if (isShared !== undefined) requireOperator(call, 'shared')
  if (isExternal !== undefined) requireOperator(call, 'external')
  if (isShared === undefined && isExternal === undefined) return changed
  const { kernel } = call
  const lending = await planWildcard(kernel, writes, before, 'network', {
    ...(isShared !== undefined && { accessAsShared: isShared }),
    ...(isExternal !== undefined && { accessAsExternal: isExternal }),
  })
  const network = lentNetwork(changed, lending)
  await planLending(kernel, writes, before, network)
  return network
}

const deleteInput = z.strictObject({ id: idField, expectedRev: expectedRevField })

export const networkDelete = defineOperation({
  id: 'network.network.delete',
  summary: 'Deletes a network without ports, and its subnets.',
  policy: { scope: 'any', role: 'member' },
  input: deleteInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof deleteInput>): Promise<null> => {
    const network = await fetchOne(call, networkKind, input.id, 'id', seenBy(call))
    requireOwner(call, network, 'network')
    requireRev(network, input.expectedRev)
    const scope = networkScope(network.id)
    const counters = await call.kernel.store.counters([scope])
    const ports = counters.find((counter) => counter.name === 'ports')
    // It has them from the beginning: without, the read is old.
    if (!ports) {
      throw new CommitConflict({ type: 'revision', kind: networkKind.name, ids: [network.id] })
    }
    if (ports.value > 0) {
      throw new CloudError('conflict', `The network has ${ports.value} ports.`, {
        field: 'id',
        detail: { ports: ports.value },
      })
    }
    const writes = new Writes().remove(networkKind, network)
    requireAtMost(writes, ports)
    writes.drop(scope)
    if (network.shared || network.external || network.sharedWith) {
      await planLendingEnd(call.kernel, writes, network)
    }
    if (network.external) await closeExternal(call.kernel, writes, network, 'id')
    await removeSubnets(call.kernel, writes, await loadSubnets(call.kernel, network))
    planQosEnd(call, writes, network)
    chargeQuota(writes, network.projectId, { networks: 1 }, -1)
    await call.commit(writes, [network.id], null)
    return null
  },
})
