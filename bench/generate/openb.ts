import { random, type Random } from '../harness/random.ts'
import type { GpuHost, GpuShape, PodList } from '../load/openb.ts'

/** Types of host with the number of each, as in the published node list of 1,213 (large ones). */
const types: readonly (readonly [
  nodes: number,
  cpuMilli: number,
  memoryMib: number,
  gpus: number,
  model: string,
])[] = [
  [110, 96_000, 393_216, 8, 'G2'],
  [78, 104_000, 524_288, 2, 'T4'],
  [21, 16_000, 122_880, 2, 'P100'],
  [8, 128_000, 786_432, 8, 'G3'],
  [6, 32_000, 131_072, 4, 'V100'],
]

/** A fifth of such a cluster. */
export function generatedHosts(): readonly GpuHost[] {
  return types.flatMap(([nodes, cpuMilli, memoryMib, gpus, model]) =>
    Array.from({ length: nodes }, (_, index) => ({
      id: `${model}-${index}`,
      cpuMilli,
      memoryMib,
      gpus,
      model,
    })),
  )
}

/** Requests of the same kind: an eighth without GPU, over a third with part of one. */
export function generatedPods(seed: number): PodList {
  const draw = random(seed)
  const shapes = Array.from({ length: 120 }, () => shapeOf(draw))
  const rows = Uint32Array.from({ length: 1_600 }, () =>
    Math.floor(shapes.length * draw.next() ** 2),
  )
  return { shapes, rows }
}

function shapeOf(draw: Random): GpuShape {
  const kind = draw.next()
  const gpus = kind < 0.13 ? 0 : kind < 0.94 ? 1 : 2 ** draw.between(1, 3)
  const shared = kind >= 0.13 && kind < 0.51
  const gpuMilli = gpus === 0 ? 0 : shared ? 10 * draw.between(5, 90) : 1_000
  const perGpu = draw.between(3_000, 12_500)
  return {
    cpuMilli: gpus === 0 ? draw.between(4_000, 32_000) : perGpu * gpus,
    memoryMib: draw.between(4, 48) * 1_024 * Math.max(1, gpus),
    gpus,
    gpuMilli,
    models: gpus > 0 && draw.next() < 0.2 ? [draw.next() < 0.6 ? 'T4' : 'G2'] : [],
  }
}
