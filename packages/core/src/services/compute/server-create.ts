import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Draft } from '../../model/kind.ts'
import { allocationKind } from '../../model/compute/allocation.ts'
import type { Host } from '../../model/compute/host.ts'
import {
  batchOutcomes,
  batchScope,
  type ServerBatch,
  serverBatchKind,
} from '../../model/compute/server-batch.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { Reservation } from '../../placement/fleet.ts'
import { type BootVolumePlan, planBootVolumes } from '../block/boot-volume.ts'
import type { Call } from '../call.ts'
import { planServerPorts, type ServerPortPlan } from '../network/port-plan.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota, quotaHeadroom, readQuota, requireQuota, type Usage } from '../quota.ts'
import { assignedHosts, claimHosts, refreshAfter } from './claim.ts'
import { planConvergence } from './converge-plan.ts'
import { chargeGroup } from './server-group.ts'
import { serverCreateInput, type ServerCreateInput } from './server-input.ts'
import { described } from './server-described.ts'
import { placementAsk, planServers, type ServerPlan } from './server-plan.ts'
import { type ServerBatchView, viewBatch } from './server-view.ts'

/**
 * One request for 1 to 10,000 servers: one decision, one transaction. All members (or at least
 * `minCount`) get host, quota, ports and addresses together, or nothing is written. The servers are
 * then built by durable work.
 *
 * @throws CloudError `quotaExceeded`, `noValidHost`, `addressesExhausted`, each with what would
 *   have fitted.
 */
export const serverCreate = defineOperation({
  id: 'compute.server.create',
  summary: 'Creates between minCount and maxCount servers in one atomic request.',
  policy: { scope: 'project', role: 'member' },
  input: serverCreateInput,
  secrets: ['adminPassword'],
  mutates: true,
  run: async (call: Call, input: ServerCreateInput): Promise<ServerBatchView> => {
    const plan = await planServers(call, input)
    const boot = await readBoot(call, input)
    const wanted = await trimToQuota(call, input, plan, boot)
    const ids = Array.from({ length: wanted }, () => call.kernel.ids.next())
    const ports = await planServerPorts(call, {
      projectId: call.projectId,
      servers: ids,
      minimum: input.minCount,
      networks: input.networks,
      ...(input.securityGroupIds === undefined ? {} : { securityGroupIds: input.securityGroupIds }),
    })
    let room: Reservation | undefined
    try {
      room = await call.kernel.fleet.find(
        placementAsk(plan, {
          min: input.minCount,
          max: Math.min(wanted, ports.capacity),
          zones: input.availabilityZones ?? [],
          policy: input.policy ?? call.kernel.settings.policy,
          seed: call.kernel.random.uint32(),
        }),
      )
      const hosts = await assignedHosts(call.kernel, room)
      const batch = await commitBatch(call, input, plan, { ids, room, hosts, ports, boot })
      room.keep()
      ports.settled()
      return batch
    } catch (error) {
      room?.release(error)
      ports.release()
      await refreshAfter(call.kernel, error)
      throw error
    }
  },
})

/** The disks to boot from, for as many servers as there can be of them. */
async function readBoot(call: Call, input: ServerCreateInput): Promise<BootVolumePlan | undefined> {
  if (!input.bootVolume) return undefined
  const count = input.maxCount ?? input.minCount
  return planBootVolumes(call, input.bootVolume, { minimum: input.minCount, count })
}

function serverUsage(plan: ServerPlan): Usage {
  return { instances: 1, cores: plan.flavor.vcpus, ram: plan.flavor.ramMb }
}

function times(usage: Usage, count: number): Usage {
  return Object.fromEntries(Object.entries(usage).map(([name, amount]) => [name, amount * count]))
}

/** As many as the project's quota allows, at most max; refuses when that is below min. */
async function trimToQuota(
  call: Call,
  input: ServerCreateInput,
  plan: ServerPlan,
  boot: BootVolumePlan | undefined,
): Promise<number> {
  const quota = await readQuota(call.kernel, call.projectId)
  const newPorts = input.networks.filter((network) => network.networkId !== undefined).length
  const usage = { ...serverUsage(plan), ports: newPorts, ...boot?.usage }
  const most = boot?.capacity ?? input.maxCount ?? input.minCount
  const wanted = quotaHeadroom(quota, usage, most)
  if (wanted < input.minCount) {
    requireQuota(quota, times(usage, input.minCount), { nearestFeasible: wanted })
  }
  return wanted
}

interface Taken {
  readonly ids: readonly string[]
  readonly room: Reservation
  readonly hosts: ReadonlyMap<string, Host>
  readonly ports: ServerPortPlan
  readonly boot: BootVolumePlan | undefined
}

async function commitBatch(
  call: Call,
  input: ServerCreateInput,
  plan: ServerPlan,
  taken: Taken,
): Promise<ServerBatchView> {
  const { room } = taken
  const at = call.kernel.clock.now()
  const batch = batchRow(call, input, plan, room, at)
  const servers = serverRows(call, input, plan, batch, taken, at)
  const writes = new Writes()
    .insert(serverBatchKind, batch)
    .insert(serverKind, ...servers)
    .insert(
      allocationKind,
      ...servers.map((server) => ({
        id: server.id,
        hostId: server.hostId,
        projectId: server.projectId,
        resources: plan.demand.resources,
      })),
    )
  claimHosts(writes, room.assignments, plan.demand.resources)
  if (plan.group) chargeGroup(writes, plan.group, room.assignments, 1)
  for (const name of batchOutcomes)
    writes.limit({ scope: batchScope(batch.id), name, limit: batch.count })
  chargeQuota(writes, call.projectId, times(serverUsage(plan), servers.length))
  taken.ports.write(writes, servers)
  if (taken.boot) taken.boot.write(writes, servers)
  else
    planConvergence(
      call,
      writes,
      servers.map((server) => server.id),
    )
  const view = viewBatch(batch)
  await call.commit(
    writes,
    [batch.id, ...servers.slice(0, limits.serverActions).map((server) => server.id)],
    view,
  )
  return view
}

function batchRow(
  call: Call,
  input: ServerCreateInput,
  plan: ServerPlan,
  room: Reservation,
  at: number,
): Draft<ServerBatch> {
  return {
    id: call.kernel.ids.next(),
    projectId: call.projectId,
    userId: call.actor.userId,
    requestId: call.requestId,
    name: input.name,
    minCount: input.minCount,
    maxCount: input.maxCount ?? input.minCount,
    count: room.placed,
    hostsUsed: room.assignments.length,
    flavor: plan.flavor,
    imageId: plan.imageId,
    groupId: plan.group?.id ?? null,
    zones: input.availabilityZones ?? [],
    policy: input.policy ?? call.kernel.settings.policy,
    demand: plan.demand,
    keyPair: plan.keyPair,
    userData: input.userData ?? null,
    ...(input.adminPassword !== undefined && { adminPassword: input.adminPassword }),
    createdAt: at,
  }
}

function serverRows(
  call: Call,
  input: ServerCreateInput,
  plan: ServerPlan,
  batch: Draft<ServerBatch>,
  taken: Taken,
  at: number,
): Draft<Server>[] {
  const actions = [{ action: 'create', requestId: call.requestId, userId: call.actor.userId, at }]
  const several = (input.maxCount ?? input.minCount) > 1
  const { generation } = taken.ports
  const rows: Draft<Server>[] = []
  for (const { hostId, count } of taken.room.assignments) {
    const { zone } = taken.hosts.get(hostId) as Host
    for (let i = 0; i < count; i++) {
      rows.push({
        id: taken.ids[rows.length] as string,
        projectId: call.projectId,
        userId: call.actor.userId,
        batchId: batch.id,
        ...(rows.length > 0 && { launchIndex: rows.length }),
        name:
          input.names?.[rows.length] ?? (several ? `${input.name}-${rows.length + 1}` : input.name),
        flavor: plan.flavor,
        imageId: plan.imageId,
        hostId,
        zone,
        groupId: batch.groupId,
        vmState: 'building',
        task: 'spawning',
        desired: { power: 'running', boots: 0, hard: false, builds: 1 },
        generation,
        ...(taken.ports.hasPorts && { portsGeneration: generation }),
        ...(taken.boot && { attachmentIds: [taken.boot.attachmentIds[rows.length] as string] }),
        failedHostIds: [],
        fault: null,
        resize: null,
        locked: false,
        ...described(ownHostname(input, several, rows.length)),
        ...(input.configDrive && { configDrive: true as const }),
        metadata: input.metadata,
        tags: input.tags,
        actions,
        createdAt: at,
        updatedAt: at,
        launchedAt: null,
      })
    }
  }
  return rows
}

/** Several that are given one host name get it with their numbers. */
function ownHostname(input: ServerCreateInput, several: boolean, index: number): ServerCreateInput {
  const { hostname } = input
  if (hostname === undefined || !several) return input
  return { ...input, hostname: `${hostname.slice(0, 57)}-${index + 1}` }
}
