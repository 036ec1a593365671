import { CloudError } from '../../base/errors.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type FixedIp, heldIps, type Port } from '../../model/network/port.ts'
import type { Network } from '../../model/network/network.ts'
import type { AddressLease } from './address-lease.ts'
import { groupScope } from './counters.ts'
import type { FixedIpInput } from './fields.ts'
import { derivedAddress, writeDerived } from './port-allocation.ts'
import { type AddressWant, requireDistinct, wantOf } from './port-template.ts'
import { loadSubnets } from './subnet-removal.ts'

/** New addresses of a port, set aside; ends with `settled` or `release`. */
export interface AddressChange {
  readonly fixedIps: readonly FixedIp[]
  /** Those it holds still and no longer wants: to be released. */
  readonly unwanted: readonly FixedIp[]
  settled(): void
  release(): void
}

/**
 * Writes a port's new addresses: those it holds and wants stay, new ones are taken. Those it does
 * not want any more are the caller's to release.
 *
 * @throws CloudError as on creation.
 */
export async function planAddressChange(
  kernel: Kernel,
  writes: Writes,
  port: Port,
  network: Network,
  wanted: readonly FixedIpInput[],
): Promise<AddressChange> {
  const subnets = await loadSubnets(kernel, network)
  const wants = wanted.map((fixed, i) => wantOf(fixed, subnets, `fixedIps[${i}]`, port.deviceOwner))
  requireDistinct(wants)
  const held = heldIps(port)
  const kept = keepAddresses(held, wants)
  const leases: AddressLease[] = []
  try {
    const fixedIps: FixedIp[] = []
    for (const [index, want] of wants.entries()) {
      fixedIps.push(kept.get(index) ?? (await takeOne(kernel, writes, port, want, leases)))
    }
    const stay = new Set(kept.values())
    for (const lease of leases) lease.write(writes)
    return {
      fixedIps,
      unwanted: held.filter((fixedIp) => !stay.has(fixedIp)),
      settled: () => leases.forEach((lease) => lease.settled()),
      release: () => leases.forEach((lease) => lease.release()),
    }
  } catch (error) {
    for (const lease of leases) lease.release()
    throw error
  }
}

/**
 * Which of the port's addresses meets which want: chosen ones first, so that they are not spent on
 * "any".
 */
function keepAddresses(
  fixedIps: readonly FixedIp[],
  wants: readonly AddressWant[],
): Map<number, FixedIp> {
  const kept = new Map<number, FixedIp>()
  const left = new Set(fixedIps)
  const keep = (index: number, match: (fixedIp: FixedIp) => boolean): void => {
    const fixedIp = [...left].find(match)
    if (!fixedIp) return
    left.delete(fixedIp)
    kept.set(index, fixedIp)
  }
  for (const [index, want] of wants.entries()) {
    if (want.type !== 'chosen') continue
    keep(index, (one) => one.subnetId === want.subnet.id && one.address === want.address)
  }
  for (const [index, want] of wants.entries()) {
    if (want.type === 'chosen') continue
    const subnets = want.type === 'pool' ? want.subnets : [want.subnet]
    keep(index, (one) => subnets.some((subnet) => subnet.id === one.subnetId))
  }
  return kept
}

async function takeOne(
  kernel: Kernel,
  writes: Writes,
  port: Port,
  want: AddressWant,
  leases: AddressLease[],
): Promise<FixedIp> {
  if (want.type === 'derived') {
    writeDerived(writes, want.subnet, [port])
    return derivedAddress(want.subnet, port.mac)
  }
  const lease =
    want.type === 'chosen'
      ? await kernel.addresses.claim(want.subnet, [want.address], want.field)
      : await takeFirst(kernel, want)
  leases.push(lease)
  lease.assign(0, port.id)
  return { subnetId: lease.subnetId, address: lease.addresses[0] as string }
}

async function takeFirst(
  kernel: Kernel,
  want: AddressWant & { readonly type: 'pool' },
): Promise<AddressLease> {
  for (const subnet of want.subnets) {
    const lease = await kernel.addresses.takeUpTo(subnet, 1)
    if (lease.addresses.length === 1) return lease
    lease.release()
  }
  throw new CloudError('addressesExhausted', 'fixedIps: the subnet has no free address.', {
    field: 'fixedIps',
    limit: 0,
    detail: { available: 0, asked: 1 },
  })
}

/** Writes the difference between two lists of groups on the groups' counters. */
export function planGroupChange(
  writes: Writes,
  before: readonly string[],
  after: readonly string[],
): void {
  for (const id of after) {
    if (!before.includes(id)) writes.add({ scope: groupScope(id), name: 'ports', add: 1 })
  }
  for (const id of before) {
    if (!after.includes(id)) writes.add({ scope: groupScope(id), name: 'ports', add: -1 })
  }
}
