/**
 * The tables of docs/RELIABILITY.md, from the code that they are about: invariants, faults, and the
 * stories that once failed. `npm run reliability` writes them, `npm run reliability -- --check`
 * compares.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { guarded, lapsed } from '../packages/testkit/src/simulate/check-board.ts'
import { invariantsCoverage } from '../packages/testkit/src/simulate/invariants-coverage.ts'
import { regressions } from '../packages/testkit/src/simulate/regressions.ts'
import { commandOf } from '../packages/testkit/src/simulate/runner/command.ts'
import { firstDifference } from './api/report.ts'
import { faultMeanings } from './reliability/faults.ts'
import { faultLines, filled, foundLines, invariantLines } from './reliability/tables.ts'
import { root } from './workspace.ts'

const path = 'docs/RELIABILITY.md'

function main(check: boolean): void {
  const file = join(root, path)
  const before = readFileSync(file, 'utf8')
  const after = filled(before, {
    invariants: invariantLines(invariantsCoverage, guarded, lapsed),
    faults: faultLines(faultMeanings),
    found: foundLines(regressions, commandOf),
  })
  if (after === before) {
    process.stdout.write(`${path}: up to date\n`)
  } else if (check) {
    process.stdout.write(`${path}: ${firstDifference(before, after)}\n`)
    process.stdout.write('npm run reliability writes it.\n')
    process.exitCode = 1
  } else {
    writeFileSync(file, after)
    process.stdout.write(`${path}: written\n`)
  }
}

main(process.argv.includes('--check'))
