import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { shown } from '../../model/kind.ts'
import { floatingIpKind, floatingIpTargets } from '../../model/network/floating-ip.ts'
import { vipDeviceOwner } from '../../model/balancer/load-balancer.ts'
import { networkKind } from '../../model/network/network.ts'
import { type FixedIp, type Port, portKind, routerOwners } from '../../model/network/port.ts'
import { derivesAddresses, subnetKind } from '../../model/network/subnet.ts'
import type { Kernel } from '../../kernel.ts'
import type { Call } from '../call.ts'
import { getAll, notFound } from '../fetch.ts'
import { given } from '../given.ts'
import { requireOperator } from './access.ts'
import type { FixedIpInput } from './fields.ts'
import type { PortUpdateInput } from './port-input.ts'
import { planAddressRelease } from './port-release.ts'
import { countPolicy, requirePolicies } from './qos/use.ts'
import { planNames } from './port-names.ts'
import { planPlug } from './port-plug.ts'
import { ownGroups, requireOwnGroups, requireRights, requireUnsecured } from './port-template.ts'
import { sameTarget } from './port-target.ts'
import { type AddressChange, planAddressChange, planGroupChange } from './port-update.ts'

/** Decides and commits the change of one port. */
export async function updatePort(call: Call, before: Port, input: PortUpdateInput): Promise<Port> {
  const { kernel } = call
  const {
    id,
    expectedRev: _,
    fixedIps,
    allowedAddressPairs,
    dhcpOptions,
    dnsName,
    qosPolicyId,
    ...patch
  } = input
  requireOwnDevice(before, input)
  if (input.hostId !== undefined) requireFree(call, before, 'hostId')
  if (input.mac !== undefined && input.mac !== before.mac) {
    await requireFreeMac(call, before, input.mac)
  }
  const [network] = await kernel.store.get(networkKind, [before.networkId])
  if (!network) throw notFound('network', 'id')
  requireRights(call, { ...input, path: '' }, network)
  const renamed = planNames(before, { dhcpOptions, dnsName, qosPolicyId })
  const changed: Port = { ...renamed, ...given(patch), updatedAt: kernel.clock.now() }
  const pairs = allowedAddressPairs ?? before.allowedAddressPairs
  const filters = {
    securityGroupIds: changed.securityGroupIds,
    allowedAddressPairs: pairs,
    path: '',
  }
  if (!changed.portSecurity) requireUnsecured(filters)
  const writes = new Writes()
  if (input.securityGroupIds) {
    const own = await ownGroups(kernel, before.projectId, input.securityGroupIds)
    requireOwnGroups(own, input.securityGroupIds, '')
    planGroupChange(writes, before.securityGroupIds, input.securityGroupIds)
  }
  await requirePolicies(call, before.projectId, [qosPolicyId], () => 'qosPolicyId')
  countPolicy(writes, before.qosPolicyId, changed.qosPolicyId)
  const change = fixedIps && (await planAddressChange(kernel, writes, before, network, fixedIps))
  try {
    if (change) await requireNoFloatingIp(kernel, before, change.unwanted)
    const port = await planTarget(call, writes, before, change, {
      ...changed,
      allowedAddressPairs: pairs.map((pair) => ({
        ...pair,
        mac: pair.mac === before.mac ? changed.mac : pair.mac || changed.mac,
      })),
      fixedIps: change?.fixedIps ?? before.fixedIps,
    })
    const answer = shown({ ...port, rev: port.rev + 1 })
    await call.commit(writes.update(portKind, port), [id], answer)
    change?.settled()
    return answer
  } catch (error) {
    change?.release()
    throw error
  }
}

/**
 * Writes what a change means for the data plane, and for addresses given up. Nothing answers for a
 * port without a server, so they are free at once; else they stay the port's until that is
 * confirmed.
 */
async function planTarget(
  call: Call,
  writes: Writes,
  before: Port,
  change: AddressChange | undefined,
  port: Port,
): Promise<Port> {
  const unwanted = change?.unwanted ?? []
  if (before.deviceId === null || routerOwners.includes(before.deviceOwner)) {
    await planAddressRelease(call.kernel, writes, [{ id: port.id, fixedIps: unwanted }])
    return port
  }
  if (sameTarget(before, port)) return port
  if (before.deviceOwner === vipDeviceOwner) {
    throw new CloudError('conflict', 'The port belongs to a load balancer.', { field: 'id' })
  }
  requireFewLeaving(unwanted)
  const generation = await planPlug(call, writes, before.deviceId)
  const { leaving = [], ...rest } = port
  const left = change ? unwanted : leaving
  return { ...rest, generation, ...(left.length > 0 && { leaving: left }) }
}

/**
 * @throws CloudError `conflict`: what a router's port answers to is the router's to say, and an
 *   address with a floating IP stays.
 */
function requireOwnDevice(port: Port, input: PortUpdateInput): void {
  const { allowedAddressPairs, portSecurity, securityGroupIds } = input
  if (!routerOwners.includes(port.deviceOwner)) return
  const fixedIps = input.fixedIps && isSame(port, input.fixedIps) ? undefined : input.fixedIps
  const filters = [allowedAddressPairs, fixedIps, portSecurity, securityGroupIds]
  if (filters.every((one) => one === undefined)) return
  throw new CloudError('conflict', 'The port belongs to a router.', {
    field: 'id',
    detail: { deviceId: port.deviceId },
  })
}

/** True if these are the very addresses that a port has. */
function isSame(port: Port, wanted: readonly FixedIpInput[]): boolean {
  const left = [...port.fixedIps]
  for (const { address, subnetId } of wanted) {
    const at = left.findIndex(
      (one) =>
        (address === undefined || one.address === address) &&
        (subnetId === undefined || one.subnetId === subnetId),
    )
    if (at < 0) return false
    left.splice(at, 1)
  }
  return left.length === 0
}

/** @throws CloudError `forbidden`; `conflict`: a port that is used is as its user knows it. */
function requireFree(call: Call, { deviceId }: Port, field: 'hostId' | 'mac'): void {
  requireOperator(call, field)
  if (deviceId === null) return
  throw new CloudError('conflict', `${field}: the port is in use.`, { field })
}

/**
 * @throws CloudError `forbidden`; `conflict`: another port has it, or an address of this one is
 *   made of the MAC that it has.
 */
async function requireFreeMac(call: Call, port: Port, mac: string): Promise<void> {
  const { store } = call.kernel
  const field = 'mac'
  requireFree(call, port, field)
  const [taken] = await store.lookup(portKind, 'byMac', [[mac]])
  if (taken) throw new CloudError('conflict', `${field}: ${mac} is in use.`, { field })
  const subnetIds = [...new Set(port.fixedIps.map(({ subnetId }) => subnetId))]
  const subnets = await store.get(subnetKind, subnetIds)
  if (!subnets.some((subnet) => subnet && derivesAddresses(subnet))) return
  throw new CloudError('conflict', `${field}: an address is made of it.`, { field })
}

/** @throws CloudError `overloaded`. */
function requireFewLeaving(unwanted: readonly FixedIp[]): void {
  if (unwanted.length <= limits.portAddresses) return
  throw new CloudError('overloaded', 'fixedIps: the port is still giving up those it had before.', {
    field: 'fixedIps',
    limit: limits.portAddresses,
  })
}

/** @throws CloudError `conflict` when a floating IP stands for an address that is given up. */
async function requireNoFloatingIp(
  kernel: Kernel,
  port: Port,
  unwanted: readonly FixedIp[],
): Promise<void> {
  const { floatingIpIds = [] } = port
  if (unwanted.length === 0 || floatingIpIds.length === 0) return
  for (const row of await getAll(kernel, floatingIpKind, floatingIpIds)) {
    const target = floatingIpTargets(row).find(
      ({ fixedIp, portId }) =>
        portId === port.id && unwanted.some(({ address }) => address === fixedIp.address),
    )
    if (!target) continue
    throw new CloudError('conflict', `fixedIps: ${target.fixedIp.address} has a floating IP.`, {
      field: 'fixedIps',
      detail: { floatingIpId: row.id },
    })
  }
}
