import { limits } from '../../base/limits.ts'
import { CommitConflict } from '../../commit/committer.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { stackResourceKind } from '../../model/stack/resource.ts'
import { stackSignalKind, stackSignalScope } from '../../model/stack/stack.ts'
import { requireAtMost } from '../network/counters.ts'

/** Makes the counter without which no signal is taken. */
export function openSignals(writes: Writes, resourceId: string): void {
  const scope = stackSignalScope(resourceId)
  writes.add({ scope, name: 'signals', add: 0, limit: limits.stackSignals })
}

/**
 * The signals of resources go with them: a constant number of reads. One that comes at the same
 * time makes the commit fail.
 */
export async function planSignalsRemoval(
  kernel: Pick<Kernel, 'store'>,
  writes: Writes,
  resourceIds: readonly string[],
): Promise<void> {
  if (resourceIds.length === 0) return
  const keys = resourceIds.map((id) => [id])
  const signals = await kernel.store.lookup(stackSignalKind, 'byResource', keys)
  const counters = await kernel.store.counters(resourceIds.map(stackSignalScope))
  const known = new Map(counters.map((counter) => [counter.scope, counter]))
  writes.remove(stackSignalKind, ...signals)
  for (const id of resourceIds) {
    const scope = stackSignalScope(id)
    const counter = known.get(scope)
    // It has one from the beginning: without, the read is old.
    if (!counter) {
      throw new CommitConflict({ type: 'revision', kind: stackResourceKind.name, ids: [id] })
    }
    const seen = signals.filter(({ resourceId }) => resourceId === id).length
    requireAtMost(writes, counter, seen)
    writes.drop(scope)
  }
}
