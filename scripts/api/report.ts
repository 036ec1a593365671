import { posix } from 'node:path'

/**
 * One text for all declarations of a package: its entries in the order of `exports`, then the
 * chunks they share. Chunk names lose their hashes, so that the text changes only where a type
 * does.
 */
export function reportOf(
  name: string,
  entries: ReadonlyMap<string, string>,
  read: (file: string) => string,
): string {
  const parts: string[] = []
  const seen = new Set<string>()
  const queue: { file: string; title: string }[] = []
  for (const [subpath, file] of entries) {
    queue.push({ file: posix.normalize(file), title: posix.join(name, subpath) })
  }
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { file, title } = next
    if (seen.has(file)) continue
    seen.add(file)
    const text = read(file)
    parts.push(`// ---- ${title} ----\n${withoutHashes(text).trim()}\n`)
    for (const chunk of relativeImports(text)) {
      const path = posix.join(posix.dirname(file), chunk.replace(/\.js$/, '.d.ts'))
      queue.push({ file: path, title: withoutHashes(`'${chunk}'`).slice(1, -1) })
    }
  }
  return parts.join('\n')
}

function relativeImports(text: string): string[] {
  return [...text.matchAll(/from '(\.[^']+\.js)'/g)].map((match) => match[1] ?? '')
}

/** `'../store-Bx91_a-Z.js'` ─► `'../store.js'`. */
function withoutHashes(text: string): string {
  return text.replace(/('\.[^']*?)-[\w-]{8}\.js'/g, "$1.js'")
}

/** The first line in which two texts differ, for a message. */
export function firstDifference(before: string, after: string): string {
  if (before === '') return 'there is no report yet'
  const old = before.split('\n')
  const now = after.split('\n')
  const index = now.findIndex((line, at) => line !== old[at])
  const at = index === -1 ? now.length : index
  return `differs at line ${at + 1}\n  - ${old[at] ?? ''}\n  + ${now[at] ?? ''}`
}
