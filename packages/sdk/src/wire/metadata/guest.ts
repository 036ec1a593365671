import type { Port, ServerDetails, Subnet } from '@nephos/core'

/** All that a guest is told of itself: read once, written in several forms. */
export interface Guest {
  readonly server: ServerDetails
  readonly keyPair: { readonly name: string; readonly publicKey: string } | null
  readonly ports: readonly Port[]
  readonly subnets: readonly Subnet[]
}
