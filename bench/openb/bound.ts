import type { GpuHost, GpuShape } from '../load/openb.ts'
import { gpuUnits, totalUnits } from './run.ts'

/**
 * What no placement can exceed, in % of the GPUs: all that is asked for, what the vCPU and the
 * memory of all hosts together can feed if the requests that want least of it for a GPU are served
 * first (a fractional knapsack for each), and, for each model, what is asked that may use it.
 */
export function upperBound(
  hosts: readonly GpuHost[],
  shapes: readonly GpuShape[],
  rows: readonly number[],
): number {
  const capacity = totalUnits(hosts)
  const asked = rows.map((row) => shapes[row] as GpuShape).filter((shape) => gpuUnits(shape) > 0)
  const total = (of: (host: GpuHost) => number): number =>
    hosts.reduce((sum, host) => sum + of(host), 0)
  const bounds = [
    capacity,
    asked.reduce((sum, shape) => sum + gpuUnits(shape), 0),
    fedBy(
      asked,
      ({ cpuMilli }) => cpuMilli,
      total(({ cpuMilli }) => cpuMilli),
    ),
    fedBy(
      asked,
      ({ memoryMib }) => memoryMib,
      total(({ memoryMib }) => memoryMib),
    ),
    byModel(hosts, asked),
  ]
  return (100 * Math.min(...bounds)) / capacity
}

function fedBy(
  asked: readonly GpuShape[],
  need: (shape: GpuShape) => number,
  available: number,
): number {
  const frugal = asked.toSorted((a, b) => need(a) / gpuUnits(a) - need(b) / gpuUnits(b))
  let left = available
  let units = 0
  for (const shape of frugal) {
    const share = Math.min(1, left / Math.max(1, need(shape)))
    units += share * gpuUnits(shape)
    left -= share * need(shape)
    if (left <= 0) break
  }
  return units
}

/** The GPUs of models that nothing may use, or too little, stay free. */
function byModel(hosts: readonly GpuHost[], asked: readonly GpuShape[]): number {
  const models = new Set(hosts.map(({ model }) => model))
  let units = 0
  for (const model of models) {
    const usable = asked.filter(
      (shape) => shape.models.length === 0 || shape.models.includes(model),
    )
    const wanted = usable.reduce((sum, shape) => sum + gpuUnits(shape), 0)
    units += Math.min(wanted, totalUnits(hosts.filter((host) => host.model === model)))
  }
  return units
}
