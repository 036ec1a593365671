import { CloudError, type ShareDriver, type ShareReport, type ShareTarget } from '@nephos/core'
import type { Ground } from './ground.ts'
import type { Life } from './life.ts'

/** What one process sees of the storage of shares. */
export class ShareClient implements ShareDriver {
  readonly #ground: Ground
  readonly #life: Life
  readonly #shares: ShareDriver

  constructor(ground: Ground, life: Life, shares: ShareDriver) {
    this.#ground = ground
    this.#life = life
    this.#shares = shares
  }

  apply(
    targets: readonly ShareTarget[],
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly ShareReport[]> {
    const ground = this.#ground
    const fails = ground.hits('sharesFail', this.#life.name)
    return this.#life.call({
      to: 'hosts',
      label: `shares.apply ${targets.length}`,
      latency: ground.latency.hosts,
      writes: true,
      effect: async () => {
        if (!fails) return this.#shares.apply(targets, options)
        // Half of the failures come after the deed; some of those that come before arrive late.
        if (ground.chance.happens(0.5)) await this.#shares.apply(targets)
        else {
          ground.timeline.after(ground.chance.between(1_000, 120_000), async () => {
            ground.note('hosts', 'host', `late shares.apply ${targets.length}`)
            await this.#shares.apply(targets)
          })
        }
        throw new CloudError('unavailable', 'The storage of shares does not answer.')
      },
    })
  }

  async close(): Promise<void> {
    await Promise.resolve()
  }
}
