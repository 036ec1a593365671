/**
 * docs/reference/http: a page and an OpenAPI document of each HTTP interface, from the tables of
 * endpoints. `npm run http` writes them, `npm run http -- --check` compares.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apis } from '../packages/sdk/src/http/apis.ts'
import { openApi } from '../packages/sdk/src/http/openapi.ts'
import { firstDifference } from './api/report.ts'
import { apiPage, indexPage } from './http/page.ts'
import { clientsOf, readRecords, unknownIn } from './http/records.ts'
import { root } from './workspace.ts'

const folder = 'docs/reference/http'

function main(check: boolean): void {
  const spoken = apis.filter((api) => api.endpoints.length > 0)
  const records = readRecords()
  for (const line of unknownIn(records, spoken)) report(true, line)
  const clients = clientsOf(records)
  const wanted = new Map([
    ['README.md', indexPage(spoken, clients)],
    ...spoken.map((api) => [`${api.name}.md`, apiPage(api, clients)] as const),
    ...spoken.map((api) => [`${api.name}.json`, `${JSON.stringify(openApi(api.name))}\n`] as const),
  ])
  mkdirSync(join(root, folder), { recursive: true })
  for (const name of readdirSync(join(root, folder))) {
    if (wanted.has(name)) continue
    report(check, `${folder}/${name}: there is no such interface`)
    if (!check) rmSync(join(root, folder, name))
  }
  for (const [name, after] of wanted) {
    const file = join(root, folder, name)
    const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
    if (before === after) continue
    report(check, `${folder}/${name}: ${check ? firstDifference(before, after) : 'written'}`)
    if (!check) writeFileSync(file, after)
  }
  if (check && process.exitCode === 1) process.stdout.write('npm run http writes them.\n')
}

function report(isWrong: boolean, text: string): void {
  process.stdout.write(`${text}\n`)
  if (isWrong) process.exitCode = 1
}

main(process.argv.includes('--check'))
