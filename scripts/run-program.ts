import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Longest run of an example; a program that hangs must not hold up the rest. */
const timeoutMs = 120_000

export interface ProgramResult {
  readonly ok: boolean
  readonly output: string
  readonly ms: number
}

/**
 * Runs a program with Node in an empty folder that is removed afterwards. TypeScript needs no build
 * of its own.
 */
export function runProgram(file: string): ProgramResult {
  const cwd = mkdtempSync(join(tmpdir(), 'nephos-example-'))
  const loader = file.endsWith('.ts') ? ['--import', import.meta.resolve('tsx')] : []
  const begin = Date.now()
  try {
    const { status, stdout, stderr, error } = spawnSync(process.execPath, [...loader, file], {
      cwd,
      encoding: 'utf8',
      timeout: timeoutMs,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output = `${stdout}${stderr}${error === undefined ? '' : error.message}`
    return { ok: status === 0, output, ms: Date.now() - begin }
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}
