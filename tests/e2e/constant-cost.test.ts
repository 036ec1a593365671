import type { Cloud, CloudStats, ProjectApi } from '@nephos/sdk'
import { describe, expect, it } from 'vitest'
import {
  addHosts,
  basics,
  type Disk,
  openWorld,
  publicKey,
  unlimitedQuotas,
  withDisk,
} from '../support/world.ts'

const sizes = [1, 2, 500, 5_000, 1]
const hosts = 1_000
const settings = { defaultQuotas: unlimitedQuotas }

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

type Request = Omit<Parameters<ProjectApi['servers']['create']>[0], 'minCount'>

/** A request that names everything a request can name. */
async function fullRequest(
  cloud: Cloud,
  cidr: string,
): Promise<{ acme: ProjectApi; request: Request }> {
  const { acme, ...base } = await basics(cloud)
  const network = await acme.networks.create({ name: 'dual' })
  await acme.subnets.create({ networkId: network.id, cidr })
  await acme.subnets.create({ networkId: network.id, cidr: 'fd00:1::/64' })
  const security = await acme.securityGroups.create({ name: 'web' })
  await acme.keyPairs.create({ name: 'key', publicKey })
  const group = await acme.serverGroups.create({
    name: 'apart',
    policy: 'anti-affinity',
    maxServerPerHost: 50,
  })
  const request = {
    ...base,
    name: 'web',
    networks: [{ networkId: network.id }],
    securityGroupIds: [security.id],
    keyName: 'key',
    userData: Buffer.from('#cloud-config').toString('base64'),
    groupId: group.id,
    metadata: { role: 'web' },
    tags: ['blue'],
  }
  return { acme, request }
}

interface Costs {
  readonly creates: readonly CloudStats[]
  readonly deletes: readonly CloudStats[]
}

/** Creates a batch of each size, then deletes them; nothing of it is carried out. */
async function measure(
  cloud: Cloud,
  acme: ProjectApi,
  request: Request,
  counts: readonly number[],
) {
  const creates: CloudStats[] = []
  const batches: string[] = []
  for (const minCount of counts) {
    creates.push(
      await cost(cloud, async () => {
        const batch = await acme.servers.create({ ...request, minCount })
        expect(batch.count).toBe(minCount)
        batches.push(batch.id)
      }),
    )
  }
  const deletes: CloudStats[] = []
  for (const batchId of batches) {
    deletes.push(await cost(cloud, () => acme.servers.delete({ batchId })))
  }
  expect(await cloud.audit()).toEqual([])
  return { creates, deletes }
}

/** As `measure`, in a process that has served nothing yet. */
async function measureFresh(
  disk: Disk,
  request: Request,
  counts: readonly number[],
): Promise<Costs> {
  const { cloud } = await openWorld({ ...(await disk()), work: false, settings })
  try {
    return await measure(cloud, await cloud.project('acme'), request, counts)
  } finally {
    await cloud.close()
  }
}

function expectConstant(costs: readonly CloudStats[]): void {
  for (const one of costs) expect(one).toEqual(costs[0])
  expect(costs[0]?.transactions).toBe(1)
  expect(costs[0]?.messages).toBeLessThanOrEqual(1)
}

describe('C20: what a request costs', () => {
  for (const cidr of ['10.0.0.0/8', '10.1.0.0/16']) {
    it(`is the same for 1 and for 5,000 servers in memory, on ${cidr}`, async () => {
      const { cloud } = await openWorld({ work: false, settings })
      await addHosts(cloud, hosts)
      const { acme, request } = await fullRequest(cloud, cidr)
      await measure(cloud, acme, request, [1])
      const { creates, deletes } = await measure(cloud, acme, request, sizes)
      expectConstant(creates)
      expectConstant(deletes)
      await cloud.close()
    })

    it(`is the same for 1 and for 5,000 servers in SQLite, on ${cidr}`, async () => {
      await withDisk(async (disk) => {
        const { cloud } = await openWorld({ ...(await disk()), work: false, settings })
        await addHosts(cloud, hosts)
        const { request } = await fullRequest(cloud, cidr)
        await cloud.close()
        const first = await measureFresh(disk, request, sizes)
        expectConstant(first.deletes)
        expectConstant(first.creates.slice(1))
        // What a process reads of a subnet the first time does not depend on the size either.
        const largest = await measureFresh(disk, request, [5_000, 1])
        expect(largest.creates).toEqual(first.creates.slice(0, 2))
        const [opening, later] = first.creates as [CloudStats, CloudStats]
        expect(opening.transactions).toBe(later.transactions)
        expect(opening.messages).toBe(later.messages)
      })
    })
  }
})
