import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { type Network, networkKind } from '../../model/network/network.ts'
import { subnetKind } from '../../model/network/subnet.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { descriptionField, idField, nameField, pageFields, tagsField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota, unlimited } from '../quota.ts'
import {
  isShared,
  ownerOf,
  requireOperator,
  requireOwner,
  requireRev,
  requireRoom,
} from './access.ts'
import { networkScope, openCounter, requireAtMost } from './counters.ts'
import { expectedRevField, ownerField } from './fields.ts'
import { sharedPage } from './lists.ts'
import { loadSubnets, removeSubnets } from './subnet-removal.ts'

/** Smallest and largest MTU in bytes: IPv4's minimum (RFC 791) and jumbo frames. */
const mtuField = z.int().min(68).max(9_216)

const createInput = z.strictObject({
  name: nameField,
  description: descriptionField.default(''),
  adminStateUp: z.boolean().default(true),
  shared: z.boolean().default(false),
  portSecurity: z.boolean().default(true),
  mtu: mtuField.default(1_500),
  tags: tagsField.default([]),
  projectId: ownerField,
})

export const networkCreate = defineOperation({
  id: 'network.network.create',
  summary: 'Creates a network without subnets.',
  policy: { scope: 'any', role: 'member' },
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<Network> => {
    const projectId = ownerOf(call, input.projectId)
    if (input.shared) requireOperator(call, 'shared')
    await requireRoom(call.kernel, projectId, { networks: 1 })
    const at = call.kernel.clock.now()
    const network = {
      ...input,
      id: call.kernel.ids.next(),
      projectId,
      status: 'ACTIVE' as const,
      subnetIds: [],
      createdAt: at,
      updatedAt: at,
    }
    const writes = new Writes().insert(networkKind, network)
    const scope = networkScope(network.id)
    openCounter(writes, scope, 'ports')
    openCounter(writes, scope, 'foreignPorts', input.shared ? unlimited : 0)
    chargeQuota(writes, projectId, { networks: 1 })
    const created = { ...network, rev: 1 }
    await call.commit(writes, [network.id], created)
    return created
  },
})

const getInput = z.strictObject({ id: idField })

export const networkGet = defineOperation({
  id: 'network.network.get',
  summary: 'Shows a network of the project, or a shared one.',
  policy: { scope: 'any', role: 'reader' },
  input: getInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof getInput>): Promise<Network> =>
    fetchOne(call, networkKind, input.id, 'id', isShared),
})

const listInput = z.strictObject({
  ...pageFields,
  name: nameField.optional(),
  shared: z.boolean().optional(),
  tag: z.string().min(1).max(limits.tagLength).optional(),
})

export const networkList = defineOperation({
  id: 'network.network.list',
  summary: 'Lists the networks of the project and the shared ones, by id.',
  policy: { scope: 'any', role: 'reader' },
  input: listInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof listInput>): Promise<Network[]> =>
    sharedPage(
      call,
      networkKind,
      input,
      (network) =>
        (input.name === undefined || network.name === input.name) &&
        (input.shared === undefined || network.shared === input.shared) &&
        (input.tag === undefined || network.tags.includes(input.tag)),
    ),
})

const updateInput = z.strictObject({
  id: idField,
  name: nameField.optional(),
  description: descriptionField.optional(),
  adminStateUp: z.boolean().optional(),
  shared: z.boolean().optional(),
  portSecurity: z.boolean().optional(),
  mtu: mtuField.optional(),
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
    const { id, expectedRev, ...patch } = input
    const before = await fetchOne(call, networkKind, id, 'id', isShared)
    requireOwner(call, before, 'network')
    requireRev(before, expectedRev)
    const network = { ...before, ...given(patch), updatedAt: call.kernel.clock.now() }
    const writes = new Writes().update(networkKind, network)
    if (network.shared !== before.shared) await planSharing(call, writes, network)
    const updated = { ...network, rev: network.rev + 1 }
    await call.commit(writes, [id], updated)
    return updated
  },
})

/** Subnets are as visible as their network; a network with other projects' ports stays shared. */
async function planSharing(call: Call, writes: Writes, network: Network): Promise<void> {
  requireOperator(call, 'shared')
  const { store } = call.kernel
  const scope = networkScope(network.id)
  if (!network.shared) {
    const counters = await store.counters([scope])
    const foreign = counters.find((counter) => counter.name === 'foreignPorts')
    if (foreign && foreign.value > 0) {
      throw new CloudError('conflict', 'Other projects have ports on the network.', {
        field: 'shared',
        detail: { ports: foreign.value },
      })
    }
  }
  writes.limit({ scope, name: 'foreignPorts', limit: network.shared ? unlimited : 0 })
  const subnets = await loadSubnets(call.kernel, network)
  writes.update(subnetKind, ...subnets.map((subnet) => ({ ...subnet, shared: network.shared })))
}

const deleteInput = z.strictObject({ id: idField, expectedRev: expectedRevField })

export const networkDelete = defineOperation({
  id: 'network.network.delete',
  summary: 'Deletes a network without ports, and its subnets.',
  policy: { scope: 'any', role: 'member' },
  input: deleteInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof deleteInput>): Promise<null> => {
    const network = await fetchOne(call, networkKind, input.id, 'id', isShared)
    requireOwner(call, network, 'network')
    requireRev(network, input.expectedRev)
    const scope = networkScope(network.id)
    const counters = await call.kernel.store.counters([scope])
    const ports = counters.find((counter) => counter.name === 'ports')
    if (ports && ports.value > 0) {
      throw new CloudError('conflict', `The network has ${ports.value} ports.`, {
        field: 'id',
        detail: { ports: ports.value },
      })
    }
    const writes = new Writes().remove(networkKind, network)
    if (ports) requireAtMost(writes, ports)
    writes.drop(scope)
    await removeSubnets(call.kernel, writes, await loadSubnets(call.kernel, network))
    chargeQuota(writes, network.projectId, { networks: 1 }, -1)
    await call.commit(writes, [network.id], null)
    return null
  },
})
