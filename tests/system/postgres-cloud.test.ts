import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fsImages } from '@nephos/drivers/image/fs'
import { postgres } from '@nephos/drivers/storage/postgres'
import { type Cloud, type CloudStats, createCloud } from '@nephos/sdk'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts'
import { addHosts, basics, unlimitedQuotas } from '../support/world.ts'

let server: PostgresServer
let pool: Pool
const directory = mkdtempSync(join(tmpdir(), 'nephos-images-'))

beforeAll(async () => {
  server = await startPostgres()
  pool = new Pool({ connectionString: server.url })
})

afterAll(async () => {
  await pool.end()
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
})

async function cost(cloud: Cloud, run: () => Promise<unknown>): Promise<CloudStats> {
  const before = cloud.stats
  await run()
  // Doorbells are rung after the answer: let them be counted.
  await new Promise((resolve) => setImmediate(resolve))
  const after = cloud.stats
  return {
    transactions: after.transactions - before.transactions,
    statements: after.statements - before.statements,
    messages: after.messages - before.messages,
  }
}

describe('a cloud on PostgreSQL', () => {
  it('makes and removes 500 servers, and every invariant holds', async () => {
    const open = async (): Promise<Cloud> =>
      createCloud({
        store: postgres({ pool, schema: 'whole' }),
        drivers: { images: await fsImages({ directory }) },
      })
    const cloud = await open()
    await addHosts(cloud, 1_000)
    const { acme, ...request } = await basics(cloud)
    const batch = await acme.servers.create({ ...request, name: 'web', minCount: 500 })
    expect(await cloud.settle({ timeoutMs: 120_000 })).toBe(0)
    let active = 0
    for await (const one of acme.servers.list({ pageSize: 200 })) {
      if (one.status === 'ACTIVE') active++
    }
    expect(active).toBe(500)
    expect(await cloud.audit()).toEqual([])
    await cloud.close()

    const again = await open()
    const project = await again.project('acme')
    expect((await project.servers.batch(batch.id)).count).toBe(500)
    await project.servers.delete({ batchId: batch.id })
    expect(await again.settle({ timeoutMs: 120_000 })).toBe(0)
    expect(await project.servers.count({})).toEqual({ count: 0 })
    expect(await again.audit()).toEqual([])
    await again.close()
  })

  it('pays one transaction, and as many statements for 1 server as for 5,000', async () => {
    const cloud = await createCloud({
      store: postgres({ pool, schema: 'cost' }),
      work: false,
      settings: { defaultQuotas: unlimitedQuotas },
    })
    await addHosts(cloud, 1_000)
    const { acme, ...request } = await basics(cloud)
    await acme.servers.create({ ...request, name: 'first', minCount: 1 })
    const creates: CloudStats[] = []
    const deletes: CloudStats[] = []
    const batches: string[] = []
    for (const minCount of [1, 500, 5_000]) {
      creates.push(
        await cost(cloud, async () => {
          const batch = await acme.servers.create({ ...request, name: 'web', minCount })
          batches.push(batch.id)
        }),
      )
    }
    for (const batchId of batches) {
      deletes.push(await cost(cloud, () => acme.servers.delete({ batchId })))
    }
    for (const costs of [creates, deletes]) {
      expect(costs[0]?.transactions).toBe(1)
      for (const one of costs) expect(one).toEqual(costs[0])
    }
    expect(await cloud.audit()).toEqual([])
    await cloud.close()
  })
})
