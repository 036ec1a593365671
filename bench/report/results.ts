import { spawn } from 'node:child_process'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BenchError } from '../errors.ts'
import type { Judged } from '../goals.ts'
import type { Conditions } from '../harness/conditions.ts'
import type { PlannedRun } from './plan.ts'

/** What `bench <name> --json` printed, as it was. */
export interface Result {
  readonly suite: string
  readonly goals: readonly Judged[]
  readonly notes: readonly string[]
  readonly conditions: Conditions
  readonly [figure: string]: unknown
}

/** A result with the name of the run that gave it. */
export interface NamedResult {
  readonly key: string
  readonly result: Result
}

const runner = fileURLToPath(new URL('../run.ts', import.meta.url))

/** Runs a benchmark in a process of its own, so that none meets what another left behind. */
export async function runOne({ key, args }: PlannedRun): Promise<NamedResult> {
  const child = spawn(process.execPath, [...process.execArgv, runner, ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw new BenchError(`${key} ended with status ${String(code)}`)
  return { key, result: JSON.parse(Buffer.concat(chunks).toString('utf8')) as Result }
}

/** Keeps one result as it is, in place of the one before. */
export async function save(folder: string, { key, result }: NamedResult): Promise<void> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${key}.json`)
  const partial = `${path}.${process.pid}`
  await writeFile(partial, `${JSON.stringify(result, null, 2)}\n`)
  await rename(partial, path).catch(async (error: unknown) => {
    await rm(partial, { force: true })
    throw error
  })
}

/** All results of a folder, in order of their names. */
export async function load(folder: string): Promise<readonly NamedResult[]> {
  const names = await readdir(folder).catch(() => [])
  const files = names.filter((name) => name.endsWith('.json')).sort(byName)
  return Promise.all(
    files.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { key: name.slice(0, -'.json'.length), result: JSON.parse(text) as Result }
    }),
  )
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

/** A figure by its path, where it is a number. */
export function figure(result: Result, path: string): number | null {
  let value: unknown = result
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null) return null
    value = (value as Readonly<Record<string, unknown>>)[part]
  }
  return typeof value === 'number' ? value : null
}
