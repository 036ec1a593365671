import type { Script } from './commands.ts'
import { Difference, type Duel, type MakeKernel, type Method } from './duel.ts'
import { generate } from './generate.ts'
import { play } from './play.ts'
import { Random } from './random.ts'
import { shrink } from './shrink.ts'

export type { MakeKernel } from './duel.ts'

/** How much was compared. */
export interface Compared {
  readonly scripts: number
  /** Calls of `decide` and `placeOne`. */
  readonly decisions: number
  readonly calls: ReadonlyMap<Method, number>
}

/**
 * Plays random scripts on kernels of two makes and compares every answer, and in the end every
 * host, allocation and explanation.
 *
 * @throws {Error} that shows the calls of a small script that they answer differently.
 */
export function compareKernels(
  makeFirst: MakeKernel,
  makeSecond: MakeKernel,
  { cases, seed }: { readonly cases: number; readonly seed: number },
): Compared {
  const make = [makeFirst, makeSecond] as const
  const calls = new Map<Method, number>()
  for (let index = 0; index < cases; index++) {
    const script = generate(new Random(Math.imul(seed, 0x9e3779b1) + index))
    const duel = outcome(script, make)
    if (duel instanceof Error)
      throw new Error(report(script, make, `seed ${seed}, script ${index}`))
    for (const [name, count] of duel.calls) calls.set(name, (calls.get(name) ?? 0) + count)
  }
  const decisions = (calls.get('decide') ?? 0) + (calls.get('placeOne') ?? 0)
  return { scripts: cases, decisions, calls }
}

function outcome(script: Script, make: readonly [MakeKernel, MakeKernel]): Duel | Error {
  try {
    return play(script, make)
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
}

const triesToShrink = 4000

/** The script made small, as calls with the answers of the first kernel. */
function report(script: Script, make: readonly [MakeKernel, MakeKernel], title: string): string {
  const fails = (smaller: Script): boolean => outcome(smaller, make) instanceof Difference
  const small = shrink(script, fails, triesToShrink)
  const trace: string[] = []
  let message = 'no longer fails'
  let kept: Duel | undefined
  try {
    play(small, make, (duel) => {
      kept = duel
    })
  } catch (error) {
    message = String(error)
  }
  trace.push(...(kept?.trace ?? []))
  return [`Kernels differ (${title}):`, ...trace.map((line) => `  ${line}`), message].join('\n')
}
