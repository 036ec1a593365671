import { addressKey, type IpAddress, parseAddress, parseAddressKey } from '../../base/cidr.ts'
import { defineKind, type Draft, type Stored } from '../kind.ts'

/**
 * One address of one subnet that is, or was, held. Its id is `subnetId/key` with the address as
 * fixed-width hex, so the store itself refuses a second holder, and rows of a subnet lie in address
 * order. Batches write hundreds of these: the id says which address it is, `portId` whether it is
 * held, `turn` all that finding the next one needs.
 */
export interface Address extends Stored {
  /** Holder: a port or a floating IP; null = free for reuse. */
  readonly portId: string | null
  /**
   * `subnetId/` and then `f` + time + origin for a free row (so rows sort oldest first), or the
   * origin of a held one.
   */
  readonly turn: string
}

/**
 * How the address was chosen: `s` in sequence (the greatest such row is the high-water mark), `h`
 * by hand within the allocation pools, `o` outside of them or derived from a MAC (removed on
 * release, never handed out again by itself).
 */
export type AddressOrigin = 's' | 'h' | 'o'

export const addressKind = defineKind<Address>('address', {
  byTurn: { fields: ['turn'] },
})

/** Digits of a time in milliseconds: good until the year 33658. */
const timeDigits = 15

export function addressId(subnetId: string, address: IpAddress): string {
  return `${subnetId}/${addressKey(address)}`
}

/** The row's id for a fixed IP of a port. The text must be an address. */
export function fixedIpId(fixedIp: {
  readonly subnetId: string
  readonly address: string
}): string {
  return addressId(fixedIp.subnetId, parseAddress(fixedIp.address) as IpAddress)
}

export function addressOf(row: Pick<Address, 'id'>): { subnetId: string; address: IpAddress } {
  const subnetId = subnetIdOf(row)
  return { subnetId, address: parseAddressKey(row.id.slice(subnetId.length + 1)) }
}

/** As `addressOf`, where the address itself does not matter. */
export function subnetIdOf({ id }: Pick<Address, 'id'>): string {
  return id.slice(0, id.lastIndexOf('/'))
}

export function originOf(row: Pick<Address, 'turn'>): AddressOrigin {
  return row.turn.at(-1) as AddressOrigin
}

export function heldTurn(subnetId: string, origin: AddressOrigin): string {
  return `${subnetId}/${origin}`
}

/** Bounds of a subnet's free rows in `byTurn`, oldest first: from inclusive, to exclusive. */
export function freeTurns(subnetId: string): { readonly from: string; readonly to: string } {
  return { from: `${subnetId}/f`, to: `${subnetId}/g` }
}

export function heldAddress(
  subnetId: string,
  address: IpAddress,
  origin: AddressOrigin,
  portId: string,
): Draft<Address> {
  return { id: addressId(subnetId, address), portId, turn: heldTurn(subnetId, origin) }
}

/** The row after its holder let go at this time. */
export function freedAddress(row: Address, at: number): Address {
  const { subnetId } = addressOf(row)
  const time = String(Math.max(0, Math.floor(at))).padStart(timeDigits, '0')
  return { ...row, portId: null, turn: `${subnetId}/f${time}${originOf(row)}` }
}

/** A row for an address that nobody holds, free since this time. */
export function unheldAddress(id: string, at: number): Draft<Address> {
  const { subnetId, address } = addressOf({ id })
  const held = heldAddress(subnetId, address, 'h', '')
  const { rev: _, ...free } = freedAddress({ ...held, rev: 0 }, at)
  return free
}
