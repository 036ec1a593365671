import { CloudError } from '../../base/errors.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  addressKind,
  fixedIpId,
  freedAddress,
  originOf,
  unheldAddress,
} from '../../model/network/address.ts'
import { networkKind } from '../../model/network/network.ts'
import { type FixedIp, heldIps, type Port, portKind } from '../../model/network/port.ts'
import { subnetScope } from './counters.ts'
import { planDisassociation } from './floating-ip/targets.ts'
import { countPorts } from './port-allocation.ts'

/**
 * Writes the removal of ports: their rows, their addresses (free for reuse once this is durable),
 * and what counts them. Floating IPs stand for them no longer. Three reads, whatever their number.
 */
export async function planPortRemoval(
  kernel: Kernel,
  writes: Writes,
  ports: readonly Port[],
  requestId = 'req-network',
): Promise<void> {
  if (ports.length === 0) return
  await planDisassociation({ kernel, requestId }, writes, ports)
  await planAddressRelease(
    kernel,
    writes,
    ports.map((port) => ({ id: port.id, fixedIps: heldIps(port) })),
  )
  const networkIds = [...new Set(ports.map((port) => port.networkId))]
  const owners = new Map<string, string>()
  for (const network of await kernel.store.get(networkKind, networkIds)) {
    if (network) owners.set(network.id, network.projectId)
  }
  if (owners.size < networkIds.length) {
    // It is there as long as its ports are: whose it is decides what counts them.
    throw new CloudError('unavailable', 'The network of a port is not to be seen yet.')
  }
  writes.remove(portKind, ...ports)
  for (const alike of groupAlike(ports)) {
    const [port] = alike as [Port]
    countPorts(writes, port, owners.get(port.networkId) as string, -alike.length)
  }
}

/** Ports that the same counters count, together. */
function groupAlike(ports: readonly Port[]): Port[][] {
  const groups = new Map<string, Port[]>()
  for (const port of ports) {
    const { networkId, projectId, deviceOwner, qosPolicyId, securityGroupIds } = port
    const key = [networkId, projectId, deviceOwner, qosPolicyId, ...securityGroupIds].join()
    const group = groups.get(key)
    if (group) group.push(port)
    else groups.set(key, [port])
  }
  return [...groups.values()]
}

/**
 * Writes the release of addresses that ports hold, in one read. Of a port that is plugged in only
 * what the data plane has confirmed to have given up. The commit fails if one was read before it
 * was the port's.
 */
export async function planAddressRelease(
  kernel: Kernel,
  writes: Writes,
  holds: readonly { readonly id: string; readonly fixedIps: readonly FixedIp[] }[],
): Promise<void> {
  const held = holds.flatMap(({ id, fixedIps }) => {
    return fixedIps.map((fixedIp) => ({
      portId: id,
      subnetId: fixedIp.subnetId,
      id: fixedIpId(fixedIp),
    }))
  })
  if (held.length === 0) return
  const rows = await kernel.store.get(
    addressKind,
    held.map(({ id }) => id),
  )
  const at = kernel.clock.now()
  const counters = new Map<string, number>()
  for (const [index, { portId, subnetId, id }] of held.entries()) {
    const row = rows[index]
    if (row?.portId !== portId) {
      // Not its own, or not yet: writing it as it was read fails if that is no longer true.
      if (row) writes.update(addressKind, row)
      else writes.insert(addressKind, unheldAddress(id, at))
      continue
    }
    const outside = originOf(row) === 'o'
    if (outside) writes.remove(addressKind, row)
    else writes.update(addressKind, freedAddress(row, at))
    const name = outside ? 'outside' : 'addresses'
    const counter = `${subnetScope(subnetId)} ${name}`
    counters.set(counter, (counters.get(counter) ?? 0) + 1)
  }
  for (const [counter, count] of counters) {
    const [scope, name] = counter.split(' ') as [string, string]
    writes.add({ scope, name, add: -count })
  }
  kernel.addresses.freed(new Set(held.map(({ subnetId }) => subnetId)))
}
