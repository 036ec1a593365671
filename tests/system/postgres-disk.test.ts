import { afterAll, beforeAll, expect, it } from 'vitest'
import { Cluster } from '../support/cluster.ts'
import { ClusterLoad, pause } from '../support/cluster-load.ts'
import { type FailingDisk, failingDisk } from '../support/failing-disk.ts'

let disk: FailingDisk
let cluster: Cluster
let load: ClusterLoad

beforeAll(async () => {
  disk = failingDisk()
  const { environment } = disk
  cluster = await Cluster.start({ apis: 1, workers: 1, schedulers: 1, hosts: 100, environment })
  load = new ClusterLoad(cluster.origins, () => 0)
  await load.open()
}, 60_000)

afterAll(async () => {
  await cluster.end()
  disk.remove()
})

/** Asks until so many more requests were accepted. @returns how many were not. */
async function accepted(count: number): Promise<number> {
  const refused = load.unsure.size
  const wanted = load.created.size + count
  const end = Date.now() + 60_000
  while (load.created.size < wanted && Date.now() < end) {
    await load.create(20)
    await pause(100)
  }
  expect(load.created.size).toBe(wanted)
  return load.unsure.size - refused
}

it('a disk without room refuses what does not fit, and takes more when it has some', async () => {
  expect(await accepted(3)).toBe(0)
  disk.fail('full')
  try {
    // What fits into the room that tables have already is taken.
    await expect
      .poll(async () => (await load.create(100), load.unsure.size), { timeout: 30_000 })
      .toBeGreaterThan(2)
  } finally {
    disk.mend()
  }
  await accepted(3)
  await cluster.verify(load, 'with room again')
}, 120_000)

it('a disk that loses what it should keep costs nothing that was accepted', async () => {
  expect(await accepted(3)).toBe(0)
  const refused = load.unsure.size
  disk.fail('sync')
  try {
    await load.create(20)
    await load.create(20)
    expect(load.unsure.size).toBe(refused + 2)
  } finally {
    disk.mend()
  }
  await accepted(3)
  await cluster.verify(load, 'with a disk that keeps what it is given')
}, 120_000)
