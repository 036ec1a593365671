import { Writes } from '../src/commit/writes.ts'
import type { Kernel } from '../src/kernel.ts'
import { type Work, workKind } from '../src/model/work/work.ts'
import { SimulatedNetwork } from '../src/reference/simulated-network.ts'
import { configureProgram } from '../src/services/network/configure/configure.ts'
import { configureProgramName } from '../src/services/network/configure/plan-configure.ts'

/** The data plane of a test's kernel. */
export function dataPlane(kernel: Kernel): SimulatedNetwork {
  if (kernel.network instanceof SimulatedNetwork) return kernel.network
  throw new Error('another network')
}

/**
 * Runs once what waits to be told to the data plane, oldest first.
 *
 * @param options `late`: as if its deadline had passed.
 * @returns rows that are there still.
 */
export async function configureNow(
  kernel: Kernel,
  options: { readonly late?: boolean } = {},
): Promise<number> {
  const [step] = configureProgram(kernel).steps
  const rows = await kernel.store.query(workKind, { limit: 1_000 })
  let left = 0
  for (const work of rows) {
    if (work.program !== configureProgramName) continue
    const context = {
      work: options.late ? { ...work, undoing: true } : work,
      signal: new AbortController().signal,
      commit: async (writes: Writes) => void (await kernel.committer.commit(writes)),
    }
    const outcome = options.late ? await step?.undo?.(context) : await step?.run(context)
    if (outcome?.type === 'next') await kernel.committer.commit(new Writes().remove(workKind, work))
    else left += await failed(kernel, work)
  }
  return left
}

async function failed(kernel: Kernel, work: Work): Promise<number> {
  await kernel.committer.commit(
    new Writes().update(workKind, { ...work, attempt: work.attempt + 1 }),
  )
  return 1
}
