import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../packages/sdk/bin/nephos.mjs', import.meta.url))

/** A cloud in a process of its own, as a user starts it. */
export interface Up extends AsyncDisposable {
  /** `http://127.0.0.1:12345` */
  readonly origin: string
  /** `http://127.0.0.1:12346/metrics` */
  readonly metrics: string
  /** All that it said. */
  readonly said: string
}

/** Starts `nephos up` on a free port. It ends, and is waited for, when it is disposed of. */
export async function startUp(...options: readonly string[]): Promise<Up> {
  const anywhere = '127.0.0.1:0'
  const args = [program, 'up', '--listen', anywhere, '--metrics', anywhere, ...options]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  for await (const part of child.stdout as AsyncIterable<Buffer>) {
    said += part.toString()
    const origin = /(http:\/\/[\d.]+:\d+)\/identity\/v3/.exec(said)?.[1]
    const metrics = /Metrics are at (\S+)\./.exec(said)?.[1]
    if (origin !== undefined && metrics !== undefined) {
      return { origin, metrics, said, [Symbol.asyncDispose]: () => ended(child) }
    }
  }
  throw new Error(`nephos up did not start: ${said}`)
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => {
      resolve()
    })
    child.kill('SIGTERM')
  })
}
