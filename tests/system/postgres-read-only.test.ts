import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Cluster } from '../support/cluster.ts'
import { ClusterLoad } from '../support/cluster-load.ts'

let cluster: Cluster
let load: ClusterLoad

beforeAll(async () => {
  cluster = await Cluster.start({ apis: 1, workers: 1, schedulers: 1, hosts: 20 })
  load = new ClusterLoad(cluster.origins, () => 0)
  await load.open()
}, 60_000)

afterAll(() => cluster.end())

/** As an operator, or a failover, does to a server whose connections stay. */
async function readOnly(is: boolean): Promise<void> {
  const client = new Client({ connectionString: cluster.database.url })
  await client.connect()
  await client.query(`ALTER SYSTEM SET default_transaction_read_only = ${is ? 'on' : 'off'}`)
  await client.query('SELECT pg_reload_conf()')
  await client.end()
}

async function token(): Promise<string> {
  const domain = { id: 'default' }
  const user = { name: 'demo', domain, password: 'demo' }
  const identity = { methods: ['password'], password: { user } }
  const auth = { identity, scope: { project: { name: 'demo', domain } } }
  const answer = await ask('POST', '/identity/v3/auth/tokens', '', { auth })
  expect(answer.status).toBe(201)
  return answer.headers.get('x-subject-token') ?? ''
}

function ask(method: string, path: string, said: string, body?: object): Promise<Response> {
  return fetch(`${cluster.origins[0]}${path}`, {
    method,
    headers: { 'x-auth-token': said, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
}

it('a database that only reads refuses writes for now, and loses none', async () => {
  const said = await token()
  const network = { network: { name: 'later' } }
  await load.create(20)
  await readOnly(true)
  try {
    await expect
      .poll(async () => (await ask('POST', '/network/v2.0/networks', said, network)).status)
      .toBe(503)
    const refused = await ask('POST', '/network/v2.0/networks', said, network)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    expect((await ask('GET', '/compute/v2.1/servers/detail', said)).status).toBe(200)
    await load.create(5)
    expect(load.created.size).toBe(1)
  } finally {
    await readOnly(false)
  }
  await expect
    .poll(async () => (await ask('POST', '/network/v2.0/networks', said, network)).status)
    .toBe(201)
  await load.create(5)
  expect(load.created.size).toBe(2)
  await cluster.verify(load, 'after the database wrote again')
})
