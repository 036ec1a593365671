import { canonicalJson } from '../../../base/canonical.ts'
import type { Server } from '../../../model/compute/server.ts'
import type { Port } from '../../../model/network/port.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import { serverAttachInterface, serverDetachInterface } from '../../compute/server-interfaces.ts'
import { loadServerPorts } from '../../network/port-plan.ts'
import { subnetGet } from '../../network/subnet.ts'
import { templateError } from '../template/error.ts'
import type { Finder } from './found.ts'
import { listOf, present, textOf } from './property.ts'
import type { ResourceWork } from './type.ts'

/** One interface that a server is to have: a port, or one on a network. */
export interface WantedInterface {
  readonly networkId?: string
  readonly subnetIds?: string[]
  readonly portId?: string
  readonly address?: string
}

/**
 * What `networks` asks for, with ids for names. A subnet tells its network.
 *
 * @throws CloudError `invalid` for what is not there.
 */
export async function wantedInterfaces(
  work: ResourceWork,
  finder: Finder,
  properties: JsonMap,
): Promise<WantedInterface[]> {
  const wanted: WantedInterface[] = []
  for (const item of listOf(properties, 'networks') ?? []) {
    const given = item as JsonMap
    if (textOf(given, 'allocate_network') === 'none') continue
    wanted.push(await wantedInterface(work, finder, given))
  }
  return wanted
}

async function wantedInterface(
  work: ResourceWork,
  finder: Finder,
  given: JsonMap,
): Promise<WantedInterface> {
  const portId = textOf(given, 'port')
  if (portId !== undefined) return { portId }
  const name = textOf(given, 'network') ?? textOf(given, 'uuid')
  const subnet = textOf(given, 'subnet')
  const address = textOf(given, 'fixed_ip')
  const subnetId = subnet === undefined ? undefined : await finder.subnet(subnet)
  const networkId =
    name === undefined && subnetId !== undefined
      ? (await work.call(subnetGet, { id: subnetId })).networkId
      : await finder.network(name ?? '')
  // An address is of one subnet of its network: that says it all.
  const isFree = address === undefined
  return present({ networkId, address, subnetIds: isFree && subnetId ? [subnetId] : undefined })
}

/** @throws CloudError `invalid`: an interface must be found by something. */
export function checkNetworks(properties: JsonMap, path: string): void {
  for (const item of listOf(properties, 'networks') ?? []) {
    const given = item as JsonMap
    const ways = ['network', 'uuid', 'subnet', 'port', 'allocate_network']
    if (ways.some((way) => given[way] !== undefined)) continue
    throw templateError(`${path}.networks`, `needs one of ${ways.join(', ')} in each.`)
  }
}

/**
 * The next interfaces to be taken from a server, or given to it, until it has what `networks` asks
 * for. Ports that fit stay, whatever the words that ask for them: by port, then by address, subnet
 * and network.
 *
 * @returns false when nothing is left to do.
 */
export async function moveInterfaces(
  work: ResourceWork,
  finder: Finder,
  row: StackResource,
  server: Server,
): Promise<boolean> {
  const { properties, target } = row
  if (canonicalJson(properties?.['networks'] ?? []) === canonicalJson(target?.['networks'] ?? []))
    return false
  const ports = (await loadServerPorts(work.kernel, [server.id])).get(server.id) ?? []
  if (ports.some(({ unplugging }) => unplugging)) return true
  const wanted = await wantedInterfaces(work, finder, target ?? {})
  const { missing, left } = matched(wanted, ports)
  const serverId = server.id
  for (const { id } of left) {
    const key = work.keyOf(row, `unplug ${id}`)
    await work.call(serverDetachInterface, { serverId, portId: id }, key)
    // One at a time: each is a change of the server, which must be at rest for the next.
    return true
  }
  for (const [index, one] of missing) {
    await work.call(serverAttachInterface, { serverId, ...one }, work.keyOf(row, `plug ${index}`))
    return true
  }
  return false
}

/** Which ports are what is wanted, and what of both is left over. */
export function matched(
  wanted: readonly WantedInterface[],
  ports: readonly Port[],
): { readonly missing: readonly (readonly [number, WantedInterface])[]; readonly left: Port[] } {
  let left = [...ports]
  let missing = wanted.map((one, index) => [index, one] as const)
  for (const fits of fitting) {
    missing = missing.filter(([, one]) => {
      const port = left.find((candidate) => fits(one, candidate))
      left = left.filter((candidate) => candidate !== port)
      return port === undefined
    })
  }
  return { missing, left }
}

const fitting: readonly ((one: WantedInterface, port: Port) => boolean)[] = [
  ({ portId }, { id }) => id === portId,
  ({ networkId, address }, port) =>
    port.networkId === networkId && port.fixedIps.some((fixed) => fixed.address === address),
  ({ subnetIds = [] }, port) =>
    subnetIds.length > 0 &&
    subnetIds.every((id) => port.fixedIps.some(({ subnetId }) => subnetId === id)),
  ({ networkId, address, subnetIds }, port) =>
    address === undefined && subnetIds === undefined && port.networkId === networkId,
]

/**
 * A replaced server lets go of the ports and addresses that its successor names.
 *
 * @returns true when it holds none of them.
 */
export async function vacateInterfaces(
  work: ResourceWork,
  before: Server,
  after: StackResource,
): Promise<boolean> {
  const named = (listOf(after.target ?? {}, 'networks') ?? []).flatMap((item) =>
    ['port', 'fixed_ip'].flatMap((key) => textOf(item as JsonMap, key) ?? []),
  )
  if (named.length === 0) return true
  const ports = (await loadServerPorts(work.kernel, [before.id])).get(before.id) ?? []
  const held = ports.filter(
    ({ id, fixedIps }) =>
      named.includes(id) || fixedIps.some(({ address }) => named.includes(address)),
  )
  const [port] = held.filter(({ unplugging }) => !unplugging)
  if (port) {
    const key = work.keyOf(after, `unplug ${port.id}`)
    await work.call(serverDetachInterface, { serverId: before.id, portId: port.id }, key)
  }
  return held.length === 0
}
