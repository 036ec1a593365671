/**
 * Back-ends of block storage. Idempotent and fenced like `Hypervisor`: an order older than the
 * newest that was seen for a thing is ignored, so a late or repeated call brings nothing back.
 */
export type VolumeThing = 'volume' | 'snapshot' | 'connection' | 'backup'

export interface VolumeOrigin {
  readonly type: 'image' | 'snapshot' | 'volume' | 'backup'
  readonly id: string
}

interface Target {
  readonly id: string
  /** Grows with every order for the thing. */
  readonly generation: number
  /** False: it shall not exist. */
  readonly present: boolean
}

/** A volume or snapshot that is there already, or is to be left there. */
interface KeptTarget extends Target {
  /**
   * Its name among what is in nobody's care: it is taken over when it is not there yet, and never
   * made; absent: it is made.
   */
  readonly adopt?: string
  /**
   * True of what shall not exist: it is in nobody's care from now on, under a name of the
   * back-end's choice, and its bytes are kept.
   */
  readonly release?: true
}

export interface VolumeTarget extends KeptTarget {
  readonly type: 'volume'
  /** The pool where it shall be: it moves there from wherever it is. */
  readonly pool: string
  readonly sizeGb: number
  /** What it is made of, if it is not there yet; null: zeros. */
  readonly origin: VolumeOrigin | null
  /** What its bytes shall be replaced with by this very order. */
  readonly replace: VolumeOrigin | null
  readonly encrypted: boolean
  /** Limits of speed that the back-end keeps, e.g. `total_iops_sec`; absent: none. */
  readonly limits?: Readonly<Record<string, string>>
}

export interface SnapshotTarget extends KeptTarget {
  readonly type: 'snapshot'
  readonly pool: string
  readonly volumeId: string
}

export interface BackupTarget extends Target {
  readonly type: 'backup'
  readonly volumeId: string
  /** The snapshot that is backed up instead of the volume as it is. */
  readonly snapshotId: string | null
  /** The backup that this one adds to; null: a full one. */
  readonly parentId: string | null
  readonly container: string
  /** True: it is there already and is only looked for, never made. */
  readonly adopt: boolean
}

export interface ConnectionTarget extends Target {
  readonly type: 'connection'
  readonly volumeId: string
  /** The compute host, or the host that the connector names. */
  readonly host: string
  readonly serverId: string | null
  readonly readOnly: boolean
  /** True: others may be connected as well. */
  readonly shared: boolean
  readonly connector: Readonly<Record<string, string>> | null
  /** Limits of speed that whoever uses the volume keeps; absent: none. */
  readonly limits?: Readonly<Record<string, string>>
}

export type StorageTarget = VolumeTarget | SnapshotTarget | ConnectionTarget | BackupTarget

export interface StorageReport {
  readonly type: VolumeThing
  readonly id: string
  /** What is there now, whatever was asked. */
  readonly present: boolean
  /** GiB, of a volume that is there. */
  readonly sizeGb?: number
  /** How a connected volume is reached. */
  readonly connection?: Readonly<Record<string, string>>
  /** Present when the target could not be reached: `again` may help, or `never`. */
  readonly fault?: { readonly message: string; readonly retry: 'again' | 'never' }
}

/** What a back-end holds that is in nobody's care. */
export interface UnmanagedThing {
  readonly type: 'volume' | 'snapshot'
  /** Its name there, unique in its pool among its like. */
  readonly reference: string
  readonly sizeGb: number
  /** The volume that a snapshot is of, when that is in somebody's care. */
  readonly volumeId?: string
}

export interface VolumeDriver {
  /**
   * Brings each thing to its target; reports each exactly once. Bounded in time by the driver's own
   * limit and by the signal: what could not be decided in time has a fault with `again`.
   */
  apply(
    targets: readonly StorageTarget[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly StorageReport[]>
  /**
   * What a pool holds that is in nobody's care, in the order of references; at most
   * `limits.pageRows` of it.
   *
   * @throws CloudError `unavailable` when the back-end does not answer.
   */
  unmanaged(
    pool: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly UnmanagedThing[]>
  /**
   * The bytes of a volume as they are now, from its first on.
   *
   * @throws CloudError `notFound` when it is not there; `unavailable` when it cannot be read now.
   */
  read(volumeId: string, options?: { readonly signal?: AbortSignal }): AsyncIterable<Uint8Array>
  close(): Promise<void>
}
