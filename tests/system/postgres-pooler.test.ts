import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgres } from '@nephos/drivers/storage/postgres'
import { createCloud } from '@nephos/sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  answering,
  asServerUser,
  freePort,
  type PostgresServer,
  startPostgres,
} from '../support/postgres-server.ts'
import { addHosts, basics } from '../support/world.ts'

let server: PostgresServer
let pooler: ChildProcess
let url: string
const directory = mkdtempSync(join(tmpdir(), 'nephos-pgbouncer-'))

beforeAll(async () => {
  server = await startPostgres()
  const port = await freePort()
  url = `postgres://nephos@127.0.0.1:${port}/postgres`
  const file = join(directory, 'pgbouncer.ini')
  const settings = `[databases]
postgres = host=127.0.0.1 port=${server.port} user=nephos
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
`
  writeFileSync(file, settings)
  chmodSync(directory, 0o755)
  const [command, args] = asServerUser('pgbouncer', [file])
  pooler = spawn(command, args, { stdio: 'ignore' })
  await answering(url)
})

afterAll(async () => {
  const ended = new Promise((resolve) => pooler.once('exit', resolve))
  pooler.kill('SIGINT')
  await ended
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
})

it('a cloud needs no session: PgBouncer may give each transaction another one', async () => {
  const cloud = await createCloud({ store: postgres({ url }) })
  await addHosts(cloud, 100)
  const { acme, ...request } = await basics(cloud)
  const names = Array.from({ length: 10 }, (_, at) => `web-${at}`)
  await Promise.all(names.map((name) => acme.servers.create({ ...request, name, minCount: 10 })))
  expect(await cloud.settle({ timeoutMs: 60_000 })).toBe(0)
  expect(await acme.servers.count({})).toEqual({ count: 100 })
  expect(await cloud.audit()).toEqual([])
  await cloud.close()
})
