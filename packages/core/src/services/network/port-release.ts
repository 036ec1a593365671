import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { addressKind, fixedIpId, freedAddress, originOf } from '../../model/network/address.ts'
import { networkKind } from '../../model/network/network.ts'
import { type FixedIp, type Port, portKind } from '../../model/network/port.ts'
import { subnetScope } from './counters.ts'
import { countPorts } from './port-allocation.ts'

/**
 * Writes the removal of ports: their rows, their addresses (free for reuse once this is durable),
 * and what counts them. Two reads, whatever their number.
 */
export async function planPortRemoval(
  kernel: Kernel,
  writes: Writes,
  ports: readonly Port[],
): Promise<void> {
  if (ports.length === 0) return
  await planAddressRelease(kernel, writes, ports)
  const networkIds = [...new Set(ports.map((port) => port.networkId))]
  const owners = new Map<string, string>()
  for (const network of await kernel.store.get(networkKind, networkIds)) {
    if (network) owners.set(network.id, network.projectId)
  }
  writes.remove(portKind, ...ports)
  for (const alike of groupAlike(ports)) {
    const [port] = alike as [Port]
    countPorts(writes, port, owners.get(port.networkId) ?? port.projectId, -alike.length)
  }
}

/** Ports that the same counters count, together. */
function groupAlike(ports: readonly Port[]): Port[][] {
  const groups = new Map<string, Port[]>()
  for (const port of ports) {
    const key = [port.networkId, port.projectId, ...port.securityGroupIds].join()
    const group = groups.get(key)
    if (group) group.push(port)
    else groups.set(key, [port])
  }
  return [...groups.values()]
}

/** Writes the release of addresses that ports hold, in one read. */
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
  for (const [index, { portId, subnetId }] of held.entries()) {
    const row = rows[index]
    // Not its own: the port was read before somebody changed it, and its row will conflict.
    if (row?.portId !== portId) continue
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
