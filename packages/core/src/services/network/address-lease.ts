import { CloudError } from '../../base/errors.ts'
import { type IpAddress, printAddress } from '../../base/cidr.ts'
import type { Writes } from '../../commit/writes.ts'
import {
  type Address,
  type AddressOrigin,
  addressKind,
  heldAddress,
  heldTurn,
} from '../../model/network/address.ts'
import { subnetScope } from './counters.ts'

/** One address set aside for one request. */
export interface AddressSlot {
  readonly address: IpAddress
  readonly origin: AddressOrigin
  /** The free row to take over; absent when none was ever written for it. */
  readonly row?: Address
}

/** What a lease tells the pool it came from. */
export interface LeaseOwner {
  /** These became rows. */
  keep(slots: readonly AddressSlot[]): void
  /**
   * These were not used. `lost`: a commit that wanted them failed, so what is known may be out of
   * date.
   */
  giveBack(slots: readonly AddressSlot[], lost: boolean): void
}

/**
 * Addresses of one subnet, set aside for one request in this process. Give each used one its port,
 * write, commit, and then tell `settled` or `release`. Both are idempotent, and the first of them
 * counts.
 */
export class AddressLease {
  readonly subnetId: string
  /** Canonical texts. */
  readonly addresses: readonly string[]
  readonly #slots: readonly AddressSlot[]
  readonly #holders: (string | undefined)[]
  readonly #owner: LeaseOwner
  #written = false
  #done = false

  constructor(subnetId: string, slots: readonly AddressSlot[], owner: LeaseOwner) {
    this.subnetId = subnetId
    this.#slots = slots
    this.#holders = slots.map(() => undefined)
    this.#owner = owner
    this.addresses = slots.map((slot) => printAddress(slot.address))
  }

  /** The port that will hold address number `index`. */
  assign(index: number, portId: string): void {
    if (index >= this.#slots.length || this.#holders[index] !== undefined || this.#done) {
      throw new CloudError('internal', 'An address was assigned twice, or after its lease ended.')
    }
    this.#holders[index] = portId
  }

  /** Writes the assigned ones, and charges the subnet's counters with them. */
  write(writes: Writes): void {
    this.#written = true
    const count = { addresses: 0, outside: 0 }
    for (const [index, slot] of this.#slots.entries()) {
      const portId = this.#holders[index]
      if (portId === undefined) continue
      count[slot.origin === 'o' ? 'outside' : 'addresses']++
      const turn = heldTurn(this.subnetId, slot.origin)
      if (slot.row) writes.update(addressKind, { ...slot.row, portId, turn })
      else writes.insert(addressKind, heldAddress(this.subnetId, slot.address, slot.origin, portId))
    }
    const scope = subnetScope(this.subnetId)
    for (const name of ['addresses', 'outside'] as const) {
      if (count[name] > 0) writes.add({ scope, name, add: count[name] })
    }
  }

  /** The commit succeeded: what was assigned stays, the rest goes back. */
  settled(): void {
    if (this.#done) return
    this.#done = true
    this.#owner.keep(this.#slots.filter((_, index) => this.#holders[index] !== undefined))
    const unused = this.#slots.filter((_, index) => this.#holders[index] === undefined)
    this.#owner.giveBack(unused, false)
  }

  /** Nothing was committed, or that is not known: everything goes back. */
  release(): void {
    if (this.#done) return
    this.#done = true
    this.#owner.giveBack(this.#slots, this.#written)
  }
}
