import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Cluster } from '../support/cluster.ts'
import { ClusterLoad, pause } from '../support/cluster-load.ts'

const rounds = 3
/** Longer than a lease of the cluster, after which somebody else takes the work. */
const asleepMs = 5_000

let cluster: Cluster
let load: ClusterLoad
let database: Client

beforeAll(async () => {
  cluster = await Cluster.start({ apis: 1, workers: 2, schedulers: 1, hosts: 200 })
  load = new ClusterLoad(cluster.origins, () => 0)
  await load.open()
  database = new Client({ connectionString: cluster.database.url })
  await database.connect()
}, 60_000)

afterAll(async () => {
  await database.end()
  await cluster.end()
})

/** Whoever holds work now. */
async function owners(): Promise<string[]> {
  const sql = `SELECT doc::json ->> 'owner' AS owner FROM nephos.work`
  const { rows } = await database.query<{ owner: string | null }>(sql)
  return rows.flatMap(({ owner }) => owner ?? [])
}

/** Work that this one has taken, and is in the middle of as it stops. */
async function stopInTheMiddle(name: string): Promise<string> {
  for (;;) {
    await load.create(100)
    for (let look = 0; look < 100; look++) {
      if ((await owners()).length > 0) break
      await pause(2)
    }
    cluster.process(name).signal('SIGSTOP')
    await pause(20)
    const [owner] = await owners()
    if (owner !== undefined) return owner
    // It was done already.
    cluster.process(name).signal('SIGCONT')
  }
}

it('who wakes up when others have done his work finds it gone, and spoils nothing', async () => {
  const workers = ['worker 1', 'worker 2'] as const
  for (let round = 0; round < rounds; round++) {
    const [sleeper, other] = round % 2 === 0 ? workers : [workers[1], workers[0]]
    cluster.process(other).signal('SIGSTOP')
    await pause(asleepMs)
    const owner = await stopInTheMiddle(sleeper)
    cluster.process(other).signal('SIGCONT')
    // Not before its lease is over, and then all of it.
    await expect.poll(owners, { timeout: 30_000, interval: 50 }).not.toContain(owner)
    await cluster.verify(load, `round ${round}, ${sleeper} asleep`)
    cluster.process(sleeper).signal('SIGCONT')
    await pause(1_000)
    await cluster.verify(load, `round ${round}, ${sleeper} awake`)
  }
}, 180_000)
