import { defineKind, type Stored } from '../kind.ts'
import type { Lent } from './rbac-policy.ts'

/** A named set of blocks, which rules may name as the other side. */
export interface AddressGroup extends Stored, Lent {
  readonly projectId: string
  readonly name: string
  readonly description: string
  /** Canonical CIDRs, each once. */
  readonly addresses: readonly string[]
  /** Grows with each change of the addresses: what the data plane is told by. */
  readonly generation: number
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly updatedAt: number
}

export const addressGroupKind = defineKind<AddressGroup>(
  'addressGroup',
  { byProject: { fields: ['projectId'] } },
  { events: {} },
)
