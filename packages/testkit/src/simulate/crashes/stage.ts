import {
  type Actor,
  flavorCreate,
  hostCreate,
  imageCreate,
  networkCreate,
  projectEnsure,
  serverCreate,
  type Server,
  subnetCreate,
  uploadImage,
} from '@nephos/core'
import { type CrashClient, memberOf } from './client.ts'

/** What most deeds need. */
export interface Stage {
  readonly hostIds: readonly string[]
  readonly flavorId: string
  readonly largerId: string
  readonly projectId: string
  readonly member: Actor
}

export const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f'

const gigabyte = 1_024

/** Three hosts with room for four small servers each, two flavors, a project. */
export async function stage(client: CrashClient): Promise<Stage> {
  const inventory = { VCPU: 4, MEMORY_MB: 8 * gigabyte, DISK_GB: 100 }
  const hosts = [1, 2, 3].map((i) => ({ name: `host-${i}`, zone: 'zone', inventory }))
  const created = await client.call(hostCreate, { hosts })
  const hostIds = created.hosts.map(({ id }) => id)
  const small = { name: 'small', vcpus: 1, ramMb: gigabyte, diskGb: 10 }
  const { id: flavorId } = await client.call(flavorCreate, small)
  const larger = { ...small, name: 'larger', vcpus: 2 }
  const { id: largerId } = await client.call(flavorCreate, larger)
  const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
  return { hostIds, flavorId, largerId, projectId, member: memberOf(projectId) }
}

/** An image with a few bytes. */
export async function stageImage(client: CrashClient, member: Actor): Promise<string> {
  const { id } = await client.call(imageCreate, { name: 'image' }, member)
  await client.attempt((plane) => uploadImage(plane.kernel, member, { id }, bytes()))
  return id
}

/** Two chunks, so that an upload may be cut between them. */
export async function* bytes(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array([1, 2, 3])
  yield new Uint8Array([4, 5])
}

export async function stageNetwork(client: CrashClient, member: Actor): Promise<string> {
  const { id } = await client.call(networkCreate, { name: 'net' }, member)
  await client.call(subnetCreate, { networkId: id, cidr: '10.0.0.0/24' }, member)
  return id
}

export interface ServerStage extends Stage {
  readonly imageId: string
  readonly batchId: string
  readonly servers: readonly Server[]
}

/** Servers that run, without network. */
export async function stageServers(client: CrashClient, minCount = 1): Promise<ServerStage> {
  const made = await stage(client)
  const imageId = await stageImage(client, made.member)
  const input = { name: 'vm', flavorId: made.flavorId, imageId, minCount }
  const { id: batchId } = await client.call(serverCreate, input, made.member)
  await client.rest()
  return { ...made, imageId, batchId, servers: client.rows<Server>('server') }
}
