import type { Killer, Mutant } from '../../tests/mutants/mutant.ts'
import { simulate } from './simulation.ts'
import { TestBench, type TestChoice } from './tests.ts'
import type { Verdict } from './verdict.ts'

export interface Outcome {
  readonly mutant: Mutant
  readonly verdict: Verdict
  readonly ms: number
}

/** Runs mutants, `lanes` at a time; tells of each as it ends. */
export class LedgerRun {
  readonly #benches: TestBench[] = []

  static async open(lanes: number): Promise<LedgerRun> {
    const ledgerRun = new LedgerRun()
    for (let lane = 0; lane < lanes; lane++) {
      const bench = new TestBench()
      await bench.open()
      ledgerRun.#benches.push(bench)
    }
    return ledgerRun
  }

  async close(): Promise<void> {
    await Promise.all(this.#benches.map((bench) => bench.close()))
  }

  /** Each mutant under its own killers, until one of them kills it. */
  each(mutants: readonly Mutant[], tell: (outcome: Outcome) => void): Promise<void> {
    return this.#spread(mutants, async (bench, mutant) => {
      const begin = Date.now()
      const verdict = await judge(bench, mutant, mutant.killers)
      tell({ mutant, verdict, ms: Date.now() - begin })
    })
  }

  /**
   * The canary under every killer of the others: where nothing changed, nothing may fail. It fails
   * as well when no test loads the canary, or a filter matches no test.
   */
  async baseline(canary: Mutant, mutants: readonly Mutant[]): Promise<Verdict> {
    let loaded = false
    let bad: Verdict | undefined
    await this.#spread(checksOf(mutants), async (bench, check) => {
      if (bad) return
      const verdict = await run(bench, canary, check)
      if (verdict.type !== 'survived') bad = verdict
      else loaded ||= verdict.loaded
    })
    return bad ?? { type: 'survived', loaded }
  }

  async #spread<T>(
    items: readonly T[],
    work: (bench: TestBench, item: T) => Promise<void>,
  ): Promise<void> {
    const queue = [...items]
    await Promise.all(
      this.#benches.map(async (bench) => {
        for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
          await work(bench, item)
        }
      }),
    )
  }
}

async function judge(
  bench: TestBench,
  mutant: Mutant,
  killers: readonly Killer[],
): Promise<Verdict> {
  let loaded = false
  for (const killer of killers) {
    const verdict = await run(bench, mutant, checkOf(killer))
    if (verdict.type !== 'survived') return verdict
    loaded ||= verdict.loaded
  }
  return { type: 'survived', loaded }
}

/** One run of tests, or of the simulator. */
type Check = TestChoice | { readonly simulate: readonly string[] }

function run(bench: TestBench, mutant: Mutant, check: Check): Promise<Verdict> {
  return 'simulate' in check ? simulate(mutant, check.simulate) : bench.run(mutant, check)
}

function checkOf(killer: Killer): Check {
  if (typeof killer === 'string') return { file: killer }
  if ('simulate' in killer) return killer
  return { file: killer.file, ...(killer.test !== undefined && { tests: [killer.test] }) }
}

/** Everything that kills one of them, each file and each simulation once. */
function checksOf(mutants: readonly Mutant[]): Check[] {
  const files = new Map<string, Set<string> | undefined>()
  const simulations = new Map<string, Check>()
  for (const check of mutants.flatMap(({ killers }) => killers.map(checkOf))) {
    if ('simulate' in check) {
      simulations.set(check.simulate.join(' '), check)
      continue
    }
    const { file, tests } = check
    const known = files.has(file) ? files.get(file) : new Set<string>()
    files.set(file, known && tests && new Set([...known, ...tests]))
  }
  const choices = [...files].map(([file, tests]) => ({ file, ...(tests && { tests: [...tests] }) }))
  return [...choices, ...simulations.values()]
}
