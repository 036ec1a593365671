import { readFileSync, rmSync } from 'node:fs'
import type { Options } from 'tsup'

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>
}

interface LibraryOptions {
  /**
   * Programs that are started, not imported: ESM only, no declarations. Paths under `src`, no
   * extension.
   */
  readonly programs?: readonly string[]
}

/**
 * The build of one package, from its own `exports`: each subpath with an `@nephos/source` condition
 * is an entry. `tsup` alone writes ESM and CJS; `tsup --dts-only` writes the declarations for both,
 * which is the slow half. Dependencies and peers stay external.
 */
export function library(
  options: LibraryOptions = {},
): (overrides: { readonly dts?: unknown }) => Options[] {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
  const modules = entriesOf(manifest)
  const programs = Object.fromEntries(
    (options.programs ?? []).map((path) => [path, `src/${path}.ts`]),
  )
  const shared = {
    target: 'node20',
    platform: 'node',
    sourcemap: true,
    clean: false,
    silent: true,
  } satisfies Options
  return (overrides) => {
    if (overrides.dts !== undefined) return [{ ...shared, format: ['esm', 'cjs'], entry: modules }]
    // Chunk names carry hashes: what an earlier build left would be published with this one.
    rmSync('dist', { recursive: true, force: true })
    return [
      { ...shared, format: 'esm', entry: { ...modules, ...programs } },
      { ...shared, format: 'cjs', entry: modules },
    ]
  }
}

/** `./storage/sqlite` whose source is `./src/storage/sqlite/index.ts` ─► `storage/sqlite/index`. */
export function entriesOf(manifest: Manifest): Record<string, string> {
  const entries: Record<string, string> = {}
  for (const target of Object.values(manifest.exports)) {
    if (typeof target !== 'object' || target === null) continue
    const source = (target as Readonly<Record<string, unknown>>)['@nephos/source']
    if (typeof source !== 'string') continue
    const name = /^\.\/src\/(.+)\.ts$/.exec(source)?.[1]
    if (name === undefined) throw new Error(`@nephos/source must be ./src/….ts, not ${source}`)
    entries[name] = source
  }
  return entries
}
