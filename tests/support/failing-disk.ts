import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('failing-disk.c', import.meta.url))

/** How a disk fails. `full`: tables do not grow. `sync`: nothing becomes durable. */
export type DiskFault = 'full' | 'sync'

/** A disk that fails when it is told to: for a program that runs with `environment`. */
export interface FailingDisk {
  readonly environment: Readonly<Record<string, string>>
  fail(fault: DiskFault): void
  mend(): void
  remove(): void
}

/** Needs a C compiler (gcc, libc6-dev). */
export function failingDisk(): FailingDisk {
  const directory = mkdtempSync(join(tmpdir(), 'nephos-disk-'))
  // The server runs as a user of its own.
  chmodSync(directory, 0o755)
  const library = join(directory, 'failing-disk.so')
  execFileSync('gcc', ['-shared', '-fPIC', '-O2', '-Wall', '-Werror', '-o', library, source])
  const control = join(directory, 'fault')
  const mend = (): void => rmSync(control, { force: true })
  return {
    environment: { LD_PRELOAD: library, FAILING_DISK: control },
    fail: (fault) => writeFileSync(control, fault, { mode: 0o644 }),
    mend,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}
