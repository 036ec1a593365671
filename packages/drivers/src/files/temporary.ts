import { readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

/**
 * Temporary files name who writes them, `key~host~process~number`, so that what a crash left behind
 * is told from what another process writes at this moment.
 */

/**
 * Nothing writes to a temporary file for so long, in milliseconds: its writer is gone, wherever it
 * ran.
 */
const abandonedMs = 24 * 3_600_000

const host = Buffer.from(hostname(), 'utf8').toString('hex').slice(0, 32) || '0'

/** Those being written by this process, through any store. */
const writing = new Set<string>()
let count = 0

/** A name of its own, held until `done`. */
export function beginTemporary(
  directory: string,
  name: string,
): { path: string; done: () => void } {
  const path = join(directory, `${name}~${host}~${process.pid}~${++count}`)
  writing.add(path)
  return { path, done: () => writing.delete(path) }
}

/** Removes what dead writers left. */
export async function removeStale(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name)
    if (!writing.has(path) && (await isStale(path, name))) await rm(path, { force: true })
  }
}

async function isStale(path: string, name: string): Promise<boolean> {
  const [, , writerHost, pid] = /^(.+)~([0-9a-f]+)~([0-9]+)~[0-9]+$/.exec(name) ?? []
  if (pid === undefined) return false
  if (writerHost === host && (Number(pid) === process.pid || !isAlive(Number(pid)))) return true
  const changed = await stat(path).catch(() => undefined)
  return changed !== undefined && Date.now() - changed.mtimeMs > abandonedMs
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, as another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
