import type { ProjectApi } from '@nephos/sdk'
import { type Bed, type ServiceRow, timeRequest } from './bed.ts'

/** Fewest things that a request is about, beside `count`: what a request costs by itself. */
const few = 1

interface Scale {
  readonly count: number
  readonly rounds: number
}

async function listed<T extends { readonly id: string }>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const row of rows) all.push(row)
  return all
}

/** `block`: volumes made in one request, and brought to servers and taken from them in another. */
export async function block(bed: Bed, { count, rounds }: Scale): Promise<ServiceRow[]> {
  const { acme, cloud } = bed
  await cloud.system.volumePools.create({ name: 'bench#fast', totalGb: 10_000_000 })
  const rows: ServiceRow[] = []
  for (const size of [few, count]) {
    const common = { service: 'block', count: size, rounds }
    const create = () => acme.volumes.createMany({ sizeGb: 1, count: size })
    const remove = (ids: string[]) => acme.volumes.delete({ ids })
    const made = timeRequest(bed, {
      ...common,
      what: 'volumes made',
      run: create,
      after: async ({ volumes }) => {
        await cloud.settle({ timeoutMs: 60_000 })
        await remove(volumes.map(({ id }) => id))
      },
    })
    rows.push(await made)
    let ids: string[] = []
    const deleted = timeRequest(bed, {
      ...common,
      what: 'volumes deleted',
      before: async () => {
        ids = (await create()).volumes.map(({ id }) => id)
      },
      run: () => remove(ids),
    })
    rows.push(await deleted)
  }
  return [...rows, ...(await attaching(bed, { count, rounds }))]
}

async function attaching(bed: Bed, { count, rounds }: Scale): Promise<ServiceRow[]> {
  const { acme, cloud } = bed
  const serverIds = await servers(bed, count)
  const { volumes } = await acme.volumes.createMany({ sizeGb: 1, count })
  await cloud.settle({ timeoutMs: 60_000 })
  const rows: ServiceRow[] = []
  for (const size of [few, count]) {
    const attachments = volumes
      .slice(0, size)
      .map(({ id }, index) => ({ serverId: serverIds[index] as string, volumeId: id }))
    rows.push(
      await timeRequest(bed, {
        service: 'block',
        what: 'volumes attached',
        count: size,
        rounds,
        run: () => acme.servers.attachVolumes({ attachments }),
        after: async () => {
          await cloud.settle({ timeoutMs: 60_000 })
          await acme.servers.detachVolumes({ attachments })
        },
      }),
    )
  }
  return rows
}

async function servers({ acme, cloud }: Bed, count: number): Promise<string[]> {
  await cloud.system.hosts.create({
    hosts: Array.from({ length: 100 }, (_, index) => ({
      name: `host-${index}`,
      zone: 'zone-a',
      inventory: { VCPU: 64, MEMORY_MB: 262_144, DISK_GB: 4_000 },
    })),
  })
  const imageId = await image(acme, 65_536)
  const flavor = await cloud.system.flavors.create({
    name: 'tiny',
    vcpus: 1,
    ramMb: 512,
    diskGb: 1,
  })
  const batch = await acme.servers.create({
    name: 'web',
    imageId,
    flavorId: flavor.id,
    minCount: count,
  })
  await batch.done()
  return (await listed(acme.servers.list({ batchId: batch.id }))).map(({ id }) => id)
}

/** `load-balancer`: all members of a pool replaced by others, and its tree of states read. */
export async function balancer(bed: Bed, { count, rounds }: Scale): Promise<ServiceRow[]> {
  const { acme, cloud } = bed
  const network = await acme.networks.create({ name: 'front' })
  const subnet = await acme.subnets.create({ networkId: network.id, cidr: '10.0.0.0/16' })
  const made = await acme.loadBalancers.create({
    name: 'web',
    vip: { subnetId: subnet.id },
    pools: [{ name: 'web', protocol: 'HTTP', algorithm: 'ROUND_ROBIN' }],
    listeners: [{ protocol: 'HTTP', protocolPort: 80, defaultPool: 'web' }],
  })
  await cloud.settle({ timeoutMs: 60_000 })
  const [pool] = await listed(acme.pools.list({ balancerId: made.id }))
  const poolId = pool?.id as string
  let port = 1_000
  const rows: ServiceRow[] = []
  for (const size of [few, count]) {
    const common = { service: 'load-balancer', count: size, rounds }
    const replace = timeRequest(bed, {
      ...common,
      what: 'members replaced',
      run: () => {
        port++
        const members = Array.from({ length: size }, (_, index) => ({
          address: `10.1.${index >> 8}.${index & 255}`,
          protocolPort: port,
        }))
        return acme.members.replace({ poolId, members })
      },
    })
    rows.push(await replace)
    const read = () => acme.loadBalancers.status({ id: made.id })
    rows.push(await timeRequest(bed, { ...common, what: 'members in a tree read', run: read }))
  }
  return rows
}

/** `share`: one made and ready, and one let a client in. */
export async function share(bed: Bed, { rounds }: Scale): Promise<ServiceRow[]> {
  const { acme, cloud } = bed
  const create = (name: string) => acme.shares.create({ name, protocol: 'NFS', sizeGb: 1 })
  const made = await timeRequest(bed, {
    service: 'share',
    what: 'shares made',
    count: 1,
    rounds,
    run: () => create('site'),
  })
  const { id } = await create('mounted')
  await cloud.settle({ timeoutMs: 60_000 })
  let host = 0
  const letIn = await timeRequest(bed, {
    service: 'share',
    what: 'clients let in',
    count: 1,
    rounds,
    run: () => acme.shares.access.create({ shareId: id, type: 'ip', to: `10.0.0.${++host}` }),
  })
  return [made, letIn]
}

/** `image`: megabytes a second in and out, through the formats’ inspection and two digests. */
export async function images(
  { acme }: Bed,
  mib: number,
): Promise<{ readonly uploadMbPerSecond: number; readonly downloadMbPerSecond: number }> {
  await image(acme, 2 ** 20)
  const bytes = mib * 2 ** 20
  const perSecond = (began: number): number =>
    Math.round(bytes / 1e6 / ((performance.now() - began) / 1e3))
  const sending = performance.now()
  const id = await image(acme, bytes)
  const uploadMbPerSecond = perSecond(sending)
  const fetching = performance.now()
  let length = 0
  const download = await acme.images.download({ id })
  for await (const chunk of download.bytes) length += chunk.length
  if (length !== bytes) throw new RangeError(`${length} of ${bytes} bytes came back.`)
  return { uploadMbPerSecond, downloadMbPerSecond: perSecond(fetching) }
}

async function image(acme: ProjectApi, size: number): Promise<string> {
  const { id } = await acme.images.create({
    name: 'disk',
    diskFormat: 'raw',
    containerFormat: 'bare',
  })
  const piece = new Uint8Array(Math.min(size, 2 ** 20)).fill(7)
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (let left = size; left > 0; left -= piece.length) yield piece.subarray(0, left)
  }
  await acme.images.upload({ id, size }, bytes())
  return id
}
