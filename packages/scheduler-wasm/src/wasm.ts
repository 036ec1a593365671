import { EngineError } from './errors.ts'
import { plainModule, simdModule } from './generated/wasm.ts'
import { engineLimits } from './limits.ts'

/*
 * The part of WebAssembly that we use, by shape: no library that TypeScript knows everywhere
 * declares it.
 */
interface Memory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

interface WebAssemblyNamespace {
  readonly validate: (bytes: Uint8Array) => boolean
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: object }
}

const wasm = (globalThis as { readonly WebAssembly?: WebAssemblyNamespace }).WebAssembly

/** What the engine's module offers. */
export interface EngineExports {
  readonly memory: Memory
  /** Decides the ask in the control area: the number of answer entries, or −1. */
  decide(): number
  /** Writes the totals of the fleet. */
  summarise(): void
}

export type WasmTier = 'simd' | 'plain'

/**
 * The smallest module that uses a vector: a function that makes one and reads a lane of it. Where
 * it is not valid, there is no SIMD.
 */
const probe = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 127, 3, 2, 1, 0, 10, 11, 1, 9, 0, 65, 0, 253, 17,
  253, 27, 0, 11,
]

/** Whether a tier runs here. */
export function runs(tier: WasmTier): boolean {
  return wasm !== undefined && (tier === 'plain' || wasm.validate(Uint8Array.from(probe)))
}

const compiled = new Map<WasmTier, object>()

/**
 * A fresh instance with a memory of its own. A tier is compiled once.
 *
 * @throws EngineError where there is no WebAssembly.
 */
export function instantiate(tier: WasmTier): EngineExports {
  if (!wasm) throw new EngineError('this runtime has no WebAssembly', 'tier', 'typescript')
  let module = compiled.get(tier)
  if (!module) {
    const text = atob(tier === 'simd' ? simdModule : plainModule)
    module = new wasm.Module(Uint8Array.from(text, (unit) => unit.charCodeAt(0)))
    compiled.set(tier, module)
  }
  return new wasm.Instance(module).exports as EngineExports
}

const pageBytes = 65_536

/** The engine's memory and the views on it, which are made again whenever it has grown. */
export class EngineMemory {
  readonly #memory: Memory
  #integers: Int32Array
  #bytes: Uint8Array

  constructor(memory: Memory) {
    this.#memory = memory
    this.#integers = new Int32Array(memory.buffer)
    this.#bytes = new Uint8Array(memory.buffer)
  }

  /** 32-bit integers by address / 4. Not to be kept across `ensure`. */
  get integers(): Int32Array {
    return this.#integers
  }

  get bytes(): Uint8Array {
    return this.#bytes
  }

  /** Sixty-four-bit floats from an address on. */
  floats(address: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, address, length)
  }

  /**
   * Grows the memory to at least so many bytes.
   *
   * @throws EngineError when there is not so much memory.
   */
  ensure(bytes: number): void {
    const missing = bytes - this.#bytes.length
    if (missing <= 0) return
    // An eighth more than needed, so that a fleet loaded page by page grows in few steps.
    const spare = Math.ceil(missing / pageBytes) + (this.#bytes.length >>> 19)
    if (!this.#grow(spare) && !this.#grow(Math.ceil(missing / pageBytes))) {
      throw new EngineError('no memory for so many hosts', 'hosts', engineLimits.hosts)
    }
  }

  #grow(pages: number): boolean {
    try {
      this.#memory.grow(pages)
    } catch {
      return false
    }
    this.#integers = new Int32Array(this.#memory.buffer)
    this.#bytes = new Uint8Array(this.#memory.buffer)
    return true
  }
}
