/**
 * Compute hosts. Two verbs: apply a desired state, observe an actual one. Applying is idempotent,
 * and fenced by `generation`: a host ignores a target older than the newest it has seen for that
 * guest, so a late or repeated call can neither resurrect a destroyed guest nor undo a newer
 * order.
 */
export type GuestPower = 'running' | 'stopped' | 'paused' | 'absent'

export interface GuestTarget {
  readonly serverId: string
  readonly hostId: string
  /** Grows with every change of the server's desired state. */
  readonly generation: number
  readonly power: GuestPower
  /**
   * Restarts wanted so far: a guest whose own count is lower is restarted (`hard` cuts the power).
   */
  readonly boots: { readonly count: number; readonly hard: boolean }
  /** Builds wanted so far: a guest whose own count is lower is re-created from `imageId`. */
  readonly builds: number
  readonly name: string
  readonly imageId: string | null
  readonly resources: Readonly<Record<string, number>>
  readonly ports: readonly { readonly id: string; readonly mac: string }[]
}

export interface GuestReport {
  readonly serverId: string
  readonly hostId: string
  /** What the host runs now, whatever was asked. */
  readonly power: GuestPower | 'unknown'
  readonly generation: number
  /**
   * Present when the target could not be reached. `retry` tells whether another attempt, or another
   * host, may help.
   */
  readonly fault?: { readonly message: string; readonly retry: 'sameHost' | 'otherHost' | 'never' }
}

export interface Hypervisor {
  /**
   * Brings each guest to its target and reports each as soon as it is known, in any order, exactly
   * once per target. Bounded in time by the driver's own limit and by the signal; a target that
   * could not be decided in time is reported as `unknown` with a fault.
   */
  apply(
    targets: readonly GuestTarget[],
    options?: { readonly signal?: AbortSignal },
  ): AsyncIterable<readonly GuestReport[]>
  /** What these hosts run now, fact by fact; a host that does not answer is in `silent`. */
  observe(
    hostIds: readonly string[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<{ readonly guests: readonly GuestReport[]; readonly silent: readonly string[] }>
  close(): Promise<void>
}
