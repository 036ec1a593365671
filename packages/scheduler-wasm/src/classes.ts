import { EngineError } from './errors.ts'
import {
  BLOCK_CLASSES,
  BLOCK_DIRTY,
  CLASS_BYTES,
  CONTROL_BYTES,
  IN_BLOCK_BYTES,
  IN_CLASSES,
} from './layout.ts'
import { engineLimits } from './limits.ts'
import type { Resources } from './types.ts'
import type { EngineMemory } from './wasm.ts'

/**
 * The resource classes that the fleet knows, in the order in which they came: each has its columns
 * in every block.
 */
export class ResourceClasses {
  readonly #names: string[] = []
  readonly #numbers = new Map<string, number>()

  get length(): number {
    return this.#names.length
  }

  get names(): readonly string[] {
    return this.#names
  }

  numberOf(name: string): number | undefined {
    return this.#numbers.get(name)
  }

  get blockBytes(): number {
    return BLOCK_CLASSES + this.#names.length * CLASS_BYTES
  }

  /**
   * Meets classes, and widens the blocks of the memory for new ones.
   *
   * @throws EngineError above the limit; nothing is changed then.
   */
  meet(all: Iterable<Resources>, field: string, memory: EngineMemory, blocks: number): void {
    const unknown = new Set<string>()
    for (const resources of all) {
      for (const name of Object.keys(resources)) if (!this.#numbers.has(name)) unknown.add(name)
    }
    if (unknown.size === 0) return
    if (this.#names.length + unknown.size > engineLimits.fleetClasses) {
      const limit = engineLimits.fleetClasses
      throw new EngineError(`a fleet knows at most ${limit} resource classes`, field, limit)
    }
    const before = this.blockBytes
    memory.ensure(CONTROL_BYTES + blocks * (before + unknown.size * CLASS_BYTES))
    for (const name of unknown) {
      this.#numbers.set(name, this.#names.length)
      this.#names.push(name)
    }
    widen(memory, blocks, before, this.blockBytes)
    memory.integers[IN_CLASSES >> 2] = this.#names.length
    memory.integers[IN_BLOCK_BYTES >> 2] = this.blockBytes
  }
}

/** Moves blocks apart, the last first, so that none is written over before it has moved. */
function widen(memory: EngineMemory, blocks: number, before: number, after: number): void {
  for (let index = blocks - 1; index >= 0; index--) {
    const from = CONTROL_BYTES + index * before
    const to = CONTROL_BYTES + index * after
    memory.bytes.copyWithin(to, from, from + before)
    memory.bytes.fill(0, to + before, to + after)
    memory.integers[(to + BLOCK_DIRTY) >> 2] = 1
  }
}
