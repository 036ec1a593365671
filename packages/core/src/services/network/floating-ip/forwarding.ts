import { z } from 'zod'
import { CloudError } from '../../../base/errors.ts'
import { limits } from '../../../base/limits.ts'
import { Writes } from '../../../commit/writes.ts'
import {
  type FloatingIp,
  floatingIpKind,
  floatingIpTargets,
  forwardingProtocols,
  type PortForwarding,
} from '../../../model/network/floating-ip.ts'
import type { Call } from '../../call.ts'
import { fetchOne, notFound } from '../../fetch.ts'
import { descriptionField, idField } from '../../fields.ts'
import { given } from '../../given.ts'
import { defineOperation } from '../../operation.ts'
import { planConfigure } from '../configure/plan-configure.ts'
import { addressField } from '../fields.ts'
import { leavePorts, resolveTargets } from './associate.ts'
import { requireStaying } from './floating-ip.ts'
import { countTargets } from './targets.ts'

const portField = z.int().min(1).max(65_535)
/** A port, or the first and last of several. */
const portsField = z
  .union([portField, z.tuple([portField, portField])])
  .transform((ports): readonly [number, number] =>
    typeof ports === 'number' ? [ports, ports] : ports,
  )
  .refine(([first, last]) => first <= last, 'end before they begin')

const createInput = z.strictObject({
  floatingIpId: idField,
  protocol: z.enum(forwardingProtocols),
  externalPorts: portsField,
  /** As many as the external ones, or a single one. */
  internalPorts: portsField,
  portId: idField,
  /** One of the port's IPv4 addresses; its only one when absent. */
  fixedAddress: addressField.optional(),
  description: descriptionField.default(''),
})

export const portForwardingCreate = defineOperation({
  id: 'network.portForwarding.create',
  summary: 'Sends what comes to ports of a floating IP to those of a port.',
  policy: { scope: 'any', role: 'member' },
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<PortForwarding> => {
    const { floatingIpId, ...fields } = input
    const before = await floatingIpOf(call, floatingIpId)
    if (before.portForwardings.length >= limits.floatingIpForwardings) {
      throw new CloudError('conflict', 'floatingIpId: has as many forwardings as it may.', {
        field: 'floatingIpId',
        limit: limits.floatingIpForwardings,
      })
    }
    const id = call.kernel.ids.next()
    const writes = new Writes()
    const made = await planForwarding(call, writes, before, { id, ...fields })
    await commitForwardings(call, writes, before, [...before.portForwardings, made], made)
    return made
  },
})

/** A floating IP whose forwardings may change. */
async function floatingIpOf(call: Call, id: string): Promise<FloatingIp> {
  const row = await fetchOne(call, floatingIpKind, id, 'floatingIpId')
  requireStaying(row, 'floatingIpId')
  if (row.target === null) return row
  throw new CloudError('conflict', 'floatingIpId: the floating IP stands for a port.', {
    field: 'floatingIpId',
  })
}

type ForwardingAsk = Omit<z.infer<typeof createInput>, 'floatingIpId'> & { readonly id: string }

/** Checks a forwarding, and writes that its port knows of it. */
async function planForwarding(
  call: Call,
  writes: Writes,
  row: FloatingIp,
  ask: ForwardingAsk,
): Promise<PortForwarding> {
  const { id, protocol, externalPorts, internalPorts, portId, fixedAddress, description } = ask
  requirePorts(externalPorts, internalPorts)
  requireUnused(row, ask)
  const { projectId, networkId } = row
  const names = { floatingIpId: row.id, projectId, networkId, portId, fixedAddress }
  const want = { ...names, forwards: true, path: '' }
  const { targets, write } = await resolveTargets(call.kernel, [want])
  write(writes)
  const [target] = targets
  if (!target) throw notFound('port', 'portId')
  requireOneWay(row, { id, protocol, internalPorts, fixedIp: target.fixedIp })
  return { id, description, protocol, externalPorts, internalPorts, ...target }
}

/** @throws CloudError `invalid`. */
function requirePorts(
  external: readonly [number, number],
  internal: readonly [number, number],
): void {
  const [outer, inner] = [external[1] - external[0] + 1, internal[1] - internal[0] + 1]
  if (inner === 1 || inner === outer) return
  throw new CloudError('invalid', 'internalPorts: are not as many as the external ones.', {
    field: 'internalPorts',
    limit: outer,
  })
}

/** @throws CloudError `conflict` when another forwarding has one of the ports. */
function requireUnused(row: FloatingIp, ask: ForwardingAsk): void {
  const [first, last] = ask.externalPorts
  const other = row.portForwardings.find(
    ({ id, protocol, externalPorts }) =>
      id !== ask.id &&
      protocol === ask.protocol &&
      externalPorts[0] <= last &&
      first <= externalPorts[1],
  )
  if (!other) return
  throw new CloudError('conflict', 'externalPorts: are forwarded already.', {
    field: 'externalPorts',
    detail: { portForwardingId: other.id },
  })
}

/** @throws CloudError `conflict` when another forwarding leads to one of the same ports. */
function requireOneWay(
  row: FloatingIp,
  ask: Pick<PortForwarding, 'id' | 'protocol' | 'internalPorts' | 'fixedIp'>,
): void {
  const [first, last] = ask.internalPorts
  const other = row.portForwardings.find(
    ({ id, protocol, internalPorts, fixedIp }) =>
      id !== ask.id &&
      protocol === ask.protocol &&
      fixedIp.address === ask.fixedIp.address &&
      fixedIp.subnetId === ask.fixedIp.subnetId &&
      internalPorts[0] <= last &&
      first <= internalPorts[1],
  )
  if (!other) return
  throw new CloudError('conflict', 'internalPorts: are reached by another forwarding already.', {
    field: 'internalPorts',
    detail: { portForwardingId: other.id },
  })
}

async function commitForwardings(
  call: Call,
  writes: Writes,
  before: FloatingIp,
  portForwardings: readonly PortForwarding[],
  answer: unknown,
): Promise<void> {
  const generation = before.generation + 1
  const row = { ...before, portForwardings, generation, updatedAt: call.kernel.clock.now() }
  countTargets(writes, floatingIpTargets(before), -1)
  countTargets(writes, floatingIpTargets(row), 1)
  const revision = generation
  planConfigure(call, writes, [{ type: 'floatingIp', id: row.id, revision }])
  await call.commit(writes.update(floatingIpKind, row), [row.id], answer)
}

const listInput = z.strictObject({ floatingIpId: idField })

export const portForwardingList = defineOperation({
  id: 'network.portForwarding.list',
  summary: 'Lists the port forwardings of a floating IP.',
  policy: { scope: 'any', role: 'reader' },
  input: listInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof listInput>): Promise<readonly PortForwarding[]> =>
    (await fetchOne(call, floatingIpKind, input.floatingIpId, 'floatingIpId')).portForwardings,
})

const updateInput = z.strictObject({
  floatingIpId: idField,
  id: idField,
  protocol: z.enum(forwardingProtocols).optional(),
  externalPorts: portsField.optional(),
  internalPorts: portsField.optional(),
  portId: idField.optional(),
  fixedAddress: addressField.optional(),
  description: descriptionField.optional(),
})

export const portForwardingUpdate = defineOperation({
  id: 'network.portForwarding.update',
  summary: 'Changes a port forwarding.',
  policy: { scope: 'any', role: 'member' },
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<PortForwarding> => {
    const { floatingIpId, id, ...patch } = input
    const before = await floatingIpOf(call, floatingIpId)
    const old = forwardingOf(before, id)
    const { fixedIp, routerId: _, gatewayPortId: __, ...fields } = old
    const stays = patch.portId === undefined || patch.portId === old.portId
    const fixedAddress = patch.fixedAddress ?? (stays ? fixedIp.address : undefined)
    const writes = new Writes()
    const ask = { ...fields, ...given(patch), fixedAddress, id }
    const made = await planForwarding(call, writes, before, ask)
    const rest = before.portForwardings.filter((one) => one.id !== id)
    if (made.portId !== old.portId) await leaveUnused(call, writes, before, old, rest)
    const all = before.portForwardings.map((one) => (one.id === id ? made : one))
    await commitForwardings(call, writes, before, all, made)
    return made
  },
})

function forwardingOf(row: FloatingIp, id: string): PortForwarding {
  const found = row.portForwardings.find((one) => one.id === id)
  if (!found) throw notFound('portForwarding', 'id')
  return found
}

/** The port of a forwarding that goes forgets the floating IP, unless another one names it. */
async function leaveUnused(
  call: Call,
  writes: Writes,
  row: FloatingIp,
  old: PortForwarding,
  rest: readonly PortForwarding[],
): Promise<void> {
  if (rest.some(({ portId }) => portId === old.portId)) return
  await leavePorts(call.kernel, writes, [{ floatingIpId: row.id, portIds: [old.portId] }])
}

const deleteInput = z.strictObject({ floatingIpId: idField, id: idField })

export const portForwardingDelete = defineOperation({
  id: 'network.portForwarding.delete',
  summary: 'Ends a port forwarding.',
  policy: { scope: 'any', role: 'member' },
  input: deleteInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof deleteInput>): Promise<null> => {
    const before = await floatingIpOf(call, input.floatingIpId)
    const old = forwardingOf(before, input.id)
    const rest = before.portForwardings.filter((one) => one.id !== input.id)
    const writes = new Writes()
    await leaveUnused(call, writes, before, old, rest)
    await commitForwardings(call, writes, before, rest, null)
    return null
  },
})
