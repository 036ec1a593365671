import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  balancerScope,
  type LoadBalancer,
  loadBalancerKind,
} from '../../model/balancer/load-balancer.ts'
import { loadBalancerStatusKind } from '../../model/balancer/status.ts'
import { portKind } from '../../model/network/port.ts'
import type { Outcome, Program, WorkContext } from '../../work/program.ts'
import { getAll } from '../fetch.ts'
import { requireAtMost } from '../network/counters.ts'
import { planPortRemoval } from '../network/port-release.ts'
import { chargeQuota } from '../quota.ts'
import { giveUp } from './apply.ts'

/** Input of the `balancer.remove` workflow. */
export interface RemoveInput {
  readonly balancerId: string
}

export const removeProgram = {
  name: 'balancer.remove',
  steps: [{ name: 'unload' }, { name: 'forget' }],
} as const

/** How often a load balancer is looked for before it is believed to be gone. */
const looks = 8

/**
 * Removes what carries a load balancer, then its row and its address: nobody else is given the
 * address while something may still answer to it.
 */
export function removeWorkflow(kernel: Kernel): Program {
  return {
    name: removeProgram.name,
    steps: [
      {
        name: 'unload',
        run: async (context) => {
          const { balancerId } = context.work.input as RemoveInput
          const fault = await unload(kernel, balancerId, context.signal)
          return fault === undefined ? { type: 'next' } : { type: 'retry', reason: fault }
        },
        undo: (context) => giveUp(kernel, context),
      },
      { name: 'forget', run: (context) => forget(kernel, context), undo: null },
    ],
  }
}

/** @returns why something may still answer for it, if that is so. */
export async function unload(
  kernel: Kernel,
  balancerId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [report] = await kernel.balancers.remove([balancerId], { signal })
  if (report && !report.fault && report.generation === null) return undefined
  kernel.telemetry.meter.count('balancer_removals_failed')
  return report?.fault?.message ?? 'it is still there'
}

async function forget(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const { balancerId } = context.work.input as RemoveInput
  const [balancer] = await kernel.store.get(loadBalancerKind, [balancerId])
  if (!balancer) {
    return context.work.attempt >= looks
      ? { type: 'next' }
      : { type: 'retry', reason: 'it may be too new to be seen' }
  }
  const writes = await planForget(kernel, balancer, 1)
  await context.commit(writes)
  return { type: 'next' }
}

/**
 * Writes the end of a load balancer for which nothing answers any more. The commit fails while
 * other work for it is under way.
 *
 * @param open its own work, that ends with it.
 */
export async function planForget(
  kernel: Kernel,
  balancer: LoadBalancer,
  open: number,
): Promise<Writes> {
  const scope = balancerScope(balancer.id)
  const [status] = await getAll(kernel, loadBalancerStatusKind, [balancer.id])
  const ports = await getAll(kernel, portKind, [balancer.vip.portId])
  const counters = await kernel.store.counters([scope])
  const counter = counters.find(({ name }) => name === 'open')
  if (!status || !counter || counter.value > open) {
    throw new CommitConflict({ type: 'revision', kind: loadBalancerKind.name, ids: [balancer.id] })
  }
  const writes = new Writes()
    .remove(loadBalancerKind, balancer)
    .remove(loadBalancerStatusKind, status)
  requireAtMost(writes, counter, open)
  writes.drop(scope)
  await planPortRemoval(kernel, writes, ports)
  chargeQuota(writes, balancer.projectId, { loadBalancers: 1 }, -1)
  return writes
}
