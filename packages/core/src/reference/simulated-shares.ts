import { CloudError, throwIfAborted } from '../base/errors.ts'
import type { ShareDriver, ShareGrant, ShareReport, ShareTarget } from '../ports/share-driver.ts'

/** A share of the simulated storage. */
export interface SimulatedShare {
  readonly sizeGb: number
  /** Gigabytes that its users wrote. */
  readonly usedGb: number
  readonly snapshotIds: readonly string[]
  readonly access: readonly ShareGrant[]
}

/** Storage of shares in memory: it does at once what it is told, and remembers every order. */
export class SimulatedShares implements ShareDriver {
  readonly #shares = new Map<string, SimulatedShare>()
  readonly #newest = new Map<string, number>()
  #closed = false

  /** What a share is; undefined when there is none. */
  share(shareId: string): SimulatedShare | undefined {
    return this.#shares.get(shareId)
  }

  get shareIds(): readonly string[] {
    return [...this.#shares.keys()]
  }

  /** As if its users wrote so much. */
  fill(shareId: string, usedGb: number): void {
    const share = this.#shares.get(shareId)
    if (share) this.#shares.set(shareId, { ...share, usedGb })
  }

  async apply(
    targets: readonly ShareTarget[],
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly ShareReport[]> {
    if (this.#closed) throw new CloudError('closed', 'This storage of shares is closed.')
    throwIfAborted(options.signal)
    return targets.map((target) => this.#apply(target))
  }

  async close(): Promise<void> {
    this.#closed = true
  }

  #apply(target: ShareTarget): ShareReport {
    const newest = this.#newest.get(target.shareId) ?? 0
    if (target.generation < newest) return this.#report(target, newest)
    this.#newest.set(target.shareId, target.generation)
    const share = this.#shares.get(target.shareId)
    if (!target.present) {
      this.#shares.delete(target.shareId)
      return this.#report(target, target.generation)
    }
    const origin = target.origin && this.#shares.get(target.origin.shareId)
    const isMissing = target.origin && !origin?.snapshotIds.includes(target.origin.snapshotId)
    if (!share && isMissing) {
      const fault = { reason: 'failed', message: 'There is no such snapshot.' } as const
      return { ...this.#report(target, target.generation), fault }
    }
    const usedGb = share?.usedGb ?? 0
    const isTooFull = usedGb > target.sizeGb
    this.#shares.set(target.shareId, {
      sizeGb: isTooFull && share ? share.sizeGb : target.sizeGb,
      usedGb,
      snapshotIds: [...target.snapshotIds],
      access: target.access.map((grant) => ({ ...grant })),
    })
    const report = this.#report(target, target.generation)
    if (!isTooFull) return report
    return { ...report, fault: { reason: 'tooFull', message: `It holds ${usedGb} GB.` } }
  }

  #report({ shareId, protocol }: ShareTarget, generation: number): ShareReport {
    const share = this.#shares.get(shareId)
    return {
      shareId,
      generation,
      present: share !== undefined,
      sizeGb: share?.sizeGb ?? 0,
      exportLocations: share ? [`shares.invalid:/${protocol.toLowerCase()}/${shareId}`] : [],
      snapshotIds: share?.snapshotIds ?? [],
      accessIds: share?.access.map(({ id }) => id) ?? [],
    }
  }
}
