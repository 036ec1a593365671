import { defineKind, type Stored, type UsageMeter } from '../kind.ts'
import type { ServerTask, VmState } from './server-state.ts'

/**
 * What a server takes: a copy of its flavor at the time of creation, so that a flavor's deletion
 * changes nothing.
 */
export interface ServerFlavor {
  readonly id: string
  readonly name: string
  readonly vcpus: number
  readonly ramMb: number
  readonly diskGb: number
}

/** One line of a server's history. */
export interface ServerAction {
  readonly action: string
  readonly requestId: string
  readonly userId: string
  readonly at: number
  /** When what it began was over; absent while it is under way, and where nothing was begun. */
  readonly endedAt?: number
  /** Why it failed. */
  readonly failure?: string
}

export interface ServerFault {
  readonly message: string
  readonly at: number
}

/** The other side of an open resize or move: where the server was, and what it took there. */
export interface ServerResize {
  readonly hostId: string
  readonly zone: string
  readonly flavor: ServerFlavor
  /** True: a live migration failed, and what came of it there is to end. */
  readonly returning?: true
}

/**
 * A server (instance). What should be is in `desired`; what is, in `vmState`; the work between
 * them, in `task`.
 */
export interface Server extends Stored {
  readonly projectId: string
  readonly userId: string
  /** The request that made it: shared launch data (user data, key, networks) is kept there once. */
  readonly batchId: string
  /** Its number among those of its request, from 0 on; absent = 0. */
  readonly launchIndex?: number
  readonly name: string
  readonly flavor: ServerFlavor
  /** Null: it boots from a volume. */
  readonly imageId: string | null
  readonly hostId: string
  readonly zone: string
  readonly groupId: string | null
  readonly vmState: VmState
  readonly task: ServerTask | null
  readonly desired: ServerDesired
  /** Grows with every change of `desired`, `hostId` or its ports: the fence that hosts check. */
  readonly generation: number
  /**
   * The greatest `generation` of its ports: whoever finds another one in them has read server and
   * ports as of different times. Absent = 0.
   */
  readonly portsGeneration?: number
  /** Its volumes, that it boots from first: those that are being detached are no more its own. */
  readonly attachmentIds?: readonly string[]
  /** Hosts on which building failed. */
  readonly failedHostIds: readonly string[]
  readonly fault: ServerFault | null
  readonly resize: ServerResize | null
  /** The record of the move that is open. */
  readonly migrationId?: string
  readonly locked: boolean
  /** Why it is locked, as whoever locked it said. */
  readonly lockedReason?: string
  readonly description?: string
  /** Absent: follows from its name. */
  readonly hostname?: string
  /** Addresses at which it is said to be reached, whatever its ports have. */
  readonly accessIPv4?: string
  readonly accessIPv6?: string
  /** True: it was asked for with a drive that holds its configuration. */
  readonly configDrive?: true
  /** Whether its disk is partitioned to the flavor's size by the cloud (AUTO) or its user. */
  readonly diskConfig?: 'AUTO'
  /** What a rebuild gave it instead of what its batch was launched with. */
  readonly launch?: ServerLaunch
  readonly metadata: Readonly<Record<string, string>>
  readonly tags: readonly string[]
  readonly actions: readonly ServerAction[]
  readonly createdAt: number
  readonly updatedAt: number
  /** When it first became ACTIVE; null before. */
  readonly launchedAt: number | null
}

/** Launch data of its own; absent = its batch's, null = none. */
export interface ServerLaunch {
  readonly keyPair?: { readonly name: string; readonly publicKey: string } | null
  readonly userData?: string | null
  readonly adminPassword?: string
}

export interface ServerDesired {
  readonly power: 'running' | 'stopped' | 'paused' | 'suspended' | 'absent'
  /** Restarts asked for so far, and whether the last was a hard one. */
  readonly boots: number
  readonly hard: boolean
  /** Builds asked for so far: 1, plus one for each rebuild. */
  readonly builds: number
  /** The image that it runs from while it is rescued; absent = its own disk. */
  readonly rescueImageId?: string
}

/** From its acceptance to its end, whatever its state: its room is kept all the while. */
const serverMeter: UsageMeter<Server> = {
  classes: ['servers', 'vcpus', 'ramMb', 'diskGb'],
  index: 'byProject',
  amounts: ({ flavor }) => [1, flavor.vcpus, flavor.ramMb, flavor.diskGb],
}

export const serverKind = defineKind<Server>(
  'server',
  { byProject: { fields: ['projectId'] }, byBatch: { fields: ['batchId'] } },
  { feed: true, meter: serverMeter, events: { state: ({ vmState }) => vmState } },
)
