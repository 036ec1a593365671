import type {
  GuestTarget,
  NetworkObject,
  Ports,
  PortTarget,
  ShareTarget,
  StorageTarget,
} from '@nephos/core'

/** Something was ordered of a host, of the network or of storage, newest and what. */
interface Order {
  readonly subject: string
  readonly text: string
}

/**
 * Orders that have reached the hosts, the network and storage. Hosts remember what they were told
 * of guests that are gone, and show it to nobody; what has been told tells it.
 */
export class Orders {
  /** Sent by each life and not yet there, oldest first. */
  readonly #sent = new Map<string, Order[][]>()
  readonly #arrived = new Map<string, Set<string>>()
  #version = 0

  /** What was ordered, by subject. */
  get arrived(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#arrived
  }

  /** Grows with every arrival. */
  get version(): number {
    return this.#version
  }

  /** Listens to what a process sends. */
  wrap(ports: Ports, process: string): Ports {
    // A new life: what the one before had sent is decided.
    this.#sent.set(process, [])
    const { hypervisor, network, volumes, shares } = ports
    return {
      ...ports,
      hypervisor: {
        apply: (targets, options) => {
          this.#send(process, targets.map(guestOrder))
          return hypervisor.apply(targets, options)
        },
        observe: (hostIds, options) => hypervisor.observe(hostIds, options),
        readDisk: (guest, options) => hypervisor.readDisk(guest, options),
        readConsole: (guest, options) => hypervisor.readConsole(guest, options),
        close: () => hypervisor.close(),
      },
      network: {
        apply: (targets, options) => {
          this.#send(process, targets.map(portOrder))
          return network.apply(targets, options)
        },
        configure: (targets, options) => {
          this.#send(process, targets.map(objectOrder))
          return network.configure(targets, options)
        },
        close: () => network.close(),
      },
      volumes: {
        apply: (targets, options) => {
          this.#send(process, targets.map(storageOrder))
          return volumes.apply(targets, options)
        },
        unmanaged: (pool, options) => volumes.unmanaged(pool, options),
        read: (volumeId, options) => volumes.read(volumeId, options),
        close: () => volumes.close(),
      },
      shares: {
        apply: (targets, options) => {
          this.#send(process, targets.map(shareOrder))
          return shares.apply(targets, options)
        },
        close: () => shares.close(),
      },
    }
  }

  /** The oldest call of this process has arrived. */
  arrive(process: string): void {
    this.#version++
    for (const { subject, text } of this.#sent.get(process)?.shift() ?? []) {
      const known = this.#arrived.get(subject) ?? new Set<string>()
      this.#arrived.set(subject, known.add(text))
    }
  }

  /** The oldest call of this process will never arrive. */
  lose(process: string): void {
    this.#sent.get(process)?.shift()
  }

  /** A process died: all it had sent arrives. */
  arriveAll(process: string): void {
    while ((this.#sent.get(process)?.length ?? 0) > 0) this.arrive(process)
  }

  #send(process: string, orders: Order[]): void {
    this.#sent.get(process)?.push(orders)
  }
}

function guestOrder({ serverId, hostId, generation, power, boots, builds }: GuestTarget): Order {
  const text = `${generation} ${power} ${boots.count} ${builds}`
  return { subject: `guest ${serverId} ${hostId}`, text }
}

function portOrder({ portId, hostId, revision }: PortTarget): Order {
  return { subject: `port ${portId}`, text: `${revision} ${hostId ?? 'none'}` }
}

function objectOrder({ config, id, revision, type }: NetworkObject): Order {
  return { subject: `${type} ${id}`, text: `${revision} ${config ? 'there' : 'none'}` }
}

function storageOrder({ type, id, generation, present }: StorageTarget): Order {
  return { subject: `${type} ${id}`, text: `${generation} ${present ? 'there' : 'none'}` }
}

function shareOrder({ shareId, generation, present }: ShareTarget): Order {
  return { subject: `share ${shareId}`, text: `${generation} ${present ? 'there' : 'none'}` }
}
