import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'

/** A PostgreSQL of the test's own, as Debian has it, in a temporary folder on a free port. */
export interface PostgresServer {
  readonly port: number
  readonly url: string
  /** Ends it at once, by its own doing: no checkpoint is written. */
  kill(): Promise<void>
  /** `kill -9` of all its processes. */
  crash(): Promise<void>
  /** `kill -9` of one of its backends: it ends the others, and recovers. False: there is none. */
  killBackend(): Promise<boolean>
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

/** @param environment of the server's processes, beside this one's. */
export async function startPostgres(
  environment: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
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
    // It refuses as long as processes of the one before it are there.
    const again = (): void => {
      const child = spawn(server, rest, {
        cwd: directory,
        stdio: 'ignore',
        env: { ...process.env, ...environment },
      })
      running = child
      child.once('exit', () => running === child && setTimeout(again, 50))
    }
    again()
    await answering(url)
  }
  await start()
  return {
    port,
    url,
    start,
    crash: async () => {
      const all = running?.pid === undefined ? [] : childrenOf(running.pid)
      const ended = end('SIGKILL')
      for (const pid of all) killed(pid)
      await ended
    },
    killBackend: async () => {
      const [pid] = await backends(url)
      if (pid === undefined || !killed(pid)) return false
      await answering(url)
      return true
    },
    kill: () => end('SIGQUIT'),
    stop: async () => {
      await end('SIGINT')
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** The processes that this one has started. */
function childrenOf(pid: number): number[] {
  const path = `/proc/${pid}/task/${pid}/children`
  return existsSync(path) ? readFileSync(path, 'utf8').split(' ').filter(Boolean).map(Number) : []
}

/** @returns false when it was gone already. */
function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}

/** Processes of the server that clients hold. */
async function backends(connectionString: string): Promise<number[]> {
  const client = new Client({ connectionString })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY random()`,
    )
    return rows.map(({ pid }) => pid)
  } catch {
    return []
  } finally {
    await client.end().catch(() => undefined)
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
