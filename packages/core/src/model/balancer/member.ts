import { defineKind } from '../kind.ts'
import { type Child, childIndexes } from './tree.ts'

/** Where a pool sends traffic. */
export interface Member extends Child {
  readonly poolId: string
  readonly name: string
  readonly address: string
  readonly protocolPort: number
  /** Address and port: no two members of a pool share it. */
  readonly target: string
  /** Where it is reached; null = by the network of the load balancer. A hint, kept as given. */
  readonly subnetId: string | null
  /** Share of new connections; 0 = none, so that it drains. */
  readonly weight: number
  /** True: gets traffic only when no other member is up. */
  readonly backup: boolean
  /** Where it is watched, if elsewhere. */
  readonly monitorAddress: string | null
  readonly monitorPort: number | null
}

export const memberKind = defineKind<Member>(
  'member',
  { ...childIndexes, byTarget: { fields: ['poolId', 'target'], unique: true } },
  { events: {} },
)

/** Tells the members of a pool apart. */
export function memberTarget(address: string, protocolPort: number): string {
  return `${address} ${protocolPort}`
}
