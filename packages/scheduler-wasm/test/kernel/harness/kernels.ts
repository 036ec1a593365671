import type { Kernel } from '../../../src/kernel.ts'
import { OracleKernel } from '../../../src/oracle/oracle-kernel.ts'
import { createKernel } from '../../../src/wasm-kernel.ts'
import type { MakeKernel } from './duel.ts'

export const makeOracle: MakeKernel = (frame): Kernel => new OracleKernel(frame)

/** Every kernel there is, by name. */
export const kernels: readonly (readonly [string, MakeKernel])[] = [
  ['oracle', makeOracle],
  ['WebAssembly with SIMD', (frame) => createKernel('simd', frame)],
  ['WebAssembly without SIMD', (frame) => createKernel('plain', frame)],
]
