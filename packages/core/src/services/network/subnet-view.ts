import { type IpAddress, type IpRange, inRange, type IpVersion } from '../../base/cidr.ts'
import {
  type Address,
  addressId,
  addressKind,
  addressOf,
  freeTurns,
  heldTurn,
  originOf,
} from '../../model/network/address.ts'
import type { Subnet } from '../../model/network/subnet.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Store } from '../../ports/store.ts'
import type { AddressSlot, LeaseOwner } from './address-lease.ts'
import { subnetScope } from './counters.ts'
import { Ranges } from './ranges.ts'
import { poolRanges } from './subnet-rules.ts'

/** Rows of one look at what exists ahead: bounds a view's memory. */
const gapRows = 512
/** Free rows fetched at once beyond what is needed now. */
const freeAhead = 128
/** Looks at the store in one take: at most 32,768 rows. */
const looksPerTake = 64
/**
 * A release is seen by readers at most so long after it was planned; until then "none free" is not
 * believed.
 */
const releaseWindowMs = 10_000

/**
 * What this process believes to be free in one subnet: released addresses, oldest first, and then
 * addresses never used, in order. Both are read lazily, and the commit guards them again: a wrong
 * belief costs a retry.
 */
export class SubnetView implements LeaseOwner {
  readonly #subnetId: string
  readonly #version: IpVersion
  readonly #store: Store
  readonly #clock: Clock
  #pools: readonly IpRange[]
  /** Set aside by leases that are still open. */
  readonly #leased = new Set<bigint>()
  /** Leases that ended while a read was under way, which may not have seen it. */
  readonly #late = new Set<bigint>()
  #reading = false
  /** Never-used addresses that leases gave back. */
  #returned: bigint[] = []
  readonly #gaps = new Ranges()
  /** Where the next look ahead starts; undefined: behind the high-water mark. */
  #cursor: bigint | undefined
  /** Everything up to the end of the pools has been looked at. */
  #ended = false
  #free: Address[] = []
  /** The store had no more free rows when last asked. */
  #dry = false
  #releasedAt = Number.NEGATIVE_INFINITY
  #waiting = 0
  #queue: Promise<unknown> = Promise.resolve()

  constructor(subnet: Subnet, ports: { readonly store: Store; readonly clock: Clock }) {
    this.#subnetId = subnet.id
    this.#version = subnet.version
    this.#store = ports.store
    this.#clock = ports.clock
    this.#pools = poolRanges(subnet)
  }

  /** True while leases are open or takers wait: the view must not be forgotten. */
  get busy(): boolean {
    return this.#leased.size > 0 || this.#waiting > 0
  }

  /** The subnet as just read: other pools start the view again. */
  refresh(subnet: Subnet): void {
    const pools = poolRanges(subnet)
    const same =
      pools.length === this.#pools.length &&
      pools.every(
        (pool, i) => pool.first === this.#pools[i]?.first && pool.last === this.#pools[i]?.last,
      )
    if (same) return
    this.#pools = pools
    this.#forget()
  }

  /** Sets aside up to `count` addresses: as many as there are. */
  take(count: number): Promise<AddressSlot[]> {
    return this.#inTurn(async () => {
      const slots: AddressSlot[] = []
      await this.#takeFree(slots, count)
      const looks = await this.#takeFresh(slots, count, looksPerTake)
      if (slots.length < count && this.#ended && (await this.#spare()) > slots.length) {
        // The counter knows of more: passed over, or released by another process.
        this.#dry = false
        await this.#takeFree(slots, count)
        if (slots.length < count) this.#restart()
        await this.#takeFresh(slots, count, looks)
      }
      return slots
    })
  }

  /**
   * Sets aside addresses wanted by hand.
   *
   * @returns the slots, or the first address that somebody has.
   */
  claim(addresses: readonly IpAddress[]): Promise<{ slots: AddressSlot[] } | { taken: IpAddress }> {
    const ids = addresses.map((address) => addressId(this.#subnetId, address))
    return this.#inTurn(async () => {
      for (;;) {
        const result = await this.#read(
          () => this.#store.get(addressKind, ids),
          (rows) => this.#claimRows(addresses, rows),
        )
        if (result) return result
      }
    })
  }

  /** @returns undefined when a lease ended during the read, which may have missed it. */
  #claimRows(
    addresses: readonly IpAddress[],
    rows: readonly (Address | undefined)[],
  ): { slots: AddressSlot[] } | { taken: IpAddress } | undefined {
    const slots: AddressSlot[] = []
    for (const [index, address] of addresses.entries()) {
      if (this.#late.has(address.value)) return undefined
      const row = rows[index]
      const held = row !== undefined && row.portId !== null
      if (held || this.#leased.has(address.value)) return { taken: address }
      const origin = this.#inPools(address.value) ? 'h' : 'o'
      slots.push(row ? { address, origin, row } : { address, origin })
    }
    this.#setAside(slots)
    return { slots }
  }

  /** Addresses are being released: there will be free rows again. */
  freed(): void {
    this.#dry = false
    this.#releasedAt = this.#clock.now()
  }

  keep(slots: readonly AddressSlot[]): void {
    this.#end(slots)
  }

  giveBack(slots: readonly AddressSlot[], lost: boolean): void {
    this.#end(slots)
    if (lost) return this.#forget()
    for (const { address, origin, row } of slots.toReversed()) {
      if (row) this.#free.unshift(row)
      else if (origin === 's') this.#returned.push(address.value)
    }
  }

  #setAside(slots: readonly AddressSlot[]): void {
    const keys = new Set(slots.map((slot) => slot.address.value))
    for (const key of keys) {
      this.#leased.add(key)
      this.#gaps.remove(key)
    }
    this.#free = this.#free.filter((row) => !keys.has(addressOf(row).address.value))
    this.#returned = this.#returned.filter((key) => !keys.has(key))
  }

  #end(slots: readonly AddressSlot[]): void {
    for (const { address } of slots) {
      this.#leased.delete(address.value)
      if (this.#reading) this.#late.add(address.value)
    }
  }

  /** Starts again from the store. */
  #forget(): void {
    this.#restart()
    this.#cursor = undefined
    this.#ended = false
    this.#free = []
    this.#dry = false
  }

  /** Looks at the whole pools again, from their start. */
  #restart(): void {
    this.#returned = []
    this.#gaps.clear()
    this.#cursor = this.#pools[0]?.first
    this.#ended = false
  }

  async #takeFree(slots: AddressSlot[], count: number): Promise<void> {
    this.#pickFree(slots, count)
    if (slots.length >= count || this.#dry) return
    await this.#readFree(count - slots.length)
    this.#pickFree(slots, count)
  }

  #pickFree(slots: AddressSlot[], count: number): void {
    let used = 0
    for (const row of this.#free) {
      if (slots.length >= count) break
      used++
      const { address } = addressOf(row)
      if (!this.#inPools(address.value)) continue
      this.#leased.add(address.value)
      slots.push({ address, origin: originOf(row), row })
    }
    this.#free.splice(0, used)
  }

  async #readFree(needed: number): Promise<void> {
    const limit = needed + freeAhead + this.#leased.size
    const query = { index: 'byTurn', ...freeTurns(this.#subnetId), limit }
    const quiet = this.#clock.now() - this.#releasedAt > releaseWindowMs
    let after: Address | undefined
    for (let looks = 0; looks < looksPerTake && this.#free.length < needed; looks++) {
      const count = await this.#read(
        () => this.#store.query(addressKind, { ...query, ...(after && { after }) }),
        (rows) => {
          after = rows.at(-1)
          this.#free.push(...rows.filter((row) => this.#usable(addressOf(row).address.value)))
          return rows.length
        },
      )
      this.#dry = count < limit && quiet
      if (count < limit) return
    }
  }

  #usable(key: bigint): boolean {
    return this.#inPools(key) && !this.#leased.has(key) && !this.#late.has(key)
  }

  /** @returns the looks left. */
  async #takeFresh(slots: AddressSlot[], count: number, looks: number): Promise<number> {
    for (let left = looks; ; left--) {
      this.#pickFresh(slots, count)
      if (slots.length >= count || this.#ended || left === 0) return left
      await this.#readGaps()
    }
  }

  #pickFresh(slots: AddressSlot[], count: number): void {
    while (slots.length < count) {
      const value = this.#returned.pop() ?? this.#gaps.shift()
      if (value === undefined) return
      if (this.#leased.has(value) || !this.#inPools(value)) continue
      this.#leased.add(value)
      slots.push({ address: { version: this.#version, value }, origin: 's' })
    }
  }

  /** One look at which addresses exist ahead: those between them were never used. */
  async #readGaps(): Promise<void> {
    const end = this.#pools.at(-1)?.last
    if (end === undefined) {
      this.#ended = true
      return
    }
    const id = (value: bigint): string =>
      addressId(this.#subnetId, { version: this.#version, value })
    let first = 0n
    await this.#read(
      async () => {
        first = this.#cursor ?? (await this.#highWater())
        if (first > end) return []
        const bounds = { from: id(first), to: `${id(end)}/` }
        return this.#store.query(addressKind, { ...bounds, limit: gapRows })
      },
      (rows) => {
        const existing = rows.map((row) => addressOf(row).address.value)
        const last = rows.length < gapRows ? end : (existing.at(-1) as bigint)
        const except = [...existing, ...this.#leased, ...this.#late].sort((a, b) =>
          a < b ? -1 : 1,
        )
        for (const pool of this.#pools) {
          const part = {
            first: pool.first > first ? pool.first : first,
            last: pool.last < last ? pool.last : last,
          }
          if (part.first <= part.last) this.#gaps.append(part, except)
        }
        this.#cursor = last + 1n
        this.#ended = last === end
      },
    )
  }

  /** The address behind the last one taken in sequence. */
  async #highWater(): Promise<bigint> {
    const equals = [heldTurn(this.#subnetId, 's')]
    const query = { index: 'byTurn', equals, reverse: true, limit: 1 }
    const [row] = await this.#store.query(addressKind, query)
    return row ? addressOf(row).address.value + 1n : (this.#pools[0]?.first ?? 0n)
  }

  /** Addresses that the subnet's counter still allows. */
  async #spare(): Promise<number> {
    const counters = await this.#store.counters([subnetScope(this.#subnetId)])
    const counter = counters.find((one) => one.name === 'addresses')
    return counter ? counter.limit - counter.value : 0
  }

  #inPools(key: bigint): boolean {
    return this.#pools.some((pool) => inRange(pool, key))
  }

  async #read<T, R>(load: () => Promise<T>, use: (loaded: T) => R): Promise<R> {
    this.#late.clear()
    this.#reading = true
    try {
      return use(await load())
    } finally {
      this.#reading = false
    }
  }

  /** One at a time: two takers never read and pick between each other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting++
    const result = this.#queue.then(work).finally(() => this.#waiting--)
    this.#queue = result.catch(() => undefined)
    return result
  }
}
