import { CloudError } from '../../base/errors.ts'
import { type IpRange, inRange, printAddress } from '../../base/cidr.ts'
import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import { type Address, addressId, addressKind, addressOf } from '../../model/network/address.ts'
import type { Subnet } from '../../model/network/subnet.ts'
import { poolRanges } from './subnet-rules.ts'

/** Rows looked at, at most, when pools shrink. */
const looks = 100

/**
 * Pools may give up only addresses that nobody holds: the counter of the pools then stays what it
 * says.
 *
 * @throws CloudError `conflict` with a held address; `tooLarge` when too many rows would have to be
 *   looked at.
 */
export async function requireUnheld(kernel: Kernel, before: Subnet, after: Subnet): Promise<void> {
  const kept = poolRanges(after)
  const given = poolRanges(before).flatMap((range) => withoutRanges(range, kept))
  let left = looks
  for (const range of given) {
    const id = (value: bigint): string => addressId(before.id, { version: before.version, value })
    let last: Address | undefined
    do {
      if (left-- === 0) {
        throw new CloudError('tooLarge', 'allocationPools: give up too many addresses at once.', {
          field: 'allocationPools',
          limit: looks * limits.pageRows,
        })
      }
      const rows: Address[] = await kernel.store.query(addressKind, {
        from: id(range.first),
        to: `${id(range.last)}/`,
        limit: limits.pageRows,
        ...(last && { after: last }),
      })
      const held = rows.find((row) => row.portId !== null)
      if (held) throw heldError(held)
      last = rows.length < limits.pageRows ? undefined : rows.at(-1)
    } while (last)
  }
}

function heldError(row: Address): CloudError {
  const address = printAddress(addressOf(row).address)
  return new CloudError(
    'conflict',
    `allocationPools: would give up ${address}, which a port holds.`,
    {
      field: 'allocationPools',
      detail: { address },
    },
  )
}

/** What of a range lies in none of the others (in order, disjoint). */
export function withoutRanges(range: IpRange, others: readonly IpRange[]): IpRange[] {
  const rest: IpRange[] = []
  let first = range.first
  for (const other of others) {
    if (other.last < first || other.first > range.last) continue
    if (other.first > first) rest.push({ first, last: other.first - 1n })
    first = other.last + 1n
  }
  if (first <= range.last) rest.push({ first, last: range.last })
  return rest.filter((part) => inRange(range, part.first))
}
