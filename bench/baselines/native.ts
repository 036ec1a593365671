import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { encode, isNarrow, reduced, type Workload } from './workload.ts'

const run = promisify(execFile)

/** The C program, or why there is none. */
export type NativeScan =
  | { readonly ok: true; readonly program: string; readonly compiler: string }
  | { readonly ok: false; readonly reason: string }

export interface NativeRates {
  readonly median: number
  readonly best: number
  readonly rounds: number
  /** Bits of an amount: 16 where all amounts have room in it, the faster of both is taken. */
  readonly lanes: number
  /** Asks that no host could take. */
  readonly refused: number
}

const source = fileURLToPath(new URL('native-scan.c', import.meta.url))
const cache = fileURLToPath(new URL('../../node_modules/.cache/nephos-bench/', import.meta.url))
const compilers = ['cc', 'gcc', 'clang']
const flags = ['-O3', '-march=native', '-std=c11', '-D_POSIX_C_SOURCE=199309L']

let compiled: Promise<NativeScan> | undefined

/** Compiles the scan with the machine's compiler, once for its source and that compiler. */
export function nativeScan(): Promise<NativeScan> {
  compiled ??= compile()
  return compiled
}

async function compile(): Promise<NativeScan> {
  for (const compiler of compilers) {
    const version = await run(compiler, ['--version']).catch(() => null)
    const name = version?.stdout.split('\n')[0]?.trim()
    if (name === undefined) continue
    const text = await readFile(source, 'utf8')
    const key = createHash('sha256')
      .update([name, ...flags, text].join('\n'))
      .digest('hex')
    const program = join(cache, `native-scan-${key.slice(0, 16)}`)
    const done = { ok: true, program, compiler: `${name}, ${flags.slice(0, 2).join(' ')}` } as const
    if (await stat(program).catch(() => null)) return done
    await mkdir(cache, { recursive: true })
    const made = `${program}.${process.pid}`
    const failure = await run(compiler, [...flags, source, '-o', made]).then(
      () => null,
      (error: Error & { stderr?: string }) => error.stderr?.split('\n')[0] ?? error.message,
    )
    if (failure !== null) return { ok: false, reason: `${compiler} cannot compile it: ${failure}` }
    await rename(made, program)
    return done
  }
  return { ok: false, reason: `no C compiler here (${compilers.join(', ')})` }
}

/** Pairs per second of the C scan on a workload: the faster of the widths that can hold it. */
export async function nativeChurn(
  program: string,
  workload: Workload,
  options: { readonly rounds?: number; readonly roundMs?: number } = {},
): Promise<NativeRates> {
  const { rounds = 7, roundMs = 150 } = options
  const small = reduced(workload)
  const folder = await mkdtemp(join(tmpdir(), 'nephos-bench-'))
  try {
    const file = join(folder, 'workload')
    const words = encode(small)
    await writeFile(file, new Uint8Array(words.buffer))
    const found: NativeRates[] = []
    for (const lanes of isNarrow(small) ? [32, 16] : [32]) {
      const args = [file, `${roundMs}`, `${rounds}`, `${lanes}`]
      const { stdout } = await run(program, args)
      found.push(JSON.parse(stdout) as NativeRates)
    }
    return found.reduce((best, each) => (each.median > best.median ? each : best))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
