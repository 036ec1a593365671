import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root: string = dirname(dirname(fileURLToPath(import.meta.url)))

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, unknown>>
  readonly bin?: unknown
}

export interface Package {
  /** Folder relative to the root: `packages/core`. */
  readonly folder: string
  readonly manifest: Manifest
}

/** The packages under `packages/`, by folder name. */
export function packages(): Package[] {
  return readdirSync(join(root, 'packages'))
    .filter((name) => existsSync(join(root, 'packages', name, 'package.json')))
    .sort()
    .map((name) => {
      const text = readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')
      return { folder: `packages/${name}`, manifest: JSON.parse(text) as Manifest }
    })
}

/**
 * Subpaths that a package exports, each with the file its condition names. Plain files are left
 * out.
 */
export function exportsOf(
  manifest: Manifest,
  condition: '@nephos/source' | 'types',
): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    if (typeof target !== 'object' || target === null) continue
    const conditions = target as Readonly<Record<string, unknown>>
    const file = condition === 'types' ? typesOf(conditions['import']) : conditions[condition]
    if (typeof file === 'string') found.set(subpath, file)
  }
  return found
}

function typesOf(target: unknown): unknown {
  if (typeof target !== 'object' || target === null) return undefined
  return (target as Readonly<Record<string, unknown>>)['types']
}

/** Every file that `exports` and `bin` point at, without the leading `./`. */
export function entryTargets(manifest: Manifest): string[] {
  const found = new Set<string>()
  const visit = (target: unknown): void => {
    if (typeof target === 'string') found.add(target.replace(/^\.\//, ''))
    else if (typeof target === 'object' && target !== null) Object.values(target).forEach(visit)
  }
  visit(manifest.exports)
  visit(manifest.bin)
  return [...found]
}
