import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../packages/sdk/bin/nephos.mjs', import.meta.url))

/** One of the processes that share a cloud. */
export interface Served {
  /** Starts it, and waits until it says that it is ready. */
  start(): Promise<void>
  /** Ends it as nothing else would: `kill -9`. @returns whether there was anything to end. */
  kill(): Promise<boolean>
  /** Stops it in the middle of what it does, or lets it go on: SIGSTOP, SIGCONT. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void
  /** Ends it as an operator would. @returns its exit code. */
  stop(): Promise<number | null>
}

const readyMs = 60_000

/** `nephos serve` with these options; it is not started yet. */
export function served(...options: readonly string[]): Served {
  let running: ChildProcess | undefined
  const end = async (signal: NodeJS.Signals): Promise<number | null | undefined> => {
    const child = running
    running = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return undefined
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    child.kill(signal)
    return ended
  }
  return {
    start: async () => {
      for (const until = Date.now() + readyMs; ;) {
        const child = spawn(process.execPath, [program, 'serve', ...options], {
          stdio: ['ignore', 'pipe', 'pipe'],
        })
        running = child
        const said = await firstWords(child)
        if (said.includes('Ready')) return
        // As an operator's supervisor would: the database may be away for a moment.
        if (Date.now() > until) throw new Error(`nephos serve ${options.join(' ')}: ${said}`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    kill: async () => (await end('SIGKILL')) !== undefined,
    signal: (name) => void running?.kill(name),
    stop: async () => (await end('SIGTERM')) ?? null,
  }
}

/** What it says until it is ready, or has ended. */
function firstWords(child: ChildProcess): Promise<string> {
  let said = ''
  return new Promise((resolve) => {
    const hear = (part: Buffer): void => {
      said += part.toString()
      if (said.includes('Ready')) resolve(said)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', () => resolve(said))
  })
}
