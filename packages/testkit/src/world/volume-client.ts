import {
  CloudError,
  type StorageReport,
  type StorageTarget,
  type UnmanagedThing,
  type VolumeDriver,
} from '@nephos/core'
import type { Ground } from './ground.ts'
import type { Life } from './life.ts'

/** What one process sees of the back-ends of block storage. */
export class VolumeClient implements VolumeDriver {
  readonly #ground: Ground
  readonly #life: Life
  readonly #volumes: VolumeDriver

  constructor(ground: Ground, life: Life, volumes: VolumeDriver) {
    this.#ground = ground
    this.#life = life
    this.#volumes = volumes
  }

  apply(
    targets: readonly StorageTarget[],
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly StorageReport[]> {
    const ground = this.#ground
    const lane = this.#life.name
    const isLate = ground.hits('volumesLate', lane)
    const fails = ground.hits('volumesFail', lane)
    return this.#life.call({
      to: 'hosts',
      label: `volumes.apply ${targets.length}`,
      latency: ground.latency.hosts,
      writes: true,
      effect: async () => {
        if (fails) return this.#failing(targets, options)
        if (!isLate) return this.#volumes.apply(targets, options)
        // It arrives when it has been given up long ago.
        ground.timeline.after(ground.chance.between(1_000, 120_000), async () => {
          ground.note('hosts', 'host', `late volumes.apply ${targets.length}`)
          await this.#volumes.apply(targets)
        })
        throw new CloudError('unavailable', 'The back-ends did not answer in time.')
      },
    })
  }

  /** One of the things fails: refused, or not done, or done and nobody is told. */
  async #failing(
    targets: readonly StorageTarget[],
    options: { readonly signal?: AbortSignal },
  ): Promise<readonly StorageReport[]> {
    const { chance } = this.#ground
    const victim = chance.pick(targets)
    const retry = chance.happens(0.2) ? 'never' : 'again'
    const isDone = retry === 'again' && chance.happens(0.5)
    const others = isDone ? targets : targets.filter((target) => target !== victim)
    const reports = await this.#volumes.apply(others, options)
    const told = reports.filter(({ id }) => id !== victim?.id)
    if (!victim) return told
    const fault = { message: 'The back-end did not bring it about.', retry } as const
    return [...told, { type: victim.type, id: victim.id, present: false, fault }]
  }

  unmanaged(
    pool: string,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly UnmanagedThing[]> {
    const ground = this.#ground
    return this.#life.call({
      to: 'hosts',
      label: 'volumes.unmanaged',
      latency: ground.latency.hosts,
      writes: false,
      effect: async () => {
        if (!ground.hits('volumesFail', this.#life.name)) {
          return this.#volumes.unmanaged(pool, options)
        }
        throw new CloudError('unavailable', 'The back-ends do not answer.')
      },
    })
  }

  async *read(
    volumeId: string,
    options: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Uint8Array> {
    const ground = this.#ground
    yield* await this.#life.call({
      to: 'hosts',
      label: 'volumes.read',
      latency: ground.latency.hosts,
      writes: false,
      effect: async () => {
        if (ground.hits('volumesFail', this.#life.name)) {
          throw new CloudError('unavailable', 'The back-ends do not answer.')
        }
        const chunks: Uint8Array[] = []
        for await (const chunk of this.#volumes.read(volumeId, options)) chunks.push(chunk)
        return chunks
      },
    })
  }

  async close(): Promise<void> {
    await Promise.resolve()
  }
}
