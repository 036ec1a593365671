/**
 * Style that a formatter and a linter do not see, as a test: sizes, purity of core, leftovers, dead
 * files. `npm run tidy` checks all; `npm run tidy -- packages/core/src/work` shows the findings
 * under a path.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { syntaxFindings } from './tidy/syntax-rules.ts'
import { type Finding, isCode, limits, type Source } from './tidy/source.ts'
import { textFindings } from './tidy/text-rules.ts'
import { deadFiles, medianLines } from './tidy/tree-rules.ts'
import { exportsOf, packages, root } from './workspace.ts'

const textFile = /\.(?:ts|mts|cts|js|mjs|cjs|json|md|yml|yaml|sh|sql|html|css|txt)$|^\.ci\/run$/
const skipped = /^package-lock\.json$|^LICENSE|\/LICENSE$|^etc\/api\//

/** Files that git knows or would add: what is ignored is not ours. */
function readSources(): Source[] {
  const listed = execFileSync('git', ['ls-files', '-z', '-c', '-o', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  return listed
    .split('\0')
    .filter((path) => textFile.test(path) && !skipped.test(path) && existsSync(join(root, path)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** What is started from outside the module graph. */
function entries(): Set<string> {
  const found = new Set<string>([
    'packages/sdk/src/cli/main.ts',
    'packages/testkit/src/simulate/cli.ts',
  ])
  for (const { folder, manifest } of packages()) {
    for (const file of exportsOf(manifest, '@nephos/source').values()) {
      found.add(posix.join(folder, file))
    }
  }
  return found
}

function main(under: readonly string[]): void {
  const sources = readSources()
  const code = sources.filter(({ path }) => isCode(path))
  const findings: Finding[] = [
    ...sources.flatMap(textFindings),
    ...code.flatMap(syntaxFindings),
    ...deadFiles(code, entries()),
  ]
  const shown = findings
    .filter(({ path }) => under.length === 0 || under.some((prefix) => path.startsWith(prefix)))
    .sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1))
  for (const { path, line, rule, message } of shown) {
    process.stdout.write(`${path}:${line} ${rule}: ${message}\n`)
  }
  const median = medianLines(code)
  const tooLong = median > limits.medianLines
  process.stdout.write(
    `tidy: ${sources.length} files, median source ${median} lines ` +
      `(limit ${limits.medianLines}), ${shown.length} findings\n`,
  )
  if (shown.length > 0 || tooLong) process.exitCode = 1
}

main(process.argv.slice(2))
