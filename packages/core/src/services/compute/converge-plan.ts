import { limits } from '../../base/limits.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { planWork } from '../../work/plan.ts'

/**
 * Input of the `server.converge` workflow: servers to bring from their actual to their desired
 * state.
 */
export interface ConvergeInput {
  readonly serverIds: readonly string[]
}

export const convergeProgramName = 'server.converge'
export const convergeStepName = 'apply'

/**
 * Plans the work that a change of servers' desired state needs: one row per `limits.workServers` of
 * them.
 */
export function planConvergence(
  call: { readonly kernel: Kernel; readonly requestId: string },
  writes: Writes,
  serverIds: readonly string[],
): void {
  const { clock, ids, settings } = call.kernel
  const at = clock.now()
  const program = { name: convergeProgramName, steps: [{ name: convergeStepName }] } as const
  for (let i = 0; i < serverIds.length; i += limits.workServers) {
    const input: ConvergeInput = { serverIds: serverIds.slice(i, i + limits.workServers) }
    planWork(writes, ids, program, {
      input,
      at,
      deadline: at + settings.buildDeadlineMs,
      requestId: call.requestId,
    })
  }
}
