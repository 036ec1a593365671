import type { Draft } from '../../model/kind.ts'
import { serverStatus, type ServerStatus } from '../../model/compute/server-state.ts'
import type { BatchOutcome, ServerBatch } from '../../model/compute/server-batch.ts'
import type { Server, ServerAction, ServerFault, ServerFlavor } from '../../model/compute/server.ts'

/** A server as its users see it. */
export interface ServerView {
  readonly id: string
  readonly projectId: string
  readonly userId: string
  readonly batchId: string
  readonly name: string
  readonly status: ServerStatus
  readonly vmState: Server['vmState']
  readonly task: Server['task']
  readonly flavor: ServerFlavor
  readonly imageId: string | null
  readonly availabilityZone: string
  readonly groupId: string | null
  readonly fault: ServerFault | null
  readonly locked: boolean
  readonly lockedReason: string | null
  readonly description: string | null
  readonly hostname: string
  readonly accessIPv4: string
  readonly accessIPv6: string
  readonly configDrive: boolean
  readonly diskConfig: 'AUTO' | 'MANUAL'
  readonly metadata: Readonly<Record<string, string>>
  readonly tags: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
  readonly launchedAt: number | null
  /** For system scope only. */
  readonly hostId?: string
}

/**
 * What a guest calls itself unless it was told: letters of its server's name, as in a DNS label.
 */
export function hostnameOf({ id, name }: Pick<Server, 'id' | 'name'>): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[ _.]/g, '-')
    .replaceAll(/[^a-z0-9-]/g, '')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '')
  return plain === '' ? `server-${id}` : plain
}

export function viewServer(server: Server, options: { readonly host: boolean }): ServerView {
  const view: ServerView = {
    id: server.id,
    projectId: server.projectId,
    userId: server.userId,
    batchId: server.batchId,
    name: server.name,
    status: serverStatus(server.vmState, server.task),
    vmState: server.vmState,
    task: server.task,
    flavor: server.flavor,
    imageId: server.imageId,
    availabilityZone: server.zone,
    groupId: server.groupId,
    fault: server.fault,
    locked: server.locked,
    lockedReason: server.lockedReason ?? null,
    description: server.description ?? null,
    hostname: server.hostname ?? hostnameOf(server),
    accessIPv4: server.accessIPv4 ?? '',
    accessIPv6: server.accessIPv6 ?? '',
    configDrive: server.configDrive ?? false,
    diskConfig: server.diskConfig ?? 'MANUAL',
    metadata: server.metadata,
    tags: server.tags,
    createdAt: server.createdAt,
    updatedAt: server.updatedAt,
    launchedAt: server.launchedAt,
  }
  return options.host ? Object.assign(view, { hostId: server.hostId }) : view
}

/** A request for servers as its users see it: without the user data, which is secret. */
export interface ServerBatchView {
  readonly id: string
  readonly projectId: string
  readonly requestId: string
  readonly name: string
  readonly minCount: number
  readonly maxCount: number
  readonly count: number
  readonly hostsUsed: number
  readonly flavor: ServerFlavor
  readonly imageId: string | null
  readonly groupId: string | null
  readonly createdAt: number
}

export function viewBatch(batch: Draft<ServerBatch>): ServerBatchView {
  const {
    id,
    projectId,
    requestId,
    name,
    minCount,
    maxCount,
    count,
    hostsUsed,
    flavor,
    imageId,
    groupId,
    createdAt,
  } = batch
  return {
    id,
    projectId,
    requestId,
    name,
    minCount,
    maxCount,
    count,
    hostsUsed,
    flavor,
    imageId,
    groupId,
    createdAt,
  }
}

/**
 * How far a batch is: members that first became ACTIVE, failed, or were deleted before either; the
 * rest are pending.
 */
export interface BatchProgress extends Readonly<Record<BatchOutcome, number>> {
  readonly count: number
  readonly pending: number
}

export type { ServerAction }
