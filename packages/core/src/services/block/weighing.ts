import type { Kernel } from '../../kernel.ts'
import type { Random } from '../../ports/random.ts'
import type { VolumePool } from '../../model/block/pool.ts'

/**
 * What makes one pool better than another, and by how much: free room, GiB that are promised,
 * volumes and snapshots, and what the pool's own `goodness_function` says. Less than 0: the more,
 * the worse.
 */
export interface PoolWeights {
  readonly capacity: number
  readonly allocated: number
  readonly number: number
  readonly goodness: number
}

/** A pool that takes volumes, and what is on it. */
export interface PoolRoom {
  readonly pool: VolumePool
  readonly freeGb: number
  readonly allocatedGb: number
  readonly volumes: number
}

/** How pools are chosen among those that take a volume. */
export interface Weighing {
  readonly weights: PoolWeights
  /** Present: a pool is drawn, the likelier the better it is; absent: the best is taken. */
  readonly random?: Random
}

export function weighingOf({ settings, random }: Pick<Kernel, 'settings' | 'random'>): Weighing {
  const { volumeWeights: weights, volumeChoice } = settings
  return { weights, ...(volumeChoice === 'stochastic' && { random }) }
}

interface Candidate {
  readonly pool: VolumePool
  readonly goodness: number
  freeGb: number
  allocatedGb: number
  volumes: number
}

/**
 * Takes a pool for each of so many volumes of one size, one after the other, so that each sees what
 * those before it took. Pools are to be in an order that does not change: the first of equals is
 * taken.
 *
 * @param goodness of a pool for such a volume, from 0 to 100.
 */
export function takePools(
  rooms: readonly PoolRoom[],
  count: number,
  sizeGb: number,
  { weights, random }: Weighing,
  goodness: (room: PoolRoom) => number,
): VolumePool[] {
  const candidates = rooms.map((room): Candidate => ({
    ...room,
    goodness: weights.goodness === 0 ? 0 : goodness(room),
  }))
  return Array.from({ length: count }, () => {
    const open = candidates.filter(({ freeGb }) => freeGb >= sizeGb)
    const scores = scoresOf(open, weights)
    const taken = open[random ? drawn(scores, random) : bestOf(scores)] as Candidate
    taken.freeGb -= sizeGb
    taken.allocatedGb += sizeGb
    taken.volumes++
    return taken.pool
  })
}

/** Each measure is brought to 0 … 1 among the pools, so that weights compare them. */
function scoresOf(open: readonly Candidate[], weights: PoolWeights): number[] {
  const scores = open.map(() => 0)
  const add = (weight: number, values: readonly number[]): void => {
    if (weight === 0) return
    const least = Math.min(...values)
    const range = Math.max(...values) - least
    if (range === 0) return
    for (const [index, value] of values.entries()) {
      scores[index] = (scores[index] as number) + (weight * (value - least)) / range
    }
  }
  add(
    weights.capacity,
    open.map(({ freeGb }) => freeGb),
  )
  add(
    weights.allocated,
    open.map(({ allocatedGb }) => allocatedGb),
  )
  add(
    weights.number,
    open.map(({ volumes }) => volumes),
  )
  add(
    weights.goodness,
    open.map(({ goodness }) => goodness),
  )
  return scores
}

function bestOf(scores: readonly number[]): number {
  return scores.reduce((best, score, at) => (score > (scores[best] as number) ? at : best), 0)
}

/** The worst is not left out: nothing would ever come to it. */
const leastChance = 0.01

function drawn(scores: readonly number[], random: Random): number {
  const least = Math.min(...scores)
  const chances = scores.map((score) => score - least + leastChance)
  const sum = chances.reduce((total, chance) => total + chance, 0)
  let left = (random.uint32() / 2 ** 32) * sum
  const at = chances.findIndex((chance) => (left -= chance) < 0)
  return at < 0 ? scores.length - 1 : at
}
