import { defineKind, type Stored } from '../kind.ts'
import type { PlacementPolicy } from './placement-policy.ts'
import type { ServerFlavor } from './server.ts'

/**
 * One request for servers: what its members share, and how many they are. Outcomes are counted in
 * its counters.
 */
export interface ServerBatch extends Stored {
  readonly projectId: string
  readonly userId: string
  readonly requestId: string
  readonly name: string
  readonly minCount: number
  readonly maxCount: number
  /** Servers made: between min and max. */
  readonly count: number
  readonly hostsUsed: number
  readonly flavor: ServerFlavor
  readonly imageId: string | null
  readonly groupId: string | null
  readonly zones: readonly string[]
  readonly policy: PlacementPolicy
  readonly demand: ServerDemand
  readonly keyPair: { readonly name: string; readonly publicKey: string } | null
  /** Base64; handed to the guest, counted as secret. */
  readonly userData: string | null
  /** Handed to the guest, counted as secret. */
  readonly adminPassword?: string
  readonly createdAt: number
}

/** What placement must honour for each member, again when one is moved. */
export interface ServerDemand {
  readonly resources: Readonly<Record<string, number>>
  readonly requiredTraits: readonly string[]
  readonly forbiddenTraits: readonly string[]
  readonly memberOf: readonly (readonly string[])[]
}

export const serverBatchKind = defineKind<ServerBatch>('serverBatch', {
  byProject: { fields: ['projectId'] },
})

/** Outcome counters of a batch: each member is counted once, when it first settles. */
export const batchOutcomes = ['active', 'error', 'deleted'] as const
export type BatchOutcome = (typeof batchOutcomes)[number]

export function batchScope(batchId: string): string {
  return `batch:${batchId}`
}
