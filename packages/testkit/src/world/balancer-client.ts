import {
  type BalancerConfig,
  type BalancerDriver,
  type BalancerOptions,
  type BalancerReport,
  CloudError,
} from '@nephos/core'
import type { Ground } from './ground.ts'
import type { Life } from './life.ts'

/** What one process sees of what carries load balancers. */
export class BalancerClient implements BalancerDriver {
  readonly #ground: Ground
  readonly #life: Life
  readonly #balancers: BalancerDriver

  constructor(ground: Ground, life: Life, balancers: BalancerDriver) {
    this.#ground = ground
    this.#life = life
    this.#balancers = balancers
  }

  apply(
    configs: readonly BalancerConfig[],
    options: BalancerOptions = {},
  ): Promise<readonly BalancerReport[]> {
    return this.#change('apply', configs, options, (some, given) =>
      this.#balancers.apply(some, given),
    )
  }

  remove(
    balancerIds: readonly string[],
    options: BalancerOptions = {},
  ): Promise<readonly BalancerReport[]> {
    return this.#change('remove', balancerIds, options, (some, given) =>
      this.#balancers.remove(some, given),
    )
  }

  observe(
    balancerIds: readonly string[],
    options: BalancerOptions = {},
  ): Promise<readonly BalancerReport[]> {
    const fails = this.#ground.hits('balancersFail', this.#life.name)
    return this.#life.call({
      to: 'hosts',
      label: `balancers.observe ${balancerIds.length}`,
      latency: this.#ground.latency.hosts,
      effect: async () => {
        if (fails) throw unanswered()
        return this.#balancers.observe(balancerIds, options)
      },
    })
  }

  async close(): Promise<void> {
    await Promise.resolve()
  }

  /** Fails as a whole, done or not; or arrives when it has been given up long ago. */
  #change<T>(
    verb: string,
    items: readonly T[],
    options: BalancerOptions,
    run: (items: readonly T[], options: BalancerOptions) => Promise<readonly BalancerReport[]>,
  ): Promise<readonly BalancerReport[]> {
    const ground = this.#ground
    const lane = this.#life.name
    const isLate = ground.hits('balancersLate', lane)
    const fails = ground.hits('balancersFail', lane)
    const isDone = fails && ground.chance.happens(0.5)
    return this.#life.call({
      to: 'hosts',
      label: `balancers.${verb} ${items.length}`,
      latency: ground.latency.hosts,
      writes: true,
      effect: async () => {
        if (isLate) {
          ground.timeline.after(ground.chance.between(1_000, 120_000), async () => {
            ground.note('hosts', 'host', `late balancers.${verb} ${items.length}`)
            await run(items, {})
          })
          throw unanswered()
        }
        if (fails && !isDone) throw unanswered()
        const reports = await run(items, options)
        if (isDone) throw unanswered()
        return reports
      },
    })
  }
}

function unanswered(): CloudError {
  return new CloudError('unavailable', 'What carries load balancers did not answer in time.')
}
