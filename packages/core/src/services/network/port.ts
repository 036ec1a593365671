import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { shown } from '../../model/kind.ts'
import { networkKind } from '../../model/network/network.ts'
import { type Port, portKind } from '../../model/network/port.ts'
import type { Call } from '../call.ts'
import { fetchOne, fetchOwned } from '../fetch.ts'
import { idField, idsField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { ownerOf, owns, requireOperator, requireRev, requireRoom } from './access.ts'
import { PortAllocation } from './port-allocation.ts'
import {
  portFields,
  portListInput,
  type PortListInput,
  portUpdateInput,
  type PortInput,
  type PortUpdateInput,
} from './port-input.ts'
import { planPortRemoval } from './port-release.ts'
import { resolvePorts } from './port-template.ts'
import { updatePort } from './port-change.ts'
import { networkScope } from './counters.ts'
import { ownerField } from './fields.ts'
import { requirePolicies } from './qos/use.ts'

const createInput = z.strictObject({ ...portFields, projectId: ownerField })

export const portCreate = defineOperation({
  id: 'network.port.create',
  summary: 'Creates a port with its MAC and addresses.',
  policy: { scope: 'any', role: 'member' },
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<Port> => {
    const { projectId, ...port } = input
    const [created] = await createPorts(call, ownerOf(call, projectId), [port], () => '')
    return created as Port
  },
})

const createManyInput = z.strictObject({
  ports: z.array(z.strictObject(portFields)).min(1).max(limits.bulkPorts),
  projectId: ownerField,
})

export const portCreateMany = defineOperation({
  id: 'network.port.createMany',
  summary: 'Creates ports in one commit: all of them or none.',
  policy: { scope: 'any', role: 'member' },
  input: createManyInput,
  mutates: true,
  run: (call: Call, input: z.infer<typeof createManyInput>): Promise<Port[]> =>
    createPorts(call, ownerOf(call, input.projectId), input.ports, (i) => `ports[${i}].`),
})

async function createPorts(
  call: Call,
  projectId: string,
  inputs: readonly PortInput[],
  path: (index: number) => string,
): Promise<Port[]> {
  const { kernel } = call
  await requireRoom(kernel, projectId, { ports: inputs.length })
  await requireFreeMacs(call, inputs, path)
  const policies = inputs.map(({ qosPolicyId }) => qosPolicyId)
  await requirePolicies(call, projectId, policies, (at) => `${path(at)}qosPolicyId`)
  const requests = inputs.map((input, index) => ({ ...input, path: path(index) }))
  const resolved = await resolvePorts(call, projectId, requests)
  const asks = resolved.templates.map((template) => ({ template, count: 1 }))
  const allocation = await PortAllocation.make(kernel, resolved, asks)
  try {
    const at = kernel.clock.now()
    const drafts = inputs.map((input, ask) => {
      if (allocation.capacity(ask) === 0) throw exhausted(input, path(ask))
      const { name, description, tags, adminStateUp } = input
      const { dhcpOptions = [], dnsName, qosPolicyId } = input
      const { hostId = null } = input
      if (hostId !== null) requireOperator(call, `${path(ask)}hostId`)
      const free = { deviceId: null, deviceOwner: '', hostId, deleteWithDevice: false }
      const fields = {
        ...{ name, description, tags, adminStateUp, ...free, status: 'DOWN' as const },
        ...(dhcpOptions.length > 0 && { dhcpOptions }),
        ...(dnsName !== undefined && { dnsName }),
        ...(qosPolicyId !== undefined && { qosPolicyId }),
      }
      return { ask, port: allocation.port(ask, 0, fields, at) }
    })
    const writes = new Writes()
    allocation.write(writes, drafts)
    const ports = drafts.map(({ port }) => ({ ...port, rev: 1 }))
    const answer = ports.length === 1 && path(0) === '' ? ports[0] : ports
    await call.commit(
      writes,
      ports.map((port) => port.id),
      answer,
    )
    allocation.settled()
    return ports
  } catch (error) {
    allocation.release()
    throw error
  }
}

function exhausted(input: PortInput, path: string): CloudError {
  return new CloudError('addressesExhausted', `${path}networkId: has no free address.`, {
    field: `${path}networkId`,
    limit: 0,
    detail: { networkId: input.networkId, available: 0, asked: 1 },
  })
}

/** @throws CloudError `conflict` for a MAC that a port has, `invalid` for one asked for twice. */
async function requireFreeMacs(
  call: Call,
  inputs: readonly PortInput[],
  path: (index: number) => string,
): Promise<void> {
  const fields = new Map<string, string>()
  for (const [index, { mac }] of inputs.entries()) {
    if (mac === undefined) continue
    const field = `${path(index)}mac`
    if (fields.has(mac)) {
      throw new CloudError('invalid', `${field}: is asked for twice.`, { field })
    }
    fields.set(mac, field)
  }
  if (fields.size === 0) return
  const keys = [...fields.keys()].map((mac) => [mac])
  const [taken] = await call.kernel.store.lookup(portKind, 'byMac', keys)
  if (!taken) return
  const field = fields.get(taken.mac) as string
  throw new CloudError('conflict', `${field}: ${taken.mac} is in use.`, { field })
}

const getInput = z.strictObject({ id: idField })

export const portGet = defineOperation({
  id: 'network.port.get',
  summary: 'Shows a port.',
  policy: { scope: 'any', role: 'reader' },
  input: getInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof getInput>): Promise<Port> =>
    shown(await fetchOne(call, portKind, input.id)),
})

export const portList = defineOperation({
  id: 'network.port.list',
  summary: 'Lists the ports of the project, by network and id.',
  policy: { scope: 'any', role: 'reader' },
  input: portListInput,
  mutates: false,
  run: async (call: Call, input: PortListInput): Promise<Port[]> => {
    const page = await listPage(
      call,
      portKind,
      await portQuery(call, input),
      input,
      (port) => matches(port, input),
      (port) => owns(call, port),
    )
    return page.map(shown)
  },
})

interface PortQuery {
  readonly index?: string
  readonly equals?: readonly (string | null)[]
}

/**
 * Ports of a network have no index of their own, which each port would have to pay for. All of
 * them are its project's, unless it is lent to others that have some.
 */
async function operatorQuery(kernel: Kernel, networkId: string | undefined): Promise<PortQuery> {
  if (networkId === undefined) return {}
  const [network] = await kernel.store.get(networkKind, [networkId])
  if (!network) return {}
  const counters = await kernel.store.counters([networkScope(networkId)])
  const foreign = counters.find(({ name }) => name === 'foreignPorts')
  if (foreign?.value !== 0) return {}
  return { index: 'byProject', equals: [network.projectId, networkId] }
}

/** The index that leaves least to filter. */
async function portQuery(call: Call, input: PortListInput): Promise<PortQuery> {
  const { projectId, system } = call.actor
  if (input.mac !== undefined) return { index: 'byMac', equals: [input.mac] }
  if (input.deviceId !== undefined) return { index: 'byDevice', equals: [input.deviceId] }
  if (system) return operatorQuery(call.kernel, input.networkId)
  const network = input.networkId === undefined ? [] : [input.networkId]
  return { index: 'byProject', equals: [projectId, ...network] }
}

function matches(port: Port, input: PortListInput): boolean {
  const exact = ['networkId', 'deviceId', 'name', 'mac', 'status', 'hostId'] as const
  return (
    exact.every((name) => input[name] === undefined || port[name] === input[name]) &&
    (input.tag === undefined || port.tags.includes(input.tag)) &&
    (input.securityGroupId === undefined ||
      port.securityGroupIds.includes(input.securityGroupId)) &&
    (input.subnetId === undefined ||
      port.fixedIps.some((fixedIp) => fixedIp.subnetId === input.subnetId)) &&
    (input.address === undefined ||
      port.fixedIps.some((fixedIp) => fixedIp.address === input.address))
  )
}

export const portUpdate = defineOperation({
  id: 'network.port.update',
  summary: 'Changes a port: its addresses, security groups, pairs and description.',
  policy: { scope: 'any', role: 'member' },
  input: portUpdateInput,
  mutates: true,
  run: async (call: Call, input: PortUpdateInput): Promise<Port> => {
    const before = await fetchOne(call, portKind, input.id)
    requireRev(before, input.expectedRev)
    return updatePort(call, before, input)
  },
})

const deleteInput = z.strictObject({ ids: idsField })

export const portDelete = defineOperation({
  id: 'network.port.delete',
  summary: 'Deletes ports that no server uses: all of them or none.',
  policy: { scope: 'any', role: 'member' },
  input: deleteInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof deleteInput>): Promise<null> => {
    const ports = await fetchOwned(call, portKind, input.ids, 'ids')
    const used = ports.find((port) => port.deviceId !== null)
    if (used) {
      throw new CloudError('conflict', 'The port is in use by a server or router.', {
        field: 'ids',
        detail: { portId: used.id, deviceId: used.deviceId },
      })
    }
    const writes = new Writes()
    await planPortRemoval(call.kernel, writes, ports, call.requestId)
    await call.commit(writes, input.ids, null)
    return null
  },
})
