import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type LoadBalancer, loadBalancerKind } from '../../model/balancer/load-balancer.ts'
import { type LoadBalancerStatus, loadBalancerStatusKind } from '../../model/balancer/status.ts'
import type { BalancerReport } from '../../ports/balancer-driver.ts'
import type { Reconciler } from '../../work/reconciler.ts'
import { Rounds } from '../rounds.ts'
import { bringAbout } from './apply.ts'
import { type BalancerStanding, loadStandings } from './child.ts'
import { observedStatus, trafficOf } from './observed.ts'
import { planForget, unload } from './remove.ts'
import { loadTree } from './tree.ts'

/** Load balancers looked at in a round, and those of them that are mended. */
const perRound = 100
const mendsPerRound = 10

/**
 * Observes load balancers in turn: takes down how they fare, and mends what no work is under way
 * for: what its driver has lost, what was given up, and deletions that were.
 */
export function balancers(kernel: Kernel): Reconciler {
  const rounds = new Rounds(kernel, loadBalancerKind, perRound)
  return {
    name: 'balancers',
    run: async (signal) => {
      const rows = await rounds.next()
      if (rows.length > 0) await look(kernel, rows, signal)
    },
  }
}

async function look(
  kernel: Kernel,
  rows: readonly LoadBalancer[],
  signal: AbortSignal,
): Promise<void> {
  const ids = rows.map(({ id }) => id)
  const standings = await loadStandings(kernel, ids)
  const reports = await kernel.balancers.observe(ids, { signal })
  let mends = 0
  for (const [index, balancer] of rows.entries()) {
    if (signal.aborted) return
    const standing = standings.get(balancer.id)
    const report = reports[index]
    if (!standing?.status || !report || report.fault) continue
    const isBroken = needsMending(balancer, standing, report)
    if (isBroken && ++mends > mendsPerRound) continue
    try {
      if (isBroken) await mend(kernel, balancer, signal)
      else if (!balancer.deleting) await takeDown(kernel, standing.status, report)
    } catch (error) {
      // Somebody else wrote of it meanwhile: the next round sees.
      if (!(error instanceof CommitConflict)) throw error
    }
  }
}

/** True if it is not as it should be, and nobody sees to it. */
function needsMending(
  { deleting }: LoadBalancer,
  { facts, status }: BalancerStanding,
  report: BalancerReport,
): boolean {
  if (facts.open > 0) return false
  if (deleting || facts.applied < facts.edits) return true
  return (report.generation ?? 0) < (status?.generation ?? 0)
}

async function mend(kernel: Kernel, balancer: LoadBalancer, signal: AbortSignal): Promise<void> {
  const commit = (writes: Writes): Promise<number> => kernel.committer.commit(writes)
  if (balancer.deleting) {
    if ((await unload(kernel, balancer.id, signal)) !== undefined) return
    await commit(await planForget(kernel, balancer, 0))
    kernel.telemetry.meter.count('balancers_forgotten')
    return
  }
  const tree = await loadTree(kernel, balancer.id)
  if (!tree?.isWhole || tree.balancer.deleting) return
  const fault = await bringAbout(kernel, tree, commit, signal)
  if (fault === undefined) kernel.telemetry.meter.count('balancers_mended')
}

/** Writes what was observed, if it differs from what is known. */
async function takeDown(
  kernel: Kernel,
  status: LoadBalancerStatus,
  report: BalancerReport,
): Promise<void> {
  if (report.generation !== status.generation) return
  if (!sameHealth(status, report)) {
    const tree = await loadTree(kernel, status.id)
    if (!tree?.isWhole || tree.edits !== report.generation) return
    if (tree.status.rev !== status.rev) return
    const observed = observedStatus(tree, report)
    await kernel.committer.commit(new Writes().update(loadBalancerStatusKind, observed))
    return
  }
  const known = Object.keys(report.traffic).filter((id) => status.inForce[id])
  const traffic = trafficOf(known, status, report)
  if (JSON.stringify(traffic) === JSON.stringify(status.traffic)) return
  const writes = new Writes().update(loadBalancerStatusKind, { ...status, traffic })
  await kernel.committer.commit(writes)
}

function sameHealth({ health }: LoadBalancerStatus, { members }: BalancerReport): boolean {
  const ids = Object.keys(members)
  return ids.length === Object.keys(health).length && ids.every((id) => members[id] === health[id])
}
