import { EngineError } from './errors.ts'
import { plainKernel, simdKernel } from './generated/kernel.ts'
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

/** What the kernel's module offers; booleans are 0 and 1, vectors go through `input`. */
export interface KernelExports {
  readonly memory: Memory
  begin(
    resources: number,
    cells: number,
    cellClasses: number,
    devices: number,
    lifetimes: number,
  ): void
  /** Makes room for so many bytes of input. Answers their address, which never changes. */
  input(bytes: number): number
  bytes(): number
  reserve(hosts: number, allocations: number): void
  addKind(hash: number): number
  kindCount(): number
  addHost(slot: number, kind: number): void
  changeKind(slot: number, kind: number): void
  dropHost(slot: number): void
  kindOf(slot: number): number
  state(slot: number): number
  shift(slot: number, times: number): number
  addFootprint(cells: number, devices: number, units: number): number
  dropFootprint(id: number): void
  setShape(slot: number, footprint: number, policy: number): void
  setTypical(count: number, kinds: number): void
  mark(slot: number, members: number, limit: number): void
  clearMarks(): void
  decide(
    shape: number,
    least: number,
    most: number,
    limit: number,
    sharing: number,
    ranking: number,
    markedOnly: number,
    oldestFirst: number,
    seed: number,
    until: number,
    now: number,
    effect: number,
    footprint: number,
  ): number
  entries(): number
  entryCount(): number
  numbers(): number
  placeOne(shape: number, until: number, now: number): number
  room(shape: number, limit: number, markedOnly: number, cap: number): number
  domains(shape: number, limit: number, kinds: number, count: number, scored: number): number
  explain(shape: number, markedOnly: number): void
  hostOf(allocation: number): number
  footprintOf(allocation: number): number
  untilOf(allocation: number): number
  partsOf(allocation: number): number
  release(allocation: number): number
  move(allocation: number, slot: number): number
  allocationsOf(slot: number): number
  records(): number
  setRecords(rows: number, live: number): void
  save(): void
  restore(): void
}

export type KernelTier = 'simd' | 'plain'

/**
 * The smallest module that uses a vector: a function that makes one and reads a lane of it. Where
 * it is not valid, there is no SIMD.
 */
const probe = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 127, 3, 2, 1, 0, 10, 11, 1, 9, 0, 65, 0, 253, 17,
  253, 27, 0, 11,
]

/** Whether a tier runs here. */
export function runsKernel(tier: KernelTier): boolean {
  return wasm !== undefined && (tier === 'plain' || wasm.validate(Uint8Array.from(probe)))
}

const compiled = new Map<KernelTier, object>()

/**
 * A fresh instance with a memory of its own. A tier is compiled once.
 *
 * @throws EngineError where there is no WebAssembly.
 */
export function instantiateKernel(tier: KernelTier): KernelExports {
  if (!wasm) throw new EngineError('this runtime has no WebAssembly', 'tier', 'typescript')
  let module = compiled.get(tier)
  if (!module) {
    const text = atob(tier === 'simd' ? simdKernel : plainKernel)
    module = new wasm.Module(Uint8Array.from(text, (unit) => unit.charCodeAt(0)))
    compiled.set(tier, module)
  }
  return new wasm.Instance(module).exports as KernelExports
}

const pageBytes = 65_536

/** Views on a kernel's memory, made again whenever it has grown. */
export class KernelMemory {
  readonly #memory: Memory
  #buffer: ArrayBuffer
  #bytes: Uint8Array

  constructor(memory: Memory) {
    this.#memory = memory
    this.#buffer = memory.buffer
    this.#bytes = new Uint8Array(this.#buffer)
  }

  /** Not to be kept across calls of the kernel. */
  get bytes(): Uint8Array {
    if (this.#buffer !== this.#memory.buffer) {
      this.#buffer = this.#memory.buffer
      this.#bytes = new Uint8Array(this.#buffer)
    }
    return this.#bytes
  }

  /** Addresses beyond 2 GiB come as negative numbers. */
  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, address >>> 0, length)
  }

  floats(address: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, address >>> 0, length)
  }

  /**
   * Grows the memory to at least so many bytes.
   *
   * @throws EngineError when there is not so much memory.
   */
  ensure(bytes: number): void {
    const missing = bytes - this.bytes.length
    if (missing <= 0) return
    try {
      this.#memory.grow(Math.ceil(missing / pageBytes))
    } catch {
      throw new EngineError('no memory for so many hosts', 'hosts', engineLimits.hosts)
    }
  }
}
