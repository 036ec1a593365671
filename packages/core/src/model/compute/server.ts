import { defineKind, type Stored } from '../kind.ts'
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
}

export interface ServerFault {
  readonly message: string
  readonly at: number
}

/** The other side of an open resize: where the server was, and what it took there. */
export interface ServerResize {
  readonly hostId: string
  readonly zone: string
  readonly flavor: ServerFlavor
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
  readonly name: string
  readonly flavor: ServerFlavor
  readonly imageId: string | null
  readonly hostId: string
  readonly zone: string
  readonly groupId: string | null
  readonly vmState: VmState
  readonly task: ServerTask | null
  readonly desired: ServerDesired
  /** Grows with every change of `desired` or `hostId`: the fence that hosts check. */
  readonly generation: number
  /** Hosts on which building failed. */
  readonly failedHostIds: readonly string[]
  readonly fault: ServerFault | null
  readonly resize: ServerResize | null
  readonly locked: boolean
  readonly metadata: Readonly<Record<string, string>>
  readonly tags: readonly string[]
  readonly actions: readonly ServerAction[]
  readonly createdAt: number
  readonly updatedAt: number
  /** When it first became ACTIVE; null before. */
  readonly launchedAt: number | null
}

export interface ServerDesired {
  readonly power: 'running' | 'stopped' | 'paused' | 'absent'
  /** Restarts asked for so far, and whether the last was a hard one. */
  readonly boots: number
  readonly hard: boolean
  /** Builds asked for so far: 1, plus one for each rebuild. */
  readonly builds: number
}

export const serverKind = defineKind<Server>(
  'server',
  { byProject: { fields: ['projectId'] }, byBatch: { fields: ['batchId'] } },
  { feed: true },
)
