import { CloudError } from '../../base/errors.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  type Port,
  portKind,
  type PortStatus,
  serverDeviceOwner,
} from '../../model/network/port.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { owns } from './access.ts'
import type { FixedIpInput } from './fields.ts'
import { PortAllocation, type PortFields } from './port-allocation.ts'
import { planAddressRelease, planPortRemoval } from './port-release.ts'
import { newestGeneration } from './port-target.ts'
import { type PortRequest, resolvePorts } from './port-template.ts'

/** One network interface that each server gets. Names either a network or an existing port. */
export interface ServerNetwork {
  readonly networkId?: string | undefined
  /** A port made before: for a single server only, and detached, not deleted, with it. */
  readonly portId?: string | undefined
  /** One address of each of these subnets, instead of one of each IP version. */
  readonly subnetIds?: readonly string[] | undefined
  /** As on a port. With an address: for a single server only. */
  readonly fixedIps?: readonly FixedIpInput[] | undefined
  /** Short for one of `fixedIps`. */
  readonly address?: string | undefined
  /** Instead of the request's. */
  readonly securityGroupIds?: readonly string[] | undefined
}

export interface ServerPortsInput {
  readonly projectId: string
  readonly servers: readonly string[]
  /** Fewest servers that the addresses must suffice for; all of them when absent. */
  readonly minimum?: number | undefined
  readonly networks: readonly ServerNetwork[]
  /**
   * Of every port made; the project's default group when absent. None on a network without port
   * security.
   */
  readonly securityGroupIds?: readonly string[] | undefined
  /** Generations that there were: the new one is greater. */
  readonly after?: number | undefined
}

/**
 * Ports for a batch of servers: read and set aside, not yet written. Ends with `settled` or
 * `release`.
 */
export interface ServerPortPlan {
  /** Servers that the addresses allow, at most those asked for. */
  readonly capacity: number
  /** Ports made for each server: what its project's quota is charged. */
  readonly portsPerServer: number
  /** Where the generations of the servers, and of their ports, begin. */
  readonly generation: number
  /** False: the servers will have no port at all. */
  readonly hasPorts: boolean
  /**
   * Writes ports, addresses, counters and quota of the first servers: at most `capacity`.
   *
   * @returns the ids of the ports that are made.
   */
  write(
    writes: Writes,
    servers: readonly {
      readonly id: string
      readonly hostId: string | null
      readonly projectId: string
    }[],
  ): readonly string[]
  /** The commit succeeded. */
  settled(): void
  /** Gives back what was set aside. Idempotent; does nothing after `settled`. */
  release(): void
}

/**
 * Plans N servers × M networks. Statements: a constant number per network, whatever N.
 *
 * @throws CloudError `addressesExhausted` with `detail.available` when they suffice for less than
 *   `minimum`; `invalid`, `notFound`, `conflict` with the field.
 */
export async function planServerPorts(
  call: Call,
  input: ServerPortsInput,
): Promise<ServerPortPlan> {
  const { kernel } = call
  const count = input.servers.length
  requireSingle(input)
  const existing = await existingPorts(call, input)
  const made = input.networks.flatMap((network, i) => requestOf(network, i, input) ?? [])
  const resolved = await resolvePorts(call, input.projectId, made)
  const asks = resolved.templates.map((template) => ({ template, count }))
  const allocation = await PortAllocation.make(kernel, resolved, asks)
  const capacities = asks.map((_, ask) => allocation.capacity(ask))
  const capacity = Math.min(count, ...capacities)
  if (capacity < (input.minimum ?? count)) {
    allocation.release()
    throw exhausted(capacity, count, made[capacities.indexOf(capacity)])
  }
  // The data plane knows a port of before by what its last server said: that must be older.
  const generation = 1 + Math.max(newestGeneration(existing), input.after ?? 0)
  return {
    capacity,
    portsPerServer: made.length,
    generation,
    hasPorts: input.networks.length > 0,
    write: (writes, servers) => {
      if (servers.length > capacity) {
        throw new CloudError('internal', 'More servers than addresses were written.')
      }
      const at = kernel.clock.now()
      const ports = servers.flatMap((server, i) => {
        const fields = serverPortFields(server.id, server.hostId, generation)
        return asks.map((_, ask) => ({ ask, port: allocation.port(ask, i, fields, at) }))
      })
      if (asks.length > 0) allocation.write(writes, ports)
      const [server] = servers
      if (server)
        writes.update(portKind, ...existing.map((port) => attached(port, server, generation, at)))
      return ports.map(({ port }) => port.id)
    },
    settled: () => allocation.settled(),
    release: () => allocation.release(),
  }
}

function exhausted(available: number, asked: number, request: PortRequest | undefined): CloudError {
  const field = `${request?.path ?? ''}networkId`
  return new CloudError(
    'addressesExhausted',
    `${field}: has addresses for ${available} of ${asked}.`,
    {
      field,
      limit: available,
      detail: { networkId: request?.networkId, available, asked },
    },
  )
}

/** @throws CloudError `invalid`: what can only be one server's is asked for several. */
function requireSingle(input: ServerPortsInput): void {
  for (const [index, network] of input.networks.entries()) {
    const path = `networks[${index}]`
    const { networkId, portId, address, fixedIps, subnetIds } = network
    if ((networkId === undefined) === (portId === undefined)) {
      throw new CloudError('invalid', `${path}: names either a networkId or a portId.`, {
        field: path,
      })
    }
    const shapes = [address, fixedIps, subnetIds].filter((shape) => shape !== undefined)
    if (shapes.length > (portId === undefined ? 1 : 0)) {
      throw new CloudError('invalid', `${path}: says twice which addresses it wants.`, {
        field: path,
      })
    }
    const chosen = address ?? fixedIps?.find((fixed) => fixed.address !== undefined)?.address
    const single = portId ?? chosen
    if (single === undefined || input.servers.length === 1) continue
    const field = `${path}.${portId === undefined ? 'address' : 'portId'}`
    throw new CloudError('invalid', `${field}: is for a single server.`, { field, limit: 1 })
  }
}

function requestOf(
  network: ServerNetwork,
  index: number,
  input: ServerPortsInput,
): PortRequest | undefined {
  if (network.networkId === undefined) return undefined
  const { address, subnetIds } = network
  return {
    path: `networks[${index}].`,
    networkId: network.networkId,
    deviceOwner: serverDeviceOwner,
    fixedIps:
      address === undefined
        ? (network.fixedIps ?? subnetIds?.map((subnetId) => ({ subnetId })))
        : [{ address }],
    securityGroupIds: network.securityGroupIds ?? input.securityGroupIds,
  }
}

/** Ports made before: the project's own, and free. */
async function existingPorts(call: Call, input: ServerPortsInput): Promise<Port[]> {
  const wanted = input.networks.flatMap(({ portId }, index) => {
    return portId === undefined ? [] : [{ portId, field: `networks[${index}].portId` }]
  })
  if (wanted.length === 0) return []
  const ports = await call.kernel.store.get(
    portKind,
    wanted.map(({ portId }) => portId),
  )
  return wanted.map(({ portId, field }, index) => {
    const port = ports[index]
    if (!port || port.projectId !== input.projectId || !owns(call, port))
      throw notFound('port', field)
    const twice = wanted.findIndex((other) => other.portId === portId) < index
    if (port.deviceId !== null || twice) {
      throw new CloudError('conflict', `${field}: the port is in use.`, { field })
    }
    return port
  })
}

function serverPortFields(deviceId: string, hostId: string | null, generation: number): PortFields {
  return {
    name: '',
    description: '',
    tags: [],
    adminStateUp: true,
    deviceId,
    deviceOwner: serverDeviceOwner,
    hostId,
    status: 'BUILD',
    deleteWithDevice: true,
    generation,
  }
}

function attached(
  port: Port,
  server: { id: string; hostId: string | null },
  generation: number,
  at: number,
): Port {
  const fields = serverPortFields(server.id, server.hostId, generation)
  const { deviceId, deviceOwner, hostId, status } = fields
  return { ...port, deviceId, deviceOwner, hostId, status, generation, updatedAt: at }
}

/**
 * The ports of servers, in the order they were made. Servers without ports are absent. One
 * statement.
 */
export async function loadServerPorts(
  kernel: Kernel,
  serverIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Port[]>> {
  const byServer = new Map<string, Port[]>()
  if (serverIds.length === 0) return byServer
  const ports = await kernel.store.lookup(
    portKind,
    'byDevice',
    serverIds.map((id) => [id]),
  )
  for (const port of ports.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const list = byServer.get(port.deviceId as string)
    if (list) list.push(port)
    else byServer.set(port.deviceId as string, [port])
  }
  return byServer
}

/**
 * Writes the end of servers' ports: those made for a server are deleted and their addresses
 * released; those a user made are detached and keep theirs. They must be unplugged. A constant
 * number of statements.
 */
export async function removeServerPorts(
  kernel: Kernel,
  writes: Writes,
  ports: readonly Port[],
  servers: readonly { readonly id: string; readonly generation: number }[],
): Promise<void> {
  const at = kernel.clock.now()
  const generations = new Map(servers.map(({ id, generation }) => [id, generation]))
  const kept = ports.filter((port) => !port.deleteWithDevice)
  const detached = { deviceId: null, deviceOwner: '', hostId: null, status: 'DOWN' as const }
  for (const { leaving: _, unplugging: __, ...port } of kept) {
    const generation = generations.get(port.deviceId as string) ?? port.generation ?? 0
    writes.update(portKind, { ...port, ...detached, generation, updatedAt: at })
  }
  await planAddressRelease(
    kernel,
    writes,
    kept.map(({ id, leaving = [] }) => ({ id, fixedIps: leaving })),
  )
  await planPortRemoval(
    kernel,
    writes,
    ports.filter((port) => port.deleteWithDevice),
  )
}

/** Writes a new status or host of ports; those that have it already are left alone. */
export function markPorts(
  writes: Writes,
  ports: readonly Port[],
  state: { readonly status?: PortStatus; readonly hostId?: string | null },
): void {
  const changed = ports.filter((port) => {
    const status = state.status ?? port.status
    const hostId = state.hostId === undefined ? port.hostId : state.hostId
    return status !== port.status || hostId !== port.hostId
  })
  writes.update(portKind, ...changed.map((port) => ({ ...port, ...state })))
}
