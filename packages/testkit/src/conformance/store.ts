import { batchLaws } from './store-batches.ts'
import { counterLaws } from './store-counters.ts'
import { feedLaws } from './store-feed.ts'
import { lawsOf, type StoreSuiteOptions } from './store-fixture.ts'
import { durableLaws, lifeLaws } from './store-life.ts'
import { readLaws } from './store-reads.ts'
import { valueLaws } from './store-values.ts'

/**
 * The promises of `Store` that every store keeps: one test for each law.
 *
 *     storeConformance({ test, make: () => myStore(newPlace()) })
 */
export function storeConformance(options: StoreSuiteOptions): void {
  const law = lawsOf(options)
  lifeLaws(options)
  batchLaws(law)
  counterLaws(law)
  readLaws(law)
  feedLaws(law)
  valueLaws(options)
  durableLaws(options)
}
