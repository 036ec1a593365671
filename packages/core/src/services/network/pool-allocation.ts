import { CloudError } from '../../base/errors.ts'
import { type Cidr, overlaps, parseCidr, printCidr } from '../../base/cidr.ts'
import { limits } from '../../base/limits.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import type { Network } from '../../model/network/network.ts'
import { type SubnetPool, subnetPoolKind } from '../../model/network/subnet-pool.ts'
import type { Subnet } from '../../model/network/subnet.ts'
import type { Call } from '../call.ts'
import { fetchOne, getAll, notFound } from '../fetch.ts'
import { lentTo } from './access.ts'
import { blocksOf, freeBlock, isWithin, quotaUnits } from './pool-blocks.ts'

/** Where a subnet's block is to come from. */
export interface BlockAsk {
  readonly cidr?: string | undefined
  readonly subnetPoolId?: string | null | undefined
  readonly defaultPoolOf?: 4 | 6 | undefined
  readonly prefixLength?: number | undefined
}

/** A block for a subnet, and the pool that it is cut from, if any. */
export interface Block {
  readonly cidr: string
  readonly pool?: SubnetPool
}

/**
 * The block of a new subnet: as asked for, or cut from a pool.
 *
 * @throws CloudError `invalid`; `notFound` for the pool; `conflict` when it has no room for such a
 *   block, or the project as much of it as it may.
 */
export async function blockFor(call: Call, network: Network, ask: BlockAsk): Promise<Block> {
  const pool = await poolFor(call, ask)
  const { cidr, prefixLength } = ask
  if (!pool) {
    if (prefixLength !== undefined) throw invalid('prefixLength', 'is for subnets of a pool')
    if (cidr === undefined) throw invalid('cidr', 'is needed, unless a pool is named')
    return { cidr }
  }
  if (cidr !== undefined && prefixLength !== undefined) {
    throw invalid('prefixLength', 'and cidr exclude each other')
  }
  if (pool.allocations.length >= limits.poolAllocations) {
    throw new CloudError('conflict', 'The pool has as many subnets as it may.', {
      field: 'subnetPoolId',
      limit: limits.poolAllocations,
    })
  }
  const block =
    cidr === undefined ? cut(pool, prefixLength ?? pool.defaultPrefix) : chosen(pool, cidr)
  requirePoolQuota(pool, network.projectId, printCidr(block))
  return { cidr: printCidr(block), pool }
}

async function poolFor(call: Call, ask: BlockAsk): Promise<SubnetPool | undefined> {
  if (typeof ask.subnetPoolId === 'string') {
    return fetchOne(call, subnetPoolKind, ask.subnetPoolId, 'subnetPoolId', lentTo(call))
  }
  if (ask.defaultPoolOf === undefined) return undefined
  const keys = [[ask.defaultPoolOf]]
  const [pool] = await call.kernel.store.lookup(subnetPoolKind, 'byDefault', keys)
  if (!pool) throw notFound('subnetPool', 'defaultPoolOf')
  return pool
}

function cut(pool: SubnetPool, prefix: number): Cidr {
  requireLength(pool, prefix, 'prefixLength')
  const taken = blocksOf(pool.allocations.map(({ cidr }) => cidr))
  const block = freeBlock(blocksOf(pool.prefixes), taken, prefix)
  if (block) return block
  throw new CloudError('conflict', `The pool has no free block of /${prefix}.`, {
    field: 'subnetPoolId',
    detail: { prefixLength: prefix },
  })
}

function chosen(pool: SubnetPool, text: string): Cidr {
  const block = parseCidr(text) as Cidr
  if (block.version !== pool.version) throw invalid('cidr', 'is not of the version of the pool')
  requireLength(pool, block.prefix, 'cidr')
  const isOutside = !isWithin(blocksOf(pool.prefixes), block)
  const other = pool.allocations.find(({ cidr }) => overlaps(parseCidr(cidr) as Cidr, block))
  if (!isOutside && !other) return block
  const message = other ? `overlaps ${other.cidr}` : 'lies in no prefix of the pool'
  throw new CloudError('conflict', `cidr: ${message}.`, { field: 'cidr' })
}

function requireLength({ minPrefix, maxPrefix }: SubnetPool, prefix: number, field: string): void {
  if (prefix < minPrefix) throw invalid(field, 'is wider than the pool allows', minPrefix)
  if (prefix > maxPrefix) throw invalid(field, 'is narrower than the pool allows', maxPrefix)
}

/** @throws CloudError `quotaExceeded` when a project would have more of the pool than it may. */
function requirePoolQuota(pool: SubnetPool, projectId: string, cidr: string): void {
  if (pool.defaultQuota === null) return
  const own = pool.allocations.filter((one) => one.projectId === projectId)
  if (quotaUnits([...own, { cidr }]) <= BigInt(pool.defaultQuota)) return
  throw new CloudError('quotaExceeded', 'The project would have more of the pool than it may.', {
    field: 'subnetPoolId',
    limit: pool.defaultQuota,
  })
}

/** Writes that a pool gave a block. Another allocation of the pool makes this commit fail. */
export function planAllocation(writes: Writes, pool: SubnetPool, subnet: Subnet): void {
  const { cidr, id: subnetId, projectId } = subnet
  const allocations = [...pool.allocations, { subnetId, projectId, cidr }]
  writes.update(subnetPoolKind, { ...pool, allocations, updatedAt: subnet.createdAt })
}

/** Writes that blocks of subnets that go are their pools' again. */
export async function planReturn(
  kernel: Kernel,
  writes: Writes,
  subnets: readonly Subnet[],
): Promise<void> {
  const poolIds = [...new Set(subnets.flatMap(({ subnetPoolId }) => subnetPoolId ?? []))]
  const gone = new Set(subnets.map(({ id }) => id))
  for (const pool of await getAll(kernel, subnetPoolKind, poolIds)) {
    const allocations = pool.allocations.filter(({ subnetId }) => !gone.has(subnetId))
    writes.update(subnetPoolKind, { ...pool, allocations, updatedAt: kernel.clock.now() })
  }
}

/**
 * Subnets of one version on a network come from one pool, or none from any: so the addresses of a
 * network are known to be apart wherever the pool's are.
 *
 * @throws CloudError `invalid`.
 */
export function requireOnePool(
  others: readonly Subnet[],
  version: 4 | 6,
  subnetPoolId: string | undefined,
): void {
  const other = others.find((one) => one.version === version && one.subnetPoolId !== subnetPoolId)
  if (!other) return
  throw invalid('subnetPoolId', `is not that of subnet ${other.id} of the network`)
}

function invalid(field: string, message: string, limit?: number): CloudError {
  const options = { field, ...(limit !== undefined && { limit }) }
  return new CloudError('invalid', `${field}: ${message}.`, options)
}
