import { limits } from '../../../base/limits.ts'
import type { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import { planWork } from '../../../work/plan.ts'
import type { ObjectRef } from './configured.ts'

/** Input of the `network.configure` workflow. */
export interface ConfigureInput {
  readonly objects: readonly ObjectRef[]
}

export const configureProgramName = 'network.configure'
export const configureStepName = 'apply'

/** Writes the work that tells the data plane of these objects: one row for many of them. */
export function planConfigure(
  call: { readonly kernel: Kernel; readonly requestId: string },
  writes: Writes,
  refs: readonly ObjectRef[],
): void {
  const { clock, ids, settings } = call.kernel
  const program = { name: configureProgramName, steps: [{ name: configureStepName }] }
  const at = clock.now()
  for (let from = 0; from < refs.length; from += limits.workObjects) {
    const input: ConfigureInput = { objects: refs.slice(from, from + limits.workObjects) }
    const deadline = at + settings.buildDeadlineMs
    planWork(writes, ids, program, { input, at, deadline, requestId: call.requestId })
  }
}
