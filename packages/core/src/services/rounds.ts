import type { Kernel } from '../kernel.ts'
import { limits } from '../base/limits.ts'
import type { Kind, Stored } from '../model/kind.ts'

/**
 * Walks round and round a kind, one page a step: how a reconciler does constant work over any
 * number of rows.
 */
export class Rounds<T extends Stored> {
  readonly #kernel: Pick<Kernel, 'store'>
  readonly #kind: Kind<T>
  readonly #size: number
  #after: T | undefined

  constructor(kernel: Pick<Kernel, 'store'>, kind: Kind<T>, size: number = limits.pageRows) {
    this.#kernel = kernel
    this.#kind = kind
    this.#size = size
  }

  async next(): Promise<T[]> {
    const after = this.#after
    const page = await this.#kernel.store.query(this.#kind, {
      limit: this.#size,
      ...(after ? { after } : {}),
    })
    this.#after = page.length === this.#size ? page.at(-1) : undefined
    return page
  }
}
