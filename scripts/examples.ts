/**
 * Runs every `examples/<name>/main.mjs` or `main.ts` against the built packages, each in an empty
 * folder of its own. An example passes when it ends by itself with exit code 0.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from './run-program.ts'
import { root } from './workspace.ts'

function mainOf(name: string): string | undefined {
  return ['main.mjs', 'main.ts']
    .map((file) => join(root, 'examples', name, file))
    .find((file) => existsSync(file))
}

const folder = join(root, 'examples')
const names = existsSync(folder) ? readdirSync(folder).sort() : []
let passed = 0
let failed = 0
for (const name of names) {
  const file = mainOf(name)
  if (file === undefined) continue
  const { ok, output, ms } = runProgram(file)
  if (ok) passed++
  else failed++
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name} ${ms} ms\n${ok ? '' : `${output}\n`}`)
}
process.stdout.write(`examples: ${passed} passed, ${failed} failed\n`)
if (failed > 0 || passed === 0) process.exitCode = 1
