import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Address, addressKind, addressOf } from '../../model/network/address.ts'
import { subnetKind } from '../../model/network/subnet.ts'

/** Subnets looked at in one run. */
const subnetsPerRun = 100

/**
 * Removes rows of released addresses whose subnet is gone, one page of them per commit. Steps from
 * subnet to subnet: the cost grows with the number of subnets, not of addresses.
 *
 * @param after continue behind this subnet.
 * @returns rows removed, and where to continue; null = all subnets were looked at.
 */
export async function sweepAddresses(
  kernel: Kernel,
  after?: string,
): Promise<{ readonly removed: number; readonly next: string | null }> {
  const subnetIds: string[] = []
  let from = after === undefined ? undefined : behind(after)
  while (subnetIds.length < subnetsPerRun) {
    const query = { ...(from !== undefined && { from }), limit: 1 }
    const [first] = await kernel.store.query(addressKind, query)
    if (!first) break
    const { subnetId } = addressOf(first)
    subnetIds.push(subnetId)
    from = behind(subnetId)
  }
  const subnets = await kernel.store.get(subnetKind, subnetIds)
  let removed = 0
  for (const [index, subnetId] of subnetIds.entries()) {
    if (!subnets[index]) removed += await removeRows(kernel, subnetId)
  }
  return { removed, next: subnetIds.length < subnetsPerRun ? null : (subnetIds.at(-1) ?? null) }
}

/** The first id behind all of a subnet's rows: `/` is followed by `0`. */
function behind(subnetId: string): string {
  return `${subnetId}0`
}

async function removeRows(kernel: Kernel, subnetId: string): Promise<number> {
  let removed = 0
  let after: Address | undefined
  for (;;) {
    const rows: Address[] = await kernel.store.query(addressKind, {
      from: `${subnetId}/`,
      to: behind(subnetId),
      limit: limits.pageRows,
      ...(after && { after }),
    })
    // A held one would be a defect: the audit shows it, and removing it would hide it.
    const free = rows.filter((row) => row.portId === null)
    if (free.length > 0) {
      await kernel.committer.commit(new Writes().remove(addressKind, ...free))
      removed += free.length
    }
    if (rows.length < limits.pageRows) return removed
    after = rows.at(-1)
  }
}
