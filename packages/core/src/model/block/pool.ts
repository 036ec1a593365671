import { defineKind, type Stored } from '../kind.ts'

/** Room for volumes on a back-end. What is taken of it is in its counters. */
export interface VolumePool extends Stored {
  /** As its back-end calls it, unique: `backend#pool`. */
  readonly name: string
  /** The back-end it is part of: what the type's extra spec `volume_backend_name` asks for. */
  readonly backend: string
  readonly zone: string
  /** GiB of the pool. */
  readonly totalGb: number
  /** Percent of it that volumes must leave free. */
  readonly reservedPercent: number
  /** How many times the rest may be promised: more than 1 where volumes are thin. */
  readonly overSubscription: number
  /** What its back-end can do: what the other extra specs of types ask for. */
  readonly capabilities: Readonly<Record<string, string>>
  /** False: no new volumes. */
  readonly enabled: boolean
  /** Why it takes none. */
  readonly disabledReason?: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

export const poolKind = defineKind<VolumePool>('volumePool', {
  byName: { fields: ['name'], unique: true },
})

/** `gigabytes`: promised, limited by what may be. `volumes`: volumes and snapshots. */
export function poolScope(poolId: string): string {
  return `volumePool:${poolId}`
}

/** GiB that may be promised of a pool. */
export function provisionableGb(
  pool: Pick<VolumePool, 'totalGb' | 'reservedPercent' | 'overSubscription'>,
): number {
  const usable = (pool.totalGb * (100 - pool.reservedPercent)) / 100
  return Math.floor(usable * pool.overSubscription)
}
