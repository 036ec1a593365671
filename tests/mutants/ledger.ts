import { claimMutants } from './claim.ts'
import { clusterMutants } from './clusters.ts'
import { commitMutants } from './commit.ts'
import { doorMutants } from './door.ts'
import { imageMutants } from './images.ts'
import { keptMutants } from './kept.ts'
import { lentMutants } from './lent.ts'
import { meterMutants } from './meter.ts'
import type { Mutant } from './mutant.ts'
import { networkMutants } from './network.ts'
import { placementMutants } from './placement.ts'
import { serviceMutants } from './services.ts'
import { storeMutants } from './stores.ts'
import { storyMutants } from './stories.ts'
import { workMutants } from './work.ts'

/** Every mutant, by theme. */
export const ledger: readonly Mutant[] = [
  ...commitMutants,
  ...workMutants,
  ...claimMutants,
  ...serviceMutants,
  ...doorMutants,
  ...storeMutants,
  ...networkMutants,
  ...imageMutants,
  ...placementMutants,
  ...meterMutants,
  ...lentMutants,
  ...keptMutants,
  ...clusterMutants,
  ...storyMutants,
]

/**
 * A mutant that changes nothing: no test may kill it. That it survives proves that the tests are
 * green without a mutant; that a ledger where it counts fails proves that the ledger can fail.
 */
export const canary: Mutant = {
  name: 'canary',
  file: 'packages/core/src/commit/writes.ts',
  find: 'this.#kinds.size + this.#adds.size',
  replace: 'this.#adds.size + this.#kinds.size',
  why: 'Nobody would.',
  killers: ['packages/core/src/commit/committer.test.ts'],
  lane: 'fast',
}
