import { Writes } from '../src/commit/writes.ts'
import type { Kernel } from '../src/kernel.ts'
import { type Port, portKind } from '../src/model/network/port.ts'
import type { Subnet } from '../src/model/network/subnet.ts'
import type { Store } from '../src/ports/store.ts'
import type { VirtualClock } from '../src/reference/virtual-clock.ts'
import type { AddressLease } from '../src/services/network/address-lease.ts'
import { countPorts } from '../src/services/network/port-allocation.ts'
import { planPortRemoval } from '../src/services/network/port-release.ts'
import { networkKernel, newNetwork, openProject } from './network-kernel.ts'

/** A subnet of project p1, whose ports need no security group. */
export async function subnetOf(
  cidr: string,
  overStore: (store: Store) => Store = (store) => store,
): Promise<{ kernel: Kernel; subnet: Subnet; clock: VirtualClock }> {
  const { kernel, clock } = await networkKernel({ overStore })
  await openProject(kernel, 'p1')
  const { subnets } = await newNetwork(kernel, [cidr], { portSecurity: false })
  return { kernel, subnet: subnets[0] as Subnet, clock }
}

/** The store's methods as an object of their own, to replace some of them. */
export function boundStore(store: Store): Store {
  return {
    capabilities: store.capabilities,
    get stats() {
      return store.stats
    },
    open: (kinds) => store.open(kinds),
    get: (kind, ids) => store.get(kind, ids),
    query: (kind, query) => store.query(kind, query),
    count: (kind, query) => store.count(kind, query),
    lookup: (kind, index, keys) => store.lookup(kind, index, keys),
    counters: (scopes) => store.counters(scopes),
    scan: (prefix, page) => store.scan(prefix, page),
    transact: (batches) => store.transact(batches),
    changes: (after, limit) => store.changes(after, limit),
    trim: (upTo) => store.trim(upTo),
    close: () => store.close(),
  }
}

/** Answers of reads arrive a turn of the event loop after they were true. */
export function slowReads(store: Store): Store {
  const late = async <T>(answer: Promise<T>): Promise<T> => {
    const value = await answer
    await new Promise((resolve) => setImmediate(resolve))
    return value
  }
  return {
    ...boundStore(store),
    get: (kind, ids) => late(store.get(kind, ids)),
    query: (kind, query) => late(store.query(kind, query)),
    lookup: (kind, index, keys) => late(store.lookup(kind, index, keys)),
    counters: (scopes) => late(store.counters(scopes)),
  }
}

/** Commits a port for each address of a lease. */
export async function hold(kernel: Kernel, subnet: Subnet, lease: AddressLease): Promise<Port[]> {
  const writes = new Writes()
  const ports = lease.addresses.map((address, index): Port => {
    const id = kernel.ids.next()
    lease.assign(index, id)
    return portRow(
      id,
      subnet,
      address,
      `02:${id.slice(-14, -12)}:${id.slice(-8).match(/../g)?.join(':')}`,
    )
  })
  for (const { rev: _, ...port } of ports) {
    writes.insert(portKind, port)
    countPorts(writes, port, 'p1', 1)
  }
  lease.write(writes)
  try {
    await kernel.committer.commit(writes)
  } catch (error) {
    lease.release()
    throw error
  }
  lease.settled()
  return ports
}

function portRow(id: string, subnet: Subnet, address: string, mac: string): Port {
  return {
    id,
    rev: 1,
    projectId: 'p1',
    networkId: subnet.networkId,
    name: '',
    description: '',
    mac,
    fixedIps: [{ subnetId: subnet.id, address }],
    securityGroupIds: [],
    deviceId: null,
    deviceOwner: '',
    hostId: null,
    status: 'DOWN',
    adminStateUp: true,
    portSecurity: false,
    allowedAddressPairs: [],
    deleteWithDevice: false,
    tags: [],
    createdAt: 0,
    updatedAt: 0,
  }
}

/** Deletes ports. */
export async function drop(kernel: Kernel, ports: readonly Port[]): Promise<void> {
  const writes = new Writes()
  await planPortRemoval(kernel, writes, ports)
  await kernel.committer.commit(writes)
}

/** Takes and holds the next addresses. */
export async function take(kernel: Kernel, subnet: Subnet, count: number): Promise<Port[]> {
  return hold(kernel, subnet, await kernel.addresses.take(subnet, count))
}

/** The addresses of ports, in their order. */
export const addressesOf = (ports: readonly Port[]): string[] =>
  ports.flatMap((port) => port.fixedIps.map((one) => one.address))
