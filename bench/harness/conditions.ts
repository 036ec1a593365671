import { cpus, totalmem } from 'node:os'
import { sep } from 'node:path'

/** Where and how a figure was measured: a figure without these says nothing. */
export interface Conditions {
  readonly node: string
  readonly v8: string
  readonly platform: string
  readonly cpu: string
  readonly cores: number
  readonly memoryGib: number
  /** Seen from the running process: placement runs on one. */
  readonly threads: 1
  readonly command: string
  readonly date: string
  /** What the placement engine ran on, or null when none was used. */
  readonly tier: string | null
}

/** @param args The command line as given, without node and script. */
export function conditions(args: readonly string[], tier: string | null): Conditions {
  const processors = cpus()
  return {
    node: process.version,
    v8: process.versions.v8,
    platform: `${process.platform} ${process.arch}`,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    threads: 1,
    command: commandLine(args),
    date: new Date().toISOString(),
    tier,
  }
}

/** The command as another could type it: of absolute paths, the last two parts are kept. */
export function commandLine(args: readonly string[]): string {
  const words = args.map((word) => {
    const parts = word.split(sep)
    const shown = word.startsWith(sep) && parts.length > 3 ? parts.slice(-2).join('/') : word
    return /^[\w./:=,@+-]+$/.test(shown) ? shown : JSON.stringify(shown)
  })
  return ['npm run -s bench --', ...words].join(' ')
}
