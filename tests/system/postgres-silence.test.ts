import { kinds } from '@nephos/core'
import { postgres } from '@nephos/drivers/storage/postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts'
import { type SilentProxy, startProxy } from '../support/silent-proxy.ts'

let server: PostgresServer
let proxy: SilentProxy

beforeAll(async () => {
  server = await startPostgres()
  proxy = await startProxy(server.port)
})

afterAll(async () => {
  await proxy.close()
  await server.stop()
})

it('a network that goes silent is given up, and the next call finds another way', async () => {
  const url = `postgres://nephos@127.0.0.1:${proxy.port}/postgres`
  const store = postgres({ url, statementTimeoutMs: 300 })
  await store.open(kinds)
  const write = {
    origin: 'test',
    at: 1,
    kinds: [],
    add: [{ scope: 'host:h', name: 'VCPU', add: 1, limit: 4 }],
  }
  expect(await store.transact([write])).toEqual([{ ok: true, seq: 1 }])
  proxy.cut()
  const unavailable = expect.objectContaining({ code: 'unavailable' })
  await Promise.all([
    expect(store.counters(['host:h'])).rejects.toEqual(unavailable),
    expect(store.transact([write])).rejects.toEqual(unavailable),
  ])
  proxy.mend()
  expect(await store.transact([write])).toEqual([{ ok: true, seq: 2 }])
  expect(await store.counters(['host:h'])).toMatchObject([{ value: 2 }])
  await store.close()
})
