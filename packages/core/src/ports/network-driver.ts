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
  close(): Promise<void>
}
