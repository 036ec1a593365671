import { CloudError } from '../../../base/errors.ts'
import { limits } from '../../../base/limits.ts'
import { CommitConflict } from '../../../commit/committer.ts'
import type { Writes } from '../../../commit/writes.ts'
import { shown } from '../../../model/kind.ts'
import { type Router, routerKind } from '../../../model/network/router.ts'
import type { Call } from '../../call.ts'
import { requireAtMost } from '../counters.ts'
import { planConfigure } from '../configure/plan-configure.ts'

/** Commits a router that the data plane is to be told of. */
export async function commitRouter(call: Call, writes: Writes, router: Router): Promise<Router> {
  const generation = router.generation + 1
  const row = { ...router, generation, updatedAt: call.kernel.clock.now() }
  planConfigure(call, writes, [{ type: 'router', id: row.id, revision: generation }])
  const answer = shown({ ...row, rev: row.rev + 1 })
  await call.commit(writes.update(routerKind, row), [row.id], answer)
  return answer
}

/** @throws CloudError `conflict` for a router that is being deleted. */
export function requireStaying({ status }: Router): void {
  if (status !== 'DELETING') return
  throw new CloudError('conflict', 'The router is being deleted.', { field: 'id' })
}

/** The router without a port, whose addresses stay its own until the data plane has confirmed. */
export function leavingPort(router: Router, portId: string): Router {
  const leaving = [...(router.leaving ?? []), portId]
  if (leaving.length <= limits.routerInterfaces) return { ...router, leaving }
  throw new CloudError('overloaded', 'The router is still giving up those it had before.', {
    field: 'id',
    limit: limits.routerInterfaces,
  })
}

/**
 * Drops a scope that counts the floating IPs which need a part of a router, in a commit that fails
 * if one more comes to need it.
 *
 * @throws CloudError `conflict` when some need it.
 */
export async function closeNeeded(
  call: Call,
  writes: Writes,
  router: Router,
  scope: string,
  field: string,
): Promise<void> {
  const [needed] = await call.kernel.store.counters([scope])
  // It is there from the beginning: without, the read is old.
  if (!needed) {
    throw new CommitConflict({ type: 'revision', kind: routerKind.name, ids: [router.id] })
  }
  if (needed.value > 0) {
    throw new CloudError('conflict', `${field}: ${needed.value} floating IPs need it.`, {
      field,
      detail: { floatingIps: needed.value },
    })
  }
  requireAtMost(writes, needed)
  writes.drop(scope)
}
