import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'

/** A PostgreSQL of the test's own, as Debian has it, in a temporary folder on a free port. */
export interface PostgresServer {
  readonly port: number
  readonly url: string
  /** Ends it as a power cut would end its processes. */
  kill(): Promise<void>
  /** Starts it again on what is there. */
  start(): Promise<void>
  stop(): Promise<void>
}

const startMs = 30_000

/** PostgreSQL refuses to run as root: then it runs as the user that its package made. */
export function asServerUser(command: string, args: readonly string[]): [string, string[]] {
  if (process.getuid?.() !== 0) return [command, [...args]]
  return ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', command, ...args]]
}

function programs(): string {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).map(Number) : []
  const newest = versions.toSorted((a, b) => b - a)[0]
  if (newest === undefined) throw new Error('PostgreSQL is not installed (postgresql-15)')
  return join(root, String(newest), 'bin')
}

export async function startPostgres(): Promise<PostgresServer> {
  const directory = mkdtempSync(join(tmpdir(), 'nephos-postgres-'))
  if (process.getuid?.() === 0) {
    const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres']).toString())
    chownSync(directory, id('-u'), id('-g'))
  }
  const data = join(directory, 'data')
  const init = ['-D', data, '-U', 'nephos', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8']
  const [command, args] = asServerUser(join(programs(), 'initdb'), init)
  execFileSync(command, args, { cwd: directory, stdio: 'pipe' })
  const port = await freePort()
  const url = `postgres://nephos@127.0.0.1:${port}/postgres`
  let running: ChildProcess | undefined

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const child = running
    running = undefined
    if (!child || child.exitCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }
  const start = async (): Promise<void> => {
    const options = ['-D', data, '-p', String(port), '-k', directory, '-h', '127.0.0.1']
    const settings = ['-c', 'max_connections=200', '-c', 'shared_buffers=64MB']
    const [server, rest] = asServerUser(join(programs(), 'postgres'), [...options, ...settings])
    running = spawn(server, rest, { cwd: directory, stdio: 'ignore' })
    await answering(url)
  }
  await start()
  return {
    port,
    url,
    start,
    kill: () => end('SIGQUIT'),
    stop: async () => {
      await end('SIGINT')
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Resolves when a server answers at this URL. */
export async function answering(connectionString: string): Promise<void> {
  for (const end = Date.now() + startMs; ;) {
    const client = new Client({ connectionString })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('SELECT 1')
      await client.end()
      return
    } catch (error) {
      await client.end().catch(() => undefined)
      if (Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
