import { SeededRandom } from '@nephos/core'
import { gatherBatches, shortestLifeMs, type TenantBatch, type WorkloadRow } from './workload.ts'

export interface SyntheticOptions {
  readonly seed: number
  /** Servers, give or take the last batch. 20,000 by default. */
  readonly servers?: number
}

const servers = 20_000
const spanS = 86_400
/** P(size ≥ k) = k^−shape, cut at the largest: median 1, p90 7, p99 some 60, mean some 5. */
const sizeShape = 1.15
const sizeMax = 1_404
const sizeMean = 5
/** Log-normal lives: median 25 minutes; mean 3.4 hours before they are cut at the day's end. */
const lifeMedianS = 1_500
const lifeSigma = 2.05
/** Members of a batch mostly leave together; this share has a life of its own. */
const ownLife = 0.07
/** So that the streams of the workload and of placement differ under one seed. */
const seedSalt = 0x5ca1ab1e

/** vCPU, GiB and share of requests. */
const sizes = [
  [1, 1.75, 0.6],
  [2, 3.5, 0.185],
  [4, 7, 0.1],
  [8, 14, 0.09],
  [1, 0.75, 0.016],
  [8, 56, 0.006],
  [2, 14, 0.001],
  [4, 28, 0.001],
  [16, 112, 0.001],
] as const

/**
 * One day of a public cloud, drawn from a seed: Poisson arrivals of batches, heavy-tailed batch
 * sizes and lives. The numbers follow what is published of Azure's 2017 trace (Cortez et al.,
 * SOSP'17; Bergsma et al., SOSP'21); the rows are ours.
 */
export function syntheticWorkload(
  options: SyntheticOptions,
): AsyncGenerator<TenantBatch, void, undefined> {
  return gatherBatches(drawRows(options), () => 'synthetic')
}

async function* drawRows(options: SyntheticOptions): AsyncGenerator<WorkloadRow, void, undefined> {
  const draw = new Draw(options.seed)
  const wanted = options.servers ?? servers
  const gapS = (spanS * sizeMean) / wanted
  let atS = 0
  let made = 0
  for (let batch = 0; made < wanted; batch++) {
    atS += -Math.log(draw.uniform()) * gapS
    const second = Math.floor(atS)
    const size = Math.min(sizeMax, Math.floor(draw.uniform() ** (-1 / sizeShape)))
    const [vcpus, memGib] = draw.size()
    const shared = draw.lifeS()
    for (let i = 0; i < size; i++) {
      const lifeS = draw.uniform() < ownLife ? draw.lifeS() : shared
      yield {
        atMs: second * 1_000,
        batch: String(batch),
        vcpus,
        ramMb: memGib * 1_024,
        // Past the day's end nobody sees it leave.
        lifeMs: second + lifeS > spanS ? null : lifeS * 1_000,
      }
    }
    made += size
  }
}

class Draw {
  readonly #random: SeededRandom

  constructor(seed: number) {
    this.#random = new SeededRandom(seed ^ seedSalt)
  }

  /** Within 0 and 1, neither included. */
  uniform(): number {
    return (this.#random.uint32() + 0.5) / 2 ** 32
  }

  size(): readonly [vcpus: number, memGib: number] {
    let left = this.uniform()
    for (const [vcpus, memGib, share] of sizes) {
      left -= share
      if (left <= 0) return [vcpus, memGib]
    }
    return [1, 1.75]
  }

  /** Box and Muller's method. */
  lifeS(): number {
    const normal = Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform())
    const seconds = Math.floor(lifeMedianS * Math.exp(lifeSigma * normal))
    return Math.max(shortestLifeMs / 1_000, seconds)
  }
}
