import { posix } from 'node:path'
import { type Finding, isTest, linesOf, type Source } from './source.ts'
import { importsOf } from './syntax-rules.ts'

/**
 * Package sources that nothing imports. `entries` are the paths started from outside: exports and
 * programs. An import by a test alone does not keep a file alive, unless the file stands in a
 * `test` folder.
 */
export function deadFiles(sources: readonly Source[], entries: ReadonlySet<string>): Finding[] {
  const imported = new Set<string>()
  for (const source of sources) {
    if (isTest(source.path)) continue
    for (const specifier of importsOf(source)) {
      if (!specifier.startsWith('.')) continue
      const path = posix.join(posix.dirname(source.path), specifier)
      // AssemblyScript imports carry no extension.
      imported.add(/\.\w+$/.test(path) ? path : `${path}.ts`)
    }
  }
  return sources
    .filter(({ path }) => /^packages\/[^/]+\/src\//.test(path) && !isTest(path))
    .filter(({ path }) => !imported.has(path) && !entries.has(path))
    .map(({ path }) => ({ path, line: 1, rule: 'dead-file', message: 'nothing imports it' }))
}

/** Median length in lines of the package sources, tests left out; 0 without sources. */
export function medianLines(sources: readonly Source[]): number {
  const lengths = sources
    .filter(({ path }) => /^packages\/[^/]+\/src\//.test(path) && !isTest(path))
    .map(({ text }) => linesOf(text).length)
    .sort((a, b) => a - b)
  return lengths[Math.floor(lengths.length / 2)] ?? 0
}
