import {
  allocationKind,
  type GuestName,
  type GuestReport,
  type GuestTarget,
  type Hypervisor,
  type Server,
  serverKind,
  type SimulatedFleet,
  type Store,
} from '@nephos/core'
import { guestsOf } from './adopt-guests.ts'

type Options = Parameters<Hypervisor['observe']>[1]

/**
 * A simulated fleet that several processes share: each has its own, and takes up what the rows say
 * that the others did before it looks. Hosts that are there need nothing of the kind.
 */
export class FollowedFleet implements Hypervisor {
  readonly #fleet: SimulatedFleet
  readonly #store: Store

  constructor(fleet: SimulatedFleet, store: Store) {
    this.#fleet = fleet
    this.#store = store
  }

  apply(targets: readonly GuestTarget[], options?: Options): AsyncIterable<readonly GuestReport[]> {
    return this.#fleet.apply(targets, options)
  }

  async observe(hostIds: readonly string[], options?: Options): ReturnType<Hypervisor['observe']> {
    const keys = hostIds.map((id) => [id])
    const allocations = await this.#store.lookup(allocationKind, 'byHost', keys)
    await this.#follow(allocations.map(({ id }) => id))
    return this.#fleet.observe(hostIds, options)
  }

  async *readDisk(guest: GuestName, options?: Options): AsyncIterable<Uint8Array> {
    await this.#follow([guest.serverId])
    yield* this.#fleet.readDisk(guest, options)
  }

  async readConsole(
    guest: GuestName,
    options?: Parameters<Hypervisor['readConsole']>[1],
  ): Promise<string> {
    await this.#follow([guest.serverId])
    return this.#fleet.readConsole(guest, options)
  }

  close(): Promise<void> {
    return this.#fleet.close()
  }

  async #follow(serverIds: readonly string[]): Promise<void> {
    const rows = await this.#store.get(serverKind, serverIds)
    this.#fleet.adopt(guestsOf(rows.filter((row): row is Server => row !== undefined)))
  }
}
