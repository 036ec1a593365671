import type { NetworkObject, ObjectReport } from './network-object.ts'

/** The data plane of networks. Idempotent and fenced like `Hypervisor`: `revision` only grows. */
export interface PortTarget {
  readonly portId: string
  readonly networkId: string
  /** Null unplugs. */
  readonly hostId: string | null
  readonly revision: number
  readonly mac: string
  readonly addresses: readonly string[]
  readonly securityGroupIds: readonly string[]
  /** What DHCP tells it besides the usual: names or numbers of options. Absent = nothing. */
  readonly dhcpOptions?: readonly {
    readonly name: string
    readonly value: string
    readonly version: 4 | 6
  }[]
  /** How much traffic it may have. Absent = as its network says, or any. */
  readonly qosPolicyId?: string
  /** What its addresses are called. Absent = after themselves. */
  readonly dnsName?: string
}

export interface PortReport {
  readonly portId: string
  readonly state: 'active' | 'down'
  readonly fault?: { readonly message: string }
}

export interface NetworkDriver {
  /** Brings each port to its target; reports each exactly once. */
  apply(
    targets: readonly PortTarget[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly PortReport[]>
  /**
   * Brings each object that is not a port (a router, a floating IP, a security group) to its
   * target; reports each exactly once, in any order. Objects may come before those that they name,
   * and do nothing until these are there. A target older than the newest seen changes nothing; the
   * report then says what is there.
   */
  configure(
    targets: readonly NetworkObject[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly ObjectReport[]>
  close(): Promise<void>
}
