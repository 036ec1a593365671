import { z } from 'zod'
import { CloudError } from '../../../base/errors.ts'
import { limits } from '../../../base/limits.ts'
import { Writes } from '../../../commit/writes.ts'
import { shown } from '../../../model/kind.ts'
import {
  type FloatingIp,
  floatingIpKind,
  floatingIpStatuses,
  floatingIpTargets,
} from '../../../model/network/floating-ip.ts'
import type { Call } from '../../call.ts'
import { descriptionField, idField, idsField, pageFields, tagsField } from '../../fields.ts'
import { fetchOne, fetchOwned } from '../../fetch.ts'
import { given } from '../../given.ts'
import { defineOperation } from '../../operation.ts'
import { listPage } from '../../page.ts'
import { ownerOf, requireOperator, requireRev } from '../access.ts'
import { planConfigure } from '../configure/plan-configure.ts'
import {
  addressField,
  dnsDomainField,
  dnsNameField,
  expectedRevField,
  ownerField,
} from '../fields.ts'
import { leavePorts, resolveTargets } from './associate.ts'
import { createFloatingIps } from './create.ts'
import { planFloatingIpRemoval } from './removal.ts'
import { countTargets } from './targets.ts'

const askFields = {
  description: descriptionField.default(''),
  /** What it is to stand for at once. */
  portId: idField.optional(),
  /** One of the port's IPv4 addresses; its only one when absent. */
  fixedAddress: addressField.optional(),
  dnsName: dnsNameField.optional(),
  dnsDomain: dnsDomainField.optional(),
  tags: tagsField.default([]),
}

const sourceFields = {
  /** An external network. */
  networkId: idField,
  /** One of its IPv4 subnets; any of them when absent. */
  subnetId: idField.optional(),
  projectId: ownerField,
}

const createInput = z.strictObject({
  ...sourceFields,
  ...askFields,
  /** This very address: for operators. */
  address: addressField.optional(),
})

export const floatingIpCreate = defineOperation({
  id: 'network.floatingIp.create',
  summary: 'Takes an address of an external network, for a port or for later.',
  policy: { scope: 'any', role: 'member' },
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<FloatingIp> => {
    if (input.address !== undefined) requireOperator(call, 'address')
    requirePort('', input)
    const source = { ...input, projectId: ownerOf(call, input.projectId) }
    return createFloatingIps(call, source, [{ ...input, path: '' }], ([row]) => row as FloatingIp)
  },
})

const createManyInput = z.strictObject({
  ...sourceFields,
  floatingIps: z.array(z.strictObject(askFields)).min(1).max(limits.bulkFloatingIps),
})

export const floatingIpCreateMany = defineOperation({
  id: 'network.floatingIp.createMany',
  summary: 'Takes addresses for ports, in one commit: all of them or none.',
  policy: { scope: 'any', role: 'member' },
  input: createManyInput,
  mutates: true,
  run: (call: Call, input: z.infer<typeof createManyInput>): Promise<FloatingIp[]> => {
    const asks = input.floatingIps.map((ask, index) => ({ ...ask, path: `floatingIps[${index}].` }))
    for (const ask of asks) requirePort(ask.path, ask)
    const source = { ...input, projectId: ownerOf(call, input.projectId) }
    return createFloatingIps(call, source, asks, (rows) => rows)
  },
})

/** @throws CloudError `invalid`: an address of a port needs the port. */
function requirePort(
  path: string,
  ask: { readonly portId?: string | null | undefined; readonly fixedAddress?: string | undefined },
): void {
  if (ask.fixedAddress === undefined || typeof ask.portId === 'string') return
  throw new CloudError('invalid', `${path}fixedAddress: needs a portId.`, {
    field: `${path}fixedAddress`,
  })
}

const getInput = z.strictObject({ id: idField })

export const floatingIpGet = defineOperation({
  id: 'network.floatingIp.get',
  summary: 'Shows a floating IP.',
  policy: { scope: 'any', role: 'reader' },
  input: getInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof getInput>): Promise<FloatingIp> =>
    shown(await fetchOne(call, floatingIpKind, input.id)),
})

const listInput = z.strictObject({
  ...pageFields,
  networkId: idField.optional(),
  portId: idField.optional(),
  routerId: idField.optional(),
  address: addressField.optional(),
  status: z.enum(floatingIpStatuses).optional(),
  tag: z.string().min(1).max(limits.tagLength).optional(),
})

export const floatingIpList = defineOperation({
  id: 'network.floatingIp.list',
  summary: 'Lists the floating IPs of the project, by id.',
  policy: { scope: 'any', role: 'reader' },
  input: listInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof listInput>): Promise<FloatingIp[]> => {
    const { system, projectId } = call.actor
    const query = system ? {} : { index: 'byProject', equals: [projectId] }
    const page = await listPage(call, floatingIpKind, query, input, (row) => matches(row, input))
    return page.map(shown)
  },
})

function matches(row: FloatingIp, input: z.infer<typeof listInput>): boolean {
  const { networkId, portId, routerId, address, status, tag } = input
  const targets = floatingIpTargets(row)
  return (
    (networkId === undefined || row.networkId === networkId) &&
    (portId === undefined || targets.some((target) => target.portId === portId)) &&
    (routerId === undefined || targets.some((target) => target.routerId === routerId)) &&
    (address === undefined || row.address === address) &&
    (status === undefined || row.status === status) &&
    (tag === undefined || row.tags.includes(tag))
  )
}

const updateInput = z.strictObject({
  id: idField,
  description: descriptionField.optional(),
  /** The port that it stands for from now on; null = none. */
  portId: idField.nullable().optional(),
  fixedAddress: addressField.optional(),
  tags: tagsField.optional(),
  expectedRev: expectedRevField,
})

type UpdateInput = z.infer<typeof updateInput>

export const floatingIpUpdate = defineOperation({
  id: 'network.floatingIp.update',
  summary: 'Associates a floating IP with a port, moves it or takes it off; describes it.',
  policy: { scope: 'any', role: 'member' },
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: UpdateInput): Promise<FloatingIp> => {
    requirePort('', input)
    const before = await fetchOne(call, floatingIpKind, input.id)
    requireRev(before, input.expectedRev)
    requireStaying(before)
    const { description, tags } = input
    const patched = {
      ...before,
      ...given({ description, tags }),
      updatedAt: call.kernel.clock.now(),
    }
    const writes = new Writes()
    const row = await planTarget(call, writes, patched, input)
    const answer = shown({ ...row, rev: row.rev + 1 })
    await call.commit(writes.update(floatingIpKind, row), [row.id], answer)
    return answer
  },
})

/** @throws CloudError `conflict` for one that is being deleted. */
export function requireStaying(row: FloatingIp, field = 'id'): void {
  if (row.status !== 'DELETING') return
  throw new CloudError('conflict', `${field}: the floating IP is being deleted.`, { field })
}

async function planTarget(
  call: Call,
  writes: Writes,
  row: FloatingIp,
  { portId, fixedAddress }: UpdateInput,
): Promise<FloatingIp> {
  if (portId === undefined || (portId === null && row.target === null)) return row
  if (row.portForwardings.length > 0) {
    throw new CloudError('conflict', 'portId: the floating IP has port forwardings.', {
      field: 'portId',
    })
  }
  const { kernel } = call
  const { id, networkId, projectId } = row
  const want = { floatingIpId: id, networkId, projectId, fixedAddress, forwards: false, path: '' }
  const wants = portId === null ? [] : [{ ...want, portId }]
  const { targets, write } = await resolveTargets(kernel, wants, [row])
  const old = floatingIpTargets(row)
  const portIds = old.map((target) => target.portId)
  const kept = new Set(wants.map((one) => one.portId))
  await leavePorts(kernel, writes, [{ floatingIpId: id, portIds }], kept)
  write(writes)
  countTargets(writes, old, -1)
  countTargets(writes, targets, 1)
  const revision = row.generation + 1
  planConfigure(call, writes, [{ type: 'floatingIp', id, revision }])
  return { ...row, target: targets[0] ?? null, generation: revision }
}

const deleteInput = z.strictObject({ ids: idsField })

export const floatingIpDelete = defineOperation({
  id: 'network.floatingIp.delete',
  summary: 'Gives floating IPs back: all of them or none. One in use first leaves its port.',
  policy: { scope: 'any', role: 'member' },
  input: deleteInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof deleteInput>): Promise<null> => {
    const rows = await fetchOwned(call, floatingIpKind, input.ids, 'ids')
    const writes = new Writes()
    // What nothing ever answered to, or no longer does, is free at once.
    const idle = ({ generation, observed, status }: FloatingIp): boolean =>
      generation === 0 || (status === 'DOWN' && observed === generation)
    await planFloatingIpRemoval(call.kernel, writes, rows.filter(idle))
    const busy = rows.filter((row) => !idle(row) && row.status !== 'DELETING')
    await planLeaving(call, writes, busy)
    await call.commit(writes, input.ids, null)
    return null
  },
})

/** Their addresses stay theirs until the data plane has confirmed that nothing answers to them. */
async function planLeaving(call: Call, writes: Writes, rows: readonly FloatingIp[]): Promise<void> {
  const leaving = rows.map((row) => ({
    floatingIpId: row.id,
    portIds: floatingIpTargets(row).map(({ portId }) => portId),
  }))
  await leavePorts(call.kernel, writes, leaving)
  const at = call.kernel.clock.now()
  for (const row of rows) {
    countTargets(writes, floatingIpTargets(row), -1)
    writes.update(floatingIpKind, {
      ...row,
      ...{ status: 'DELETING', target: null, portForwardings: [] },
      ...{ generation: row.generation + 1, updatedAt: at },
    })
  }
  planConfigure(
    call,
    writes,
    rows.map(({ id, generation }) => ({ type: 'floatingIp', id, revision: generation + 1 })),
  )
}
