/**
 * The public types of each package as one checked-in file, `etc/api/<package>.api.d.ts`: what a
 * change does to users is a diff that a reviewer reads. `npm run api:check` compares, `npm run
 * api:update` writes. Needs `npm run build`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { firstDifference, reportOf } from './api/report.ts'
import { exportsOf, packages, root } from './workspace.ts'

function main(update: boolean): void {
  let differing = 0
  for (const { folder, manifest } of packages()) {
    if (manifest.private === true) continue
    const report = reportOf(manifest.name, exportsOf(manifest, 'types'), (file) =>
      readFileSync(join(root, folder, file), 'utf8'),
    )
    const path = join('etc', 'api', `${basename(folder)}.api.d.ts`)
    const file = join(root, path)
    const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
    if (before === report) continue
    differing++
    if (update) {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, report)
      process.stdout.write(`${path}: written\n`)
    } else {
      process.stdout.write(`${path}: ${firstDifference(before, report)}\n`)
    }
  }
  if (differing === 0) process.stdout.write('api: every report is up to date\n')
  if (differing > 0 && !update) {
    process.stdout.write('If the change is meant: npm run api:update, and review the diff.\n')
    process.exitCode = 1
  }
}

main(process.argv.includes('--update'))
