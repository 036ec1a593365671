/** Storage that serves shares. Idempotent and fenced like `Hypervisor`: `generation` only grows. */
export interface ShareTarget {
  readonly shareId: string
  readonly generation: number
  /** False: it shall not exist, nor any of its snapshots. */
  readonly present: boolean
  readonly protocol: 'NFS' | 'CIFS' | 'CEPHFS'
  readonly sizeGb: number
  /** What it is made of, if it is not there yet; null: it is made empty. */
  readonly origin: { readonly shareId: string; readonly snapshotId: string } | null
  /** Every snapshot that it shall have; others go. */
  readonly snapshotIds: readonly string[]
  /** Everybody who may mount it; others may not. */
  readonly access: readonly ShareGrant[]
}

export interface ShareGrant {
  readonly id: string
  readonly type: 'ip' | 'user' | 'cephx'
  readonly to: string
  readonly level: 'rw' | 'ro'
}

/** What is there now. */
export interface ShareReport {
  readonly shareId: string
  /** The newest order seen. */
  readonly generation: number
  readonly present: boolean
  readonly sizeGb: number
  readonly exportLocations: readonly string[]
  readonly snapshotIds: readonly string[]
  readonly accessIds: readonly string[]
  /** `tooFull`: it holds more than the size asked for; it stays as large as it was. */
  readonly fault?: { readonly reason: 'tooFull' | 'failed'; readonly message: string }
}

export interface ShareDriver {
  /**
   * Brings each share to its target; reports each exactly once, in any order. A target older than
   * the newest seen changes nothing; the report then says what is there.
   */
  apply(
    targets: readonly ShareTarget[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly ShareReport[]>
  close(): Promise<void>
}
