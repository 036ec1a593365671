/**
 * Compute hosts. Two verbs: apply a desired state, observe an actual one. Applying is idempotent,
 * and fenced by `generation`: a host ignores a target older than the newest it has seen for that
 * guest, so a late or repeated call can neither resurrect a destroyed guest nor undo a newer
 * order.
 */
export type GuestPower = 'running' | 'stopped' | 'paused' | 'suspended' | 'absent'

export interface GuestTarget {
  readonly serverId: string
  readonly hostId: string
  /** Grows with every change of the server's desired state. */
  readonly generation: number
  /**
   * `paused`: does not execute, its memory is kept where it is. `suspended`: its memory is kept on
   * disk, so that it outlives the host's power.
   */
  readonly power: GuestPower
  /**
   * The host on which the guest executes now: it comes from there with its memory and its disk, and
   * without a stop; as it begins to execute here it is gone from there. A guest that is here
   * already has come. Where it cannot come, it goes on there: a fault, and nothing of it is here.
   */
  readonly from?: string
  /**
   * Restarts wanted so far: a guest whose own count is lower is restarted (`hard` cuts the power).
   */
  readonly boots: { readonly count: number; readonly hard: boolean }
  /** Builds wanted so far: a guest whose own count is lower is re-created from `imageId`. */
  readonly builds: number
  readonly name: string
  readonly imageId: string | null
  /**
   * Run from this image instead, with the guest's own disk beside it, untouched; absent = from its
   * own disk. A guest that runs from another is restarted.
   */
  readonly rescueImageId?: string
  readonly resources: Readonly<Record<string, number>>
  readonly ports: readonly { readonly id: string; readonly mac: string }[]
  /** Volumes that are connected for the guest. Absent = none. */
  readonly volumes?: readonly GuestVolume[]
  /** The guest has a config drive: `ApplyOptions.configDriveOf` has its bytes. */
  readonly configDrive?: true
}

/** What a driver may use while it applies targets. */
export interface ApplyOptions {
  readonly signal?: AbortSignal
  /**
   * A read-only disk that tells the guest of this server about itself (ISO 9660 with the label
   * `config-2`), as it is now. To be asked for when a guest is made or started; undefined for a
   * server without one.
   *
   * @throws CloudError `unavailable`.
   */
  readonly configDriveOf?: (serverId: string) => Promise<Uint8Array | undefined>
}

/** A volume as its guest sees it. */
export interface GuestVolume {
  readonly id: string
  readonly device: string | null
  readonly boot: boolean
  /** Limits of speed that the host keeps, e.g. `total_iops_sec`; absent: none. */
  readonly limits?: Readonly<Record<string, string>>
}

export interface GuestReport {
  readonly serverId: string
  readonly hostId: string
  /** What the host runs now, whatever was asked. */
  readonly power: GuestPower | 'unknown'
  readonly generation: number
  /** The image that a rescued guest runs from; absent = it is not rescued. */
  readonly rescueImageId?: string
  /**
   * Present when the target could not be reached. `retry` tells whether another attempt, or another
   * host, may help. `otherHost` and `never` are promises: this host takes neither this order nor an
   * older one for the guest, however late it arrives, so that no guest is made twice. A driver that
   * cannot be sure of that says `sameHost`.
   */
  readonly fault?: { readonly message: string; readonly retry: 'sameHost' | 'otherHost' | 'never' }
}

/** A guest on a host. */
export interface GuestName {
  readonly serverId: string
  readonly hostId: string
}

export interface Hypervisor {
  /**
   * Brings each guest to its target and reports each as soon as it is known, in any order, exactly
   * once per target. Bounded in time by the driver's own limit and by the signal; a target that
   * could not be decided in time is reported as `unknown` with a fault.
   */
  apply(
    targets: readonly GuestTarget[],
    options?: ApplyOptions,
  ): AsyncIterable<readonly GuestReport[]>
  /** What these hosts run now, fact by fact; a host that does not answer is in `silent`. */
  observe(
    hostIds: readonly string[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<{ readonly guests: readonly GuestReport[]; readonly silent: readonly string[] }>
  /**
   * The bytes of a guest's own disk (raw) as of one moment, from the first on. The guest is not
   * disturbed.
   *
   * @throws CloudError `notFound` when the host has no such guest, or that has no disk of its own;
   *   `unavailable` when the host does not answer.
   */
  readDisk(guest: GuestName, options?: { readonly signal?: AbortSignal }): AsyncIterable<Uint8Array>
  /**
   * What a guest wrote to its console: the last `lines` of what its host keeps, all of it without;
   * at most `limits.consoleBytes`.
   *
   * @throws CloudError as `readDisk`.
   */
  readConsole(
    guest: GuestName,
    options?: { readonly lines?: number | undefined; readonly signal?: AbortSignal | undefined },
  ): Promise<string>
  close(): Promise<void>
}
