import type { Writes } from '../../commit/writes.ts'
import { capacityOf } from '../../model/compute/host.ts'
import { isStandardClass } from '../../model/placement/names.ts'
import {
  classUseScope,
  type ProviderInventory,
  providerScope,
  traitUseScope,
} from '../../model/placement/provider.ts'
import { unlimited } from '../quota.ts'

/** The one counter of a class of a provider. */
export const usedCounter = 'used'

/** What traits and resource classes are counted by: of a host or of another provider. */
export interface Marked {
  readonly traits: readonly string[]
  readonly inventories: Readonly<Record<string, unknown>>
}

/**
 * Counts who has a trait, or a class that is not a standard one. A name that is not standard exists
 * as long as it is defined or in use, so nothing has to guard its definition.
 */
export function countMarks(writes: Writes, before: Marked | null, after: Marked | null): void {
  moveNames(writes, traitUseScope, before?.traits ?? [], after?.traits ?? [])
  moveNames(writes, classUseScope, customClasses(before), customClasses(after))
}

export function customClasses(marked: Marked | null): string[] {
  return Object.keys(marked?.inventories ?? {}).filter((name) => !isStandardClass(name))
}

function moveNames(
  writes: Writes,
  scope: string,
  before: readonly string[],
  after: readonly string[],
): void {
  for (const name of before) {
    if (!after.includes(name)) writes.add({ scope, name, add: -1, transient: true })
  }
  for (const name of after) {
    if (!before.includes(name)) {
      writes.add({ scope, name, add: 1, limit: unlimited, transient: true })
    }
  }
}

/** Sets what may be used of a class; makes its counter when it is new. */
export function limitClass(
  writes: Writes,
  providerId: string,
  name: string,
  inventory: ProviderInventory,
): void {
  const scope = providerScope(providerId, name)
  writes.limit({ scope, name: usedCounter, limit: capacityOf(inventory) })
}

/**
 * Removes the counter of a class on the condition that nothing is used when this is committed:
 * filling it succeeds only then. What the same commit gives back counts as given back.
 */
export function dropClass(writes: Writes, providerId: string, name: string): void {
  const scope = providerScope(providerId, name)
  writes.limit({ scope, name: usedCounter, limit: unlimited })
  writes.add({ scope, name: usedCounter, add: unlimited })
  writes.drop(scope)
}
