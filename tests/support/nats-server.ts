import { type ChildProcess, spawn } from 'node:child_process'
import { connect } from 'node:net'
import { freePort } from './postgres-server.ts'

/** A NATS broker of the test's own, as Debian has it, on a free port. It keeps nothing. */
export interface NatsServer {
  readonly url: string
  start(): Promise<void>
  /** Nothing of it is left. */
  kill(): Promise<void>
  /** It answers nobody any more, and its connections stay. */
  hang(): void
}

const startMs = 20_000

export async function startNats(): Promise<NatsServer> {
  const port = await freePort()
  let running: ChildProcess | undefined
  const start = async (): Promise<void> => {
    running = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
    const failed = new Promise<never>((_, reject) => running?.once('error', reject))
    await Promise.race([listening(port), failed])
  }
  await start()
  return {
    url: `nats://127.0.0.1:${port}`,
    start,
    hang: () => void running?.kill('SIGSTOP'),
    kill: async () => {
      const child = running
      running = undefined
      if (!child || child.exitCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function listening(port: number): Promise<void> {
  for (const end = Date.now() + startMs; ;) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('close', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (isUp) return
    if (Date.now() > end) throw new Error('nats-server does not listen')
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
