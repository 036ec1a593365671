import { Writes } from '../src/commit/writes.ts'
import type { Kernel } from '../src/kernel.ts'
import { allocationKind, hostScope } from '../src/model/compute/allocation.ts'
import type { Host } from '../src/model/compute/host.ts'
import { hostKind } from '../src/model/compute/host.ts'
import {
  batchOutcomes,
  batchScope,
  type ServerBatch,
  serverBatchKind,
} from '../src/model/compute/server-batch.ts'
import { type ServerGroup, serverGroupKind } from '../src/model/compute/server-group.ts'
import { type Server, serverKind } from '../src/model/compute/server.ts'
import { Fleet } from '../src/placement/fleet.ts'
import { SimulatedNetwork } from '../src/reference/simulated-network.ts'
import { aggregateCreate } from '../src/services/compute/aggregate.ts'
import { flavorAccessGrant } from '../src/services/compute/flavor-access.ts'
import { flavorCreate } from '../src/services/compute/flavor.ts'
import { hostCreate } from '../src/services/compute/host.ts'
import { keyPairCreate } from '../src/services/compute/key-pair.ts'
import { chargeGroup, serverGroupCreate } from '../src/services/compute/server-group.ts'
import { roleAssign } from '../src/services/identity/role.ts'
import { userCreate } from '../src/services/identity/user.ts'
import { imageCreate } from '../src/services/image/image.ts'
import { imageMemberCreate } from '../src/services/image/member.ts'
import { uploadImage } from '../src/services/image/upload.ts'
import { AddressPools } from '../src/services/network/address-pools.ts'
import { networkCreate } from '../src/services/network/network.ts'
import { portCreate } from '../src/services/network/port.ts'
import { securityGroupCreate } from '../src/services/network/security-group.ts'
import { securityRuleCreate } from '../src/services/network/security-rule.ts'
import { subnetCreate } from '../src/services/network/subnet.ts'
import { invoke } from '../src/services/operation.ts'
import { chargeQuota } from '../src/services/quota.ts'
import { makeBlock } from './block-rows.ts'
import { RecordingScheduler, serverRow } from './compute-kernel.ts'
import { type BalancerCloud, makeBalancer } from './balancer-cloud.ts'
import { actorOf, identityKernel, type IdentityKernel, newProject } from './identity-kernel.ts'
import { makeRights } from './identity-rows.ts'
import { makeShares } from './share-rows.ts'
import { makeProviders } from './placement-rows.ts'
import { makeObjects } from './object-rows.ts'
import { makeRouting } from './routing-rows.ts'
import { sshKeys } from './ssh-keys.ts'
import { makeStack } from './stack-rows.ts'
import { textStream } from './streams.ts'

/** A cloud in memory that has at least one row of every kind, and nothing wrong. */
export interface WholeCloud extends IdentityKernel, BalancerCloud {
  readonly projectId: string
  readonly childId: string
  readonly userId: string
  readonly userGroupId: string
  readonly roleId: string
  readonly imageId: string
  readonly aggregateId: string
  readonly hostIds: readonly string[]
  readonly networkId: string
  readonly subnetId: string
  readonly portId: string
  readonly groupId: string
  readonly serverGroupId: string
  readonly batchId: string
  readonly containerId: string
  readonly objectUploadId: string
  readonly stackId: string
  readonly softwareConfigId: string
  /** The first is in the group. */
  readonly serverIds: readonly string[]
  readonly outsideId: string
  readonly outerSubnetId: string
  readonly routerId: string
  readonly gatewayPortId: string
  readonly floatingId: string
  readonly addressGroupId: string
  readonly qosPolicyId: string
  readonly poolId: string
  readonly volumeTypeId: string
  /** That the second server uses. */
  readonly usedVolumeId: string
  /** That has a snapshot. */
  readonly volumeId: string
  readonly snapshotId: string
  /** To which another one adds. */
  readonly backupId: string
}

export async function wholeCloud(): Promise<WholeCloud> {
  const identity = await identityKernel()
  const { clock, images, root } = identity
  const { store, committer, random } = identity.kernel
  const kernel: Kernel = {
    ...identity.kernel,
    fleet: new Fleet(new RecordingScheduler(), store, 'test'),
    addresses: new AddressPools({ store, committer, clock, random }),
    network: new SimulatedNetwork({ clock, random }),
  }
  const world = { kernel, clock, images, root }
  const people = await makePeople(world)
  const { actor } = people
  const image = await invoke(kernel, actor, imageCreate, { name: 'debian' })
  await uploadImage(kernel, actor, { id: image.id }, textStream('bytes'), {})
  await invoke(kernel, actor, imageCreate, { name: 'queued' })
  const { projectId, childId } = people
  await invoke(kernel, actor, imageMemberCreate, { imageId: image.id, projectId: childId })
  const hosts = await makeHosts(world, projectId)
  const nets = await makeNetwork(world, people)
  const servers = await makeServers(world, projectId, image.id, hosts.hostIds)
  const balancer = await makeBalancer(kernel, actor, nets.subnetId)
  const routing = await makeRouting(kernel, root, actor, nets)
  const { userId } = people
  const block = await makeBlock(kernel, root, actor, servers.serverIds[1] as string)
  const objects = await makeObjects(kernel, actor)
  const rights = await makeRights(kernel, root, actor)
  await makeShares(kernel, actor)
  await makeProviders(kernel, root, hosts.hostIds.at(-1) as string)
  const stacks = await makeStack(kernel, actor)
  const ids = { projectId, childId, userId, imageId: image.id }
  return {
    ...world,
    ...ids,
    ...rights,
    ...objects,
    ...stacks,
    ...hosts,
    ...nets,
    ...servers,
    ...balancer,
    ...block,
    ...routing,
  }
}

async function makePeople(world: IdentityKernel) {
  const { kernel, root } = world
  const project = await newProject(world, 'acme')
  const child = await newProject(world, 'child', { parentId: project.id })
  const user = await invoke(kernel, root, userCreate, { name: 'ann' })
  const assigned = { userId: user.id, role: 'member' } as const
  await invoke(kernel, root, roleAssign, { ...assigned, projectId: project.id })
  await invoke(kernel, root, roleAssign, { ...assigned, domainId: project.domainId })
  const actor = actorOf(project, 'member', user.id)
  await invoke(kernel, actor, keyPairCreate, { name: 'k', publicKey: sshKeys.ed25519.line })
  return { projectId: project.id, childId: child.id, userId: user.id, actor }
}

async function makeHosts({ kernel, root }: IdentityKernel, projectId: string) {
  const flavor = await invoke(kernel, root, flavorCreate, {
    name: 'small',
    vcpus: 1,
    ramMb: 512,
    isPublic: false,
  })
  await invoke(kernel, root, flavorAccessGrant, { flavorId: flavor.id, projectId })
  const { id } = await invoke(kernel, root, aggregateCreate, { name: 'ssd' })
  const { hosts } = await invoke(kernel, root, hostCreate, {
    hosts: ['z1', 'z2'].map((zone) => ({
      name: `host-${zone}`,
      zone,
      inventory: { VCPU: 4, MEMORY_MB: 4_096 },
      aggregateIds: [id],
    })),
  })
  return { aggregateId: id, hostIds: hosts.map((host) => host.id) }
}

async function makeNetwork(
  { kernel }: IdentityKernel,
  { actor }: Awaited<ReturnType<typeof makePeople>>,
) {
  const key = { idempotencyKey: 'network-1' }
  const network = await invoke(kernel, actor, networkCreate, { name: 'net' }, key)
  const networkId = network.id
  const subnet = await invoke(kernel, actor, subnetCreate, { networkId, cidr: '10.0.0.0/24' })
  const group = await invoke(kernel, actor, securityGroupCreate, { name: 'web' })
  const other = await invoke(kernel, actor, securityGroupCreate, { name: 'db' })
  const between = { groupId: other.id, remoteGroupId: group.id, direction: 'ingress' } as const
  await invoke(kernel, actor, securityRuleCreate, between)
  const fields = { networkId, securityGroupIds: [group.id] }
  const port = await invoke(kernel, actor, portCreate, fields)
  return { networkId, subnetId: subnet.id, portId: port.id, groupId: group.id }
}

/** As a request for two servers that are built by now leaves them. */
async function makeServers(
  { kernel, root }: IdentityKernel,
  projectId: string,
  imageId: string,
  hostIds: readonly string[],
) {
  const actor = { ...root, projectId, system: false, roles: ['member'] }
  const rule = { name: 'apart', policy: 'anti-affinity' } as const
  const made = await invoke(kernel, actor, serverGroupCreate, rule)
  const [group] = await kernel.store.get(serverGroupKind, [made.id])
  const hosts = await kernel.store.get(hostKind, hostIds)
  const batchId = kernel.ids.next()
  const resources = { VCPU: 1, MEMORY_MB: 512 }
  const writes = new Writes().insert(serverBatchKind, batchRow(batchId, projectId, imageId))
  const serverIds = hosts.map((host, index): string => {
    const { id: hostId, zone } = host as Host
    const groupId = index === 0 ? made.id : null
    const id = kernel.ids.next()
    writes
      .insert(serverKind, serverRow(id, { projectId, batchId, imageId, hostId, zone, groupId }))
      .insert(allocationKind, { id, hostId, projectId, resources })
    for (const [name, add] of Object.entries(resources)) {
      writes.add({ scope: hostScope(hostId), name, add })
    }
    return id
  })
  const scope = batchScope(batchId)
  for (const name of batchOutcomes) writes.limit({ scope, name, limit: 2 })
  writes.add({ scope, name: 'active', add: 2 })
  chargeGroup(writes, group as ServerGroup, [{ hostId: hostIds[0] as string, count: 1 }], 1)
  chargeQuota(writes, projectId, { instances: 2, cores: 2, ram: 1_024 })
  await kernel.committer.commit(writes)
  return { serverGroupId: made.id, batchId, serverIds }
}

function batchRow(id: string, projectId: string, imageId: string): Omit<ServerBatch, 'rev'> {
  const flavor: Server['flavor'] = serverRow('x').flavor
  return {
    id,
    projectId,
    userId: 'user',
    requestId: 'req-1',
    name: 'web',
    minCount: 2,
    maxCount: 2,
    count: 2,
    hostsUsed: 2,
    flavor,
    imageId,
    groupId: null,
    zones: ['z1', 'z2'],
    policy: 'pack',
    demand: { resources: {}, requiredTraits: [], forbiddenTraits: [], memberOf: [] },
    keyPair: null,
    userData: null,
    createdAt: 1,
  }
}
