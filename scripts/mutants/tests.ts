import { join } from 'node:path'
import { createVitest, type TestModule, type Vitest } from 'vitest/node'
import type { Mutant } from '../../tests/mutants/mutant.ts'
import { root } from '../workspace.ts'
import { mutated } from './check.ts'
import type { Verdict } from './verdict.ts'

/** Longest run of the tests of one killer; only code that never yields comes near it. */
const runMs = 60_000
/** A mutant may make a test wait for what never comes; others take 5 s on a machine at rest. */
const testMs = 20_000

/** Tests of one file. */
export interface TestChoice {
  readonly file: string
  /** Those whose name contains one of these, and each must be in one; all by default. */
  readonly tests?: readonly string[]
}

/**
 * Runs tests over the sources with a mutant in them. The files on disk are not touched: a module is
 * changed as it is loaded, and every run loads the modules anew.
 */
export class TestBench {
  #vitest: Vitest | undefined
  #mutant: Mutant | undefined
  #loaded = false
  /** A run that never yields: its thread is given up. */
  #stuck = false

  async open(): Promise<void> {
    this.#stuck = false
    this.#vitest = await createVitest(
      'test',
      {
        root,
        config: false,
        watch: false,
        reporters: [{}],
        // A thread that never yields ends with the process.
        pool: 'threads',
        maxWorkers: 1,
        include: ['{packages,tests}/**/*.test.ts'],
        exclude: ['**/node_modules/**', '**/dist/**'],
        testTimeout: testMs,
        hookTimeout: testMs,
      },
      {
        ssr: { resolve: { conditions: ['@nephos/source', 'node', 'import', 'default'] } },
        plugins: [
          {
            name: 'mutant',
            enforce: 'pre',
            transform: (code: string, id: string) => this.#transform(code, id),
          },
        ],
      },
    )
  }

  /** A thread that never yields is left to the end of the process. */
  async close(): Promise<void> {
    if (!this.#stuck) await this.#vitest?.close()
  }

  /** Runs tests until all have ended: killed by the first that failed. */
  async run(mutant: Mutant, choice: TestChoice): Promise<Verdict> {
    if (this.#stuck) await this.open()
    const vitest = this.#opened()
    this.#mutant = mutant
    this.#loaded = false
    const path = join(root, mutant.file)
    vitest.invalidateFile(path)
    try {
      return await this.#verdict(vitest, choice)
    } finally {
      this.#mutant = undefined
      vitest.invalidateFile(path)
    }
  }

  async #verdict(vitest: Vitest, { file, tests }: TestChoice): Promise<Verdict> {
    const options = tests && { testNamePattern: new RegExp(tests.map(escaped).join('|')) }
    const specification = vitest.getRootProject().createSpecification(join(root, file), options)
    vitest.state.clearErrors()
    const result = await within(runMs, vitest.runTestSpecifications([specification]))
    if (result === undefined) {
      this.#stuck = true
      return broken(`${file} did not end within ${runMs / 1000} s`)
    }
    const { testModule } = specification
    if (!testModule) return broken(`${file} was not run`)
    const failed = failedTest(testModule)
    if (failed !== undefined) return { type: 'killed', by: `${file} > ${failed}` }
    const [error] = [...testModule.errors(), ...result.unhandledErrors]
    if (error !== undefined) return broken(`${file} failed outside of its tests: ${text(error)}`)
    const names = [...testModule.children.allTests('passed')].map((test) => test.fullName)
    const missing = (tests ?? ['']).find((part) => !names.some((name) => name.includes(part)))
    if (missing !== undefined) return broken(`no test of ${file} is named "${missing}"`)
    return { type: 'survived', loaded: this.#loaded }
  }

  #transform(code: string, id: string): string | undefined {
    const mutant = this.#mutant
    if (!mutant || id.split('?')[0] !== join(root, mutant.file)) return undefined
    this.#loaded = true
    return mutated(code, mutant)
  }

  #opened(): Vitest {
    if (!this.#vitest) throw new Error('Open the bench first.')
    return this.#vitest
  }
}

function failedTest(testModule: TestModule): string | undefined {
  for (const test of testModule.children.allTests('failed')) return test.fullName
  for (const suite of testModule.children.allSuites()) {
    // A hook that fails leaves its tests out.
    if (suite.errors().length > 0) return suite.fullName
  }
  return undefined
}

function broken(reason: string): Verdict {
  return { type: 'broken', reason }
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

function text(error: unknown): string {
  return String((error as { readonly message?: unknown }).message ?? error).split('\n')[0] ?? ''
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
