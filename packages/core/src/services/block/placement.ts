import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import { poolKind, poolScope, type VolumePool } from '../../model/block/pool.ts'
import type { VolumeType } from '../../model/block/volume-type.ts'
import { compareText } from '../../ports/store-order.ts'

/** Where volumes that are all alike are to go. */
export interface PoolAsk {
  readonly sizeGb: number
  readonly type: Pick<VolumeType, 'extraSpecs'> | null
  readonly zone?: string | undefined
  /** The only pool that will do: that of what they are copies of. */
  readonly poolId?: string | undefined
  /** Anywhere but there. */
  readonly not?: string | undefined
  /** Back-ends of which one will do, and such as will not. */
  readonly sameBackends?: ReadonlySet<string> | undefined
  readonly otherBackends?: ReadonlySet<string> | undefined
}

/** A pool that takes them, and how many fit. */
export interface PoolRoom {
  readonly pool: VolumePool
  readonly freeGb: number
}

/** Why a pool takes none, in the order in which it is asked. */
const poolReasons = [
  'disabled',
  'zone',
  'locality',
  'affinity',
  'backend',
  'capabilities',
  'capacity',
] as const
type PoolReason = (typeof poolReasons)[number]

/** The extra spec that names a back-end, as in Cinder. */
const backendSpec = 'volume_backend_name'

/** Every pool with its free room: two statements. */
export async function readPools(kernel: Kernel): Promise<PoolRoom[]> {
  const pools = await kernel.store.query(poolKind, { limit: limits.volumePools })
  if (pools.length === 0) return []
  const counters = await kernel.store.counters(pools.map(({ id }) => poolScope(id)))
  const free = new Map<string, number>()
  for (const { scope, name, value, limit } of counters) {
    if (name === 'gigabytes') free.set(scope, limit - value)
  }
  return pools.map((pool) => ({ pool, freeGb: free.get(poolScope(pool.id)) ?? 0 }))
}

/** The pools that would take such a volume, and how many of the others each reason rules out. */
export class PoolChoice {
  readonly #ask: PoolAsk
  readonly #rooms: readonly PoolRoom[]
  readonly #refused = new Map<PoolReason, number>()

  constructor(rooms: readonly PoolRoom[], ask: PoolAsk) {
    this.#ask = ask
    this.#rooms = rooms.filter((room) => {
      const reason = refusal(room, ask)
      if (reason) this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1)
      return reason === undefined
    })
  }

  /** How many fit. */
  get capacity(): number {
    return this.#rooms.reduce((sum, room) => sum + Math.floor(room.freeGb / this.#ask.sizeGb), 0)
  }

  /**
   * A pool for each of so many volumes: always the one with the most room left.
   *
   * @throws CloudError `noValidHost`, with every pool counted under the first reason against it.
   */
  assign(count: number): VolumePool[] {
    if (this.capacity < count) throw this.#refuse(count)
    const { sizeGb } = this.#ask
    const left = this.#rooms
      .map(({ pool, freeGb }) => ({ pool, freeGb }))
      .sort((a, b) => compareText(a.pool.name, b.pool.name))
    return Array.from({ length: count }, () => {
      const best = left.reduce((most, one) => (one.freeGb > most.freeGb ? one : most))
      best.freeGb -= sizeGb
      return best.pool
    })
  }

  #refuse(count: number): CloudError {
    const reasons = Object.fromEntries(
      poolReasons.flatMap((reason) => {
        const pools = this.#refused.get(reason)
        return pools === undefined ? [] : [[reason, pools]]
      }),
    )
    const nearestFeasible = this.capacity
    return new CloudError(
      'noValidHost',
      `No pools for ${count} volumes of ${this.#ask.sizeGb} GiB: ${nearestFeasible} would fit.`,
      { field: 'sizeGb', detail: { asked: count, nearestFeasible, reasons } },
    )
  }
}

function refusal({ pool, freeGb }: PoolRoom, ask: PoolAsk): PoolReason | undefined {
  if (!pool.enabled) return 'disabled'
  if (ask.zone !== undefined && pool.zone !== ask.zone) return 'zone'
  if (ask.poolId !== undefined && pool.id !== ask.poolId) return 'locality'
  if (pool.id === ask.not) return 'locality'
  if (ask.sameBackends && !ask.sameBackends.has(pool.backend)) return 'affinity'
  if (ask.otherBackends?.has(pool.backend)) return 'affinity'
  const { [backendSpec]: backend, ...wanted } = ask.type?.extraSpecs ?? {}
  if (backend !== undefined && pool.backend !== backend) return 'backend'
  const lacks = Object.entries(wanted).some(([key, value]) => pool.capabilities[key] !== value)
  if (lacks) return 'capabilities'
  return freeGb < ask.sizeGb ? 'capacity' : undefined
}
