import { type Ask, Fleet, type PreparedAsk } from '@nephos/scheduler-wasm'
import { random } from '../harness/random.ts'
import type { GpuHost, GpuShape, PodList } from '../load/openb.ts'

/** Units of a device, in the engine as in the lists. */
const unitsPerGpu = 1_000

export interface OpenbOptions {
  readonly policy: NonNullable<Ask['policy']>
  /** The policy is told beforehand which asks are typical: the list's, as often as there. */
  readonly typical: boolean
}

export interface OpenbRun {
  /** GPU allocated, in % of all, when 100 % and when 130 % of it have been asked for. */
  readonly at100: number
  readonly at130: number
  readonly dropped: number
  readonly pods: number
  readonly seconds: number
  readonly tier: string
}

export function gpuUnits({ gpus, gpuMilli }: GpuShape): number {
  return gpus * gpuMilli
}

export function totalUnits(hosts: readonly GpuHost[]): number {
  return hosts.reduce((sum, { gpus }) => sum + gpus * unitsPerGpu, 0)
}

/**
 * Requests of one run: the list's rows, then rows drawn with replacement until 130 % of the GPUs
 * are asked for, all in random order.
 */
export function requests(list: PodList, capacity: number, seed: number): readonly number[] {
  const draw = random(seed)
  const rows = [...list.rows]
  const unitsOf = (shape: number): number => gpuUnits(list.shapes[shape] as GpuShape)
  let asked = rows.reduce((sum, shape) => sum + unitsOf(shape), 0)
  while (asked < 1.3 * capacity) {
    const shape = list.rows[draw.below(list.rows.length)] as number
    rows.push(shape)
    asked += unitsOf(shape)
  }
  return draw.shuffle(rows)
}

export function askOf(shape: GpuShape, policy: OpenbOptions['policy']): Ask {
  const { cpuMilli, memoryMib, gpus, gpuMilli, models } = shape
  return {
    resources: { CPU_MILLI: cpuMilli, MEMORY_MB: memoryMib },
    ...(gpus > 0 && {
      devices: { count: gpus, units: gpuMilli, ...(models.length > 0 && { models }) },
    }),
    policy,
  }
}

/** One run: what fits nowhere is dropped, nothing departs. */
export function runOpenb(
  hosts: readonly GpuHost[],
  list: PodList,
  rows: readonly number[],
  options: OpenbOptions,
): OpenbRun {
  const started = performance.now()
  const fleet = fleetOf(hosts, list, options)
  const asks = list.shapes.map((shape) => fleet.prepare(askOf(shape, options.policy)))
  const capacity = totalUnits(hosts)
  let asked = 0
  let given = 0
  let dropped = 0
  let at100: number | null = null
  for (const row of rows) {
    const units = gpuUnits(list.shapes[row] as GpuShape)
    asked += units
    if (asked > capacity) at100 ??= given
    if ((asks[row] as PreparedAsk).place() < 0) dropped++
    else given += units
  }
  return {
    at100: (100 * (at100 ?? given)) / capacity,
    at130: (100 * given) / capacity,
    dropped,
    pods: rows.length,
    seconds: (performance.now() - started) / 1e3,
    tier: fleet.tier,
  }
}

function fleetOf(hosts: readonly GpuHost[], list: PodList, options: OpenbOptions): Fleet {
  const counts = new Uint32Array(list.shapes.length)
  for (const row of list.rows) counts[row] = (counts[row] as number) + 1
  const typical = list.shapes.map((shape, index) => ({
    ask: askOf(shape, options.policy),
    weight: counts[index] as number,
  }))
  const fleet = new Fleet({
    hosts: hosts.length,
    ...(options.typical && { typical: typical.filter(({ weight }) => weight > 0) }),
  })
  fleet.putHosts(
    hosts.map(({ id, cpuMilli, memoryMib, gpus, model }) => ({
      id,
      capacity: { CPU_MILLI: cpuMilli, MEMORY_MB: memoryMib },
      ...(gpus > 0 && { devices: { model, count: gpus } }),
    })),
  )
  return fleet
}
