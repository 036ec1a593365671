/**
 * docs/performance/statements.md: what PostgreSQL itself logs while one request for 500 servers is
 * answered. `npm run statements` writes it; PostgreSQL must be installed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MemoryImageStore } from '@nephos/core'
import { postgres } from '@nephos/drivers/storage/postgres'
import { createCloud } from '@nephos/sdk'
import { Pool } from 'pg'
import { type PostgresServer, startPostgres } from '../tests/support/postgres-server.ts'
import { addHosts, basics } from '../tests/support/world.ts'
import { pageOf } from './statements/page.ts'
import { type Logged, loggedIn } from './statements/log.ts'
import { root } from './workspace.ts'

const hosts = 1_000
const counts = [5, 500] as const

/** Restarts the server with its log switched on. @returns where the log is. */
async function logging(server: PostgresServer): Promise<string> {
  const pool = new Pool({ connectionString: server.url, max: 1 })
  const set = { logging_collector: 'on', log_destination: 'jsonlog', log_filename: 'log.log' }
  for (const [name, value] of Object.entries(set)) {
    await pool.query(`ALTER SYSTEM SET ${name} = '${value}'`)
  }
  const { rows } = await pool.query<{ data_directory: string }>('SHOW data_directory')
  await pool.end()
  await server.kill()
  await server.start()
  return join(rows[0]?.data_directory ?? '', 'log', 'log.json')
}

/** The statements of one request each, in the order in which they were executed. */
async function requests(server: PostgresServer): Promise<Logged[][]> {
  const log = await logging(server)
  const options = '-c log_min_duration_statement=0'
  const pool = new Pool({ connectionString: server.url, options })
  const images = new MemoryImageStore()
  const cloud = await createCloud({ store: postgres({ pool }), work: false, drivers: { images } })
  await addHosts(cloud, hosts)
  const { acme, ...request } = await basics(cloud)
  // The first one finds caches empty.
  await acme.servers.create({ ...request, name: 'first', minCount: 1 })
  const all: Logged[][] = []
  for (const minCount of counts) {
    const before = readFileSync(log, 'utf8').length
    await acme.servers.create({ ...request, name: 'web', minCount })
    // The collector writes a moment later.
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const logged = loggedIn(readFileSync(log, 'utf8').slice(before))
    // A process looks now and then for what others recorded, asked or not.
    all.push(logged.filter(({ text }) => !text.startsWith('SELECT seq::float8')))
  }
  await cloud.close()
  await pool.end()
  return all
}

const server = await startPostgres()
try {
  const [few = [], many = []] = await requests(server)
  if (many.length === 0 || few.length !== many.length) {
    const said = [few, many].map((all) => all.map(({ text }) => text).join('\n'))
    throw new Error(`${counts.join(' and ')} servers differ:\n${said.join('\n\n')}`)
  }
  writeFileSync(join(root, 'docs/performance/statements.md'), pageOf(counts, few, many))
} finally {
  await server.stop()
}
