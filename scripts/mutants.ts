/**
 * The mutation ledger: every mutant of the product is applied in memory and must be killed, by a
 * test whose name is printed. Before it, the canary — a change that changes nothing — must survive
 * all of these tests; and a run where the canary counts as a mutant must fail.
 *
 * `npm run mutants [-- --fast | --only NAME,NAME | --list | --lanes N]`. The last line is `N
 * killed, N survived`; the exit code is 0 if none survived and both checks held.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { canary, ledger } from '../tests/mutants/ledger.ts'
import type { Mutant } from '../tests/mutants/mutant.ts'
import { ledgerFaults } from './mutants/check.ts'
import { LedgerRun, type Outcome } from './mutants/ledger-run.ts'
import { parseOptions, selected } from './mutants/options.ts'

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function describe({ mutant, verdict, ms }: Outcome): string {
  const took = `${(ms / 1000).toFixed(1)} s`
  if (verdict.type === 'killed') return `killed    ${mutant.name} (${took}) by ${verdict.by}`
  if (verdict.type === 'broken') return `BROKEN    ${mutant.name} (${took}): ${verdict.reason}`
  const unloaded = verdict.loaded ? '' : ' No killer loads the file.'
  return `SURVIVED  ${mutant.name} (${took}): ${mutant.why}${unloaded}`
}

/** The canary must survive what kills the others. */
async function baselineHolds(run: LedgerRun, mutants: readonly Mutant[]): Promise<boolean> {
  const begin = Date.now()
  const verdict = await run.baseline(canary, mutants)
  const took = `${((Date.now() - begin) / 1000).toFixed(1)} s`
  if (verdict.type === 'survived' && verdict.loaded) {
    say(`ok        the canary survived every killer (${took})`)
    return true
  }
  if (verdict.type === 'survived') say('FAILED    no killer loads the canary')
  if (verdict.type === 'killed') say(`FAILED    the canary was killed by ${verdict.by}`)
  if (verdict.type === 'broken') say(`FAILED    the canary: ${verdict.reason}`)
  return false
}

/** In another process: a ledger with a mutant that nobody can notice must fail. */
function ledgerCanFail(): boolean {
  const { status, stdout } = spawnSync(
    process.execPath,
    [...process.execArgv, fileURLToPath(import.meta.url), '--canary-counts'],
    { encoding: 'utf8', timeout: 120_000 },
  )
  const last = stdout.trim().split('\n').at(-1)
  const failed = status === 1 && last === '0 killed, 1 survived'
  say(failed ? 'ok        a surviving canary fails the ledger' : `FAILED    self-check: ${last}`)
  return failed
}

async function runLedger(args: readonly string[]): Promise<boolean> {
  const options = parseOptions(args)
  const faults = ledgerFaults([...ledger, canary])
  for (const fault of faults) say(`FAULT     ${fault}`)
  if (faults.length > 0) return false
  const mutants = options.canaryCounts ? [canary] : selected(ledger, options)
  if (options.list) {
    for (const { name, lane, file, why } of mutants) say(`${name} [${lane}] ${file}: ${why}`)
    return true
  }
  const outcomes: Outcome[] = []
  const run = await LedgerRun.open(options.lanes)
  let sound = true
  try {
    if (!options.canaryCounts) sound = (await baselineHolds(run, mutants)) && ledgerCanFail()
    if (!sound) return false
    await run.each(mutants, (outcome) => {
      outcomes.push(outcome)
      say(describe(outcome))
    })
  } finally {
    await run.close()
  }
  const killed = outcomes.filter(({ verdict }) => verdict.type === 'killed').length
  say(`${killed} killed, ${mutants.length - killed} survived`)
  return killed === mutants.length
}

let good = false
try {
  good = await runLedger(process.argv.slice(2))
} catch (error) {
  say(`FAILED    ${String(error)}`)
}
// Failed tests set the exit code, and a thread that a mutant keeps busy would keep the process.
process.exit(good ? 0 : 1)
