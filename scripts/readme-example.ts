/**
 * Runs the first TypeScript block under "As a library" of README.md, as it stands, against the
 * built packages.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeBlock } from './readme/code-block.ts'
import { runProgram } from './run-program.ts'
import { root } from './workspace.ts'

const block = codeBlock(readFileSync(join(root, 'README.md'), 'utf8'), 'As a library', 'ts')
// Inside the repository, where `@nephos/…` resolves as it does for an embedder.
const folder = join(root, '.nephos')
const file = join(folder, 'readme-example.ts')
mkdirSync(folder, { recursive: true })
writeFileSync(file, block)
try {
  const { ok, output, ms } = runProgram(file)
  process.stdout.write(`${output}\nREADME example: ${ok ? 'ok' : 'FAILED'}, ${ms} ms\n`)
  if (!ok) process.exitCode = 1
} finally {
  rmSync(file, { force: true })
}
