import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BenchError } from './errors.ts'
import { file, flag, readOptions } from './harness/options.ts'
import { chartsOf } from './report/charts.ts'
import { htmlPage, markdown } from './report/pages.ts'
import { planned } from './report/plan.ts'
import { load, runOne, save } from './report/results.ts'

const options = {
  full: flag('all sizes of fleets and all lists; takes long'),
  data: file('folder of the public data sets; else instances are generated'),
  'from-results': flag('run nothing: make pages and plots from the results that are kept'),
  only: file('run only what begins with one of these words, joined by commas'),
  out: file('folder to write to; docs/performance if absent'),
}

const usualFolder = fileURLToPath(new URL('../docs/performance/', import.meta.url))

/**
 * `npm run bench:report`: runs the benchmarks, keeps what they found, and makes tables, plots and
 * one page of it. Results of earlier runs stay until a run of the same name replaces them.
 */
async function main(args: readonly string[]): Promise<void> {
  const { json, ...given } = readOptions(args, options)
  if (json) throw new BenchError('--json is for single benchmarks; results are kept as JSON')
  const folder = given.out ?? usualFolder
  const kept = join(folder, 'results')
  if (!given['from-results']) {
    const words = given.only?.split(',') ?? ['']
    const runs = planned(given).filter(({ key }) => words.some((word) => key.startsWith(word)))
    if (runs.length === 0) throw new BenchError(`--only ${given.only ?? ''} leaves nothing to run`)
    for (const [index, run] of runs.entries()) {
      process.stderr.write(`${index + 1}/${runs.length} ${run.key}\n`)
      await save(kept, await runOne(run))
    }
  }
  const results = await load(kept)
  if (results.length === 0) throw new BenchError(`no results in ${kept}`)
  const charts = chartsOf(results)
  await mkdir(folder, { recursive: true })
  await removePlots(folder)
  for (const chart of charts) {
    await writeFile(join(folder, `${chart.name}.svg`), `${chart.draw(true)}\n`)
  }
  await writeFile(join(folder, 'engine.md'), markdown(results, charts))
  await writeFile(join(folder, 'report.html'), htmlPage(results, charts))
  process.stdout.write(`${results.length} results, ${charts.length} plots: ${folder}\n`)
}

/** Plots of results that are gone. */
async function removePlots(folder: string): Promise<void> {
  const names = await readdir(folder)
  const plots = names.filter((name) => name.endsWith('.svg'))
  await Promise.all(plots.map((name) => rm(join(folder, name))))
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof BenchError)) throw error
  process.stderr.write(`bench:report: ${error.message}\n`)
  process.exitCode = 2
}
