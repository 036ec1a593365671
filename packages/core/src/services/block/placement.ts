import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import { poolKind, poolScope, type VolumePool } from '../../model/block/pool.ts'
import type { VolumeType } from '../../model/block/volume-type.ts'
import { compareText } from '../../ports/store-order.ts'
import { evaluate, type FunctionValue } from './pool-function.ts'
import { type PoolRoom, takePools, type Weighing } from './weighing.ts'

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

const byRoom: Weighing = { weights: { capacity: 1, allocated: 0, number: 0, goodness: 0 } }

/** Why a pool takes none, in the order in which it is asked. */
const poolReasons = [
  'disabled',
  'zone',
  'locality',
  'affinity',
  'backend',
  'capabilities',
  'function',
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
  const free = new Map<string, Pick<PoolRoom, 'freeGb' | 'allocatedGb'>>()
  const volumes = new Map<string, number>()
  for (const { scope, name, value, limit } of counters) {
    if (name === 'gigabytes') free.set(scope, { freeGb: limit - value, allocatedGb: value })
    else if (name === 'volumes') volumes.set(scope, value)
  }
  return pools.map((pool) => {
    const scope = poolScope(pool.id)
    const room = free.get(scope) ?? { freeGb: 0, allocatedGb: 0 }
    return { pool, ...room, volumes: volumes.get(scope) ?? 0 }
  })
}

/** The pools that would take such a volume, and how many of the others each reason rules out. */
export class PoolChoice {
  readonly #ask: PoolAsk
  readonly #weighing: Weighing
  readonly #rooms: readonly PoolRoom[]
  readonly #refused = new Map<PoolReason, number>()

  constructor(rooms: readonly PoolRoom[], ask: PoolAsk, weighing: Weighing = byRoom) {
    this.#ask = ask
    this.#weighing = weighing
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
   * A pool for each of so many volumes: the best by its weights, at first the one with most room.
   *
   * @throws CloudError `noValidHost`, with every pool counted under the first reason against it.
   */
  assign(count: number): VolumePool[] {
    if (this.capacity < count) throw this.#refuse(count)
    const { sizeGb } = this.#ask
    const rooms = this.#rooms.toSorted((a, b) => compareText(a.pool.name, b.pool.name))
    const goodness = (room: PoolRoom): number => goodnessOf(room, this.#ask)
    return takePools(rooms, count, sizeGb, this.#weighing, goodness)
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

function refusal(room: PoolRoom, ask: PoolAsk): PoolReason | undefined {
  const { pool, freeGb } = room
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
  const filter = pool.capabilities['filter_function']
  if (filter !== undefined && valueOf(filter, room, ask) !== true) return 'function'
  return freeGb < ask.sizeGb ? 'capacity' : undefined
}

/** What a pool’s `goodness_function` says of it; 0 where it says nothing that can be used. */
function goodnessOf(room: PoolRoom, ask: PoolAsk): number {
  const text = room.pool.capabilities['goodness_function']
  const value = text === undefined ? 0 : valueOf(text, room, ask)
  if (typeof value === 'boolean') return value ? 100 : 0
  return typeof value === 'number' && value >= 0 && value <= 100 ? value : 0
}

/** What a function of a pool is worth for such a volume. */
function valueOf(text: string, room: PoolRoom, ask: PoolAsk): FunctionValue | undefined {
  const { pool, freeGb, allocatedGb, volumes } = room
  const stats: Readonly<Record<string, FunctionValue>> = {
    'volume.size': ask.sizeGb,
    'stats.total_capacity_gb': pool.totalGb,
    'stats.free_capacity_gb': freeGb,
    'stats.allocated_capacity_gb': allocatedGb,
    'stats.provisioned_capacity_gb': allocatedGb,
    'stats.reserved_percentage': pool.reservedPercent,
    'stats.total_volumes': volumes,
    'stats.volume_backend_name': pool.backend,
    'stats.pool_name': pool.name,
  }
  return evaluate(text, (name) => {
    const dot = name.indexOf('.')
    const rest = name.slice(dot + 1)
    const place = name.slice(0, dot)
    if (place === 'capabilities') return own(pool.capabilities, rest)
    return place === 'extra' ? own(ask.type?.extraSpecs ?? {}, rest) : own(stats, name)
  })
}

function own<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined
}
