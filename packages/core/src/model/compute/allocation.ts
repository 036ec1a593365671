import { defineKind, type Stored } from '../kind.ts'

/**
 * What one consumer takes from one host. The id is the server's; while a resize is open, the side
 * that is not in use has the id `<server>:resize`. Written in the transaction that makes, moves or
 * ends the consumer.
 */
export interface Allocation extends Stored {
  readonly hostId: string
  readonly projectId: string
  readonly resources: Readonly<Record<string, number>>
}

export const allocationKind = defineKind<Allocation>('allocation', {
  byHost: { fields: ['hostId'] },
})

export function resizeAllocationId(serverId: string): string {
  return `${serverId}:resize`
}

/** Scope of a host's usage counters: one per resource class, limited by its capacity. */
export function hostScope(hostId: string): string {
  return `host:${hostId}`
}

export const hostScopePrefix = 'host:'
