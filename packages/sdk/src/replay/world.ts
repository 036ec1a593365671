import { createHash } from 'node:crypto'
import { CloudError, limits } from '@nephos/core'
import type { Cloud } from '../cloud/cloud.ts'
import type { ProjectApi } from '../cloud/project.ts'
import { flavorName } from './workload.ts'

/** What each host of a replay has. */
export const replayHost = { vcpus: 64, memGib: 192 } as const

/** Sizes of servers in one workload: public clouds have hundreds; more means a wrong column. */
const flavorsMax = 10_000

/** What every request of a replay names. */
export interface ReplayWorld {
  readonly project: ProjectApi
  readonly imageId: string
  /** Undefined: servers have no ports. */
  readonly networkId: string | undefined
  /** The flavor of this size, made when it is first asked for. */
  flavorId(size: { readonly vcpus: number; readonly ramMb: number }): Promise<string>
}

/**
 * Hosts, an image, and with `networks` a network of 16 million addresses.
 *
 * @throws CloudError `conflict` when the store holds a cloud already.
 */
export async function buildWorld(
  cloud: Cloud,
  options: { readonly hosts: number; readonly networks: boolean },
): Promise<ReplayWorld> {
  await addHosts(cloud, options.hosts)
  const project = await cloud.project('replay')
  const imageId = await uploadImage(project)
  const networkId = options.networks ? await makeNetwork(project) : undefined
  return { project, imageId, networkId, flavorId: flavorMaker(cloud) }
}

async function addHosts(cloud: Cloud, wanted: number): Promise<void> {
  const { hosts } = await cloud.system.hosts.capacity({})
  if (hosts > 0) {
    throw new CloudError(
      'conflict',
      'A replay starts with an empty store; this one holds a cloud.',
      {
        field: 'store',
      },
    )
  }
  const inventory = { VCPU: replayHost.vcpus, MEMORY_MB: replayHost.memGib * 1_024 }
  for (let first = 0; first < wanted; first += limits.bulkIds) {
    const size = Math.min(limits.bulkIds, wanted - first)
    await cloud.system.hosts.create({
      hosts: Array.from({ length: size }, (_, i) => ({
        name: `host-${String(first + i + 1).padStart(7, '0')}`,
        zone: 'replay',
        inventory,
      })),
    })
  }
}

/** Placement and commit are what a replay is about: the image is as small as images get. */
async function uploadImage(project: ProjectApi): Promise<string> {
  const bytes = Buffer.alloc(512, 'nephos')
  const image = await project.images.create({
    name: 'replay',
    diskFormat: 'raw',
    containerFormat: 'bare',
  })
  const value = createHash('sha256').update(bytes).digest('hex')
  async function* body(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const checksum = { algorithm: 'sha256', value } as const
  await project.images.upload({ id: image.id, size: bytes.length, checksum }, body())
  return image.id
}

async function makeNetwork(project: ProjectApi): Promise<string> {
  const network = await project.networks.create({ name: 'replay' })
  await project.subnets.create({ networkId: network.id, name: 'replay', cidr: '10.0.0.0/8' })
  return network.id
}

function flavorMaker(cloud: Cloud): ReplayWorld['flavorId'] {
  const made = new Map<string, string>()
  return async (size) => {
    const name = flavorName(size)
    const known = made.get(name)
    if (known !== undefined) return known
    if (made.size >= flavorsMax) {
      throw new CloudError('invalid', `The workload has more than ${flavorsMax} sizes of server.`, {
        field: 'workload',
        limit: flavorsMax,
      })
    }
    const { vcpus, ramMb } = size
    const flavor = await cloud.system.flavors.create({ name, vcpus, ramMb, diskGb: 0 })
    made.set(name, flavor.id)
    return flavor.id
  }
}
