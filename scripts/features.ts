/**
 * docs/reference/features.md, from the tables of features and the names of the tests that prove
 * them. `npm run features` writes it, `npm run features -- --check` compares.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { firstDifference } from './api/report.ts'
import { contradictions, featuresPage, idsIn } from './features/page.ts'
import { featureTables } from './features/tables.ts'
import { root } from './workspace.ts'

const path = 'docs/reference/features.md'

function main(check: boolean): void {
  const proofs = readProofs()
  const wrong = contradictions(featureTables, proofs)
  for (const line of wrong) process.stdout.write(`${line}\n`)
  if (wrong.length > 0) process.exitCode = 1
  const file = join(root, path)
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const after = featuresPage(featureTables, proofs)
  if (after === before) {
    process.stdout.write(`${path}: up to date\n`)
  } else if (check) {
    process.stdout.write(`${path}: ${firstDifference(before, after)}\n`)
    process.stdout.write('npm run features writes it.\n')
    process.exitCode = 1
  } else {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, after)
    process.stdout.write(`${path}: written\n`)
  }
}

function readProofs(): Map<string, Map<string, number>> {
  const proofs = new Map<string, Map<string, number>>()
  for (const name of testFiles()) {
    for (const id of idsIn(readFileSync(join(root, name), 'utf8'))) {
      const files = proofs.get(id) ?? new Map<string, number>()
      proofs.set(id, files.set(name, (files.get(name) ?? 0) + 1))
    }
  }
  return proofs
}

/** Every file of tests, by its path in the repository. */
function testFiles(): string[] {
  return ['packages', 'tests'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts') && !/(?:^|\/)(?:node_modules|dist)\//.test(name))
      .map((name) => `${folder}/${name}`),
  )
}

main(process.argv.includes('--check'))
