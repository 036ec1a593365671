import { CloudError } from '../../base/errors.ts'
import {
  type Cidr,
  contains,
  hostRange,
  inRange,
  type IpAddress,
  parseAddress,
  parseCidr,
} from '../../base/cidr.ts'
import type { Committer } from '../../commit/committer.ts'
import type { Subnet } from '../../model/network/subnet.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Random } from '../../ports/random.ts'
import type { Store } from '../../ports/store.ts'
import { AddressLease } from './address-lease.ts'
import { MacBlocks } from './mac-blocks.ts'
import { SubnetView } from './subnet-view.ts'

/** Subnets remembered at once; one forgotten costs three reads when it is asked again. */
const viewsKept = 512

/**
 * Free addresses as this process knows them. A take of any number is a constant number of reads,
 * none while what is remembered suffices; concurrent takers never get the same address; the commit
 * guards each again by its row.
 */
export class AddressPools {
  readonly macs: MacBlocks
  readonly #ports: { readonly store: Store; readonly clock: Clock }
  readonly #views = new Map<string, SubnetView>()

  constructor(ports: {
    readonly store: Store
    readonly committer: Committer
    readonly clock: Clock
    readonly random: Random
  }) {
    this.#ports = ports
    this.macs = new MacBlocks(ports)
  }

  /** Leases up to `count` free addresses of the pools: fewer only if there are no more. */
  async takeUpTo(subnet: Subnet, count: number): Promise<AddressLease> {
    const view = this.#viewOf(subnet)
    return new AddressLease(subnet.id, await view.take(count), view)
  }

  /**
   * Leases exactly `count` free addresses of the pools.
   *
   * @throws CloudError `addressesExhausted` with `detail.available`.
   */
  async take(subnet: Subnet, count: number): Promise<AddressLease> {
    const lease = await this.takeUpTo(subnet, count)
    const available = lease.addresses.length
    if (available === count) return lease
    lease.release()
    throw new CloudError(
      'addressesExhausted',
      `The subnet has ${available} of ${count} addresses.`,
      {
        field: 'subnetId',
        limit: available,
        detail: { subnetId: subnet.id, available, asked: count },
      },
    )
  }

  /**
   * Leases these addresses, wherever in the subnet's CIDR they are.
   *
   * @throws CloudError `invalid` if one is outside of the CIDR or no host address, `conflict` if
   *   one is held.
   */
  async claim(subnet: Subnet, addresses: readonly string[], field: string): Promise<AddressLease> {
    const parsed = addresses.map((address) => requireHostAddress(subnet, address, field))
    const view = this.#viewOf(subnet)
    const result = await view.claim(parsed)
    if ('slots' in result) return new AddressLease(subnet.id, result.slots, view)
    const at = parsed.indexOf(result.taken)
    throw new CloudError('conflict', `The address ${addresses[at]} is in use.`, { field })
  }

  /** Hint: addresses of these subnets are being released. */
  freed(subnetIds: Iterable<string>): void {
    for (const id of subnetIds) this.#views.get(id)?.freed()
  }

  /** Subnets remembered now. */
  get size(): number {
    return this.#views.size
  }

  #viewOf(subnet: Subnet): SubnetView {
    let view = this.#views.get(subnet.id)
    this.#views.delete(subnet.id)
    view ??= new SubnetView(subnet, this.#ports)
    view.refresh(subnet)
    this.#views.set(subnet.id, view)
    if (this.#views.size > viewsKept) this.#forgetOldest()
    return view
  }

  #forgetOldest(): void {
    for (const [id, view] of this.#views) {
      if (view.busy) continue
      this.#views.delete(id)
      if (this.#views.size <= viewsKept) return
    }
  }
}

/** @throws CloudError `invalid`. */
function requireHostAddress(subnet: Subnet, text: string, field: string): IpAddress {
  const cidr = parseCidr(subnet.cidr) as Cidr
  const address = parseAddress(text)
  if (address && contains(cidr, address) && inRange(hostRange(cidr), address.value)) return address
  throw new CloudError('invalid', `${field}: is not a host address of ${subnet.cidr}.`, {
    field,
    limit: subnet.cidr,
  })
}
