import { DataError } from '../errors.ts'
import { readTable } from './csv.ts'

/** A host with GPUs of one model. */
export interface GpuHost {
  readonly id: string
  readonly cpuMilli: number
  readonly memoryMib: number
  readonly gpus: number
  /** Empty when there are none. */
  readonly model: string
}

/** What a pod asks for; equal pods are one shape. */
export interface GpuShape {
  readonly cpuMilli: number
  readonly memoryMib: number
  readonly gpus: number
  /** Thousandths of each GPU: below 1,000 only when it is one GPU, shared with others. */
  readonly gpuMilli: number
  /** Models allowed, in order of name; empty when any will do. */
  readonly models: readonly string[]
}

export interface PodList {
  readonly shapes: readonly GpuShape[]
  /** Index into `shapes` for every row of the list. */
  readonly rows: Uint32Array
}

const most = { max: 2 ** 31 - 1 }

/**
 * Hosts: columns sn, cpu_milli, memory_mib, gpu, model.
 *
 * @throws DataError naming line and column.
 */
export async function loadGpuHosts(path: string): Promise<readonly GpuHost[]> {
  const required = ['sn', 'cpu_milli', 'memory_mib', 'gpu', 'model']
  const table = await readTable(path, { required })
  const seen = new Set<string>()
  const hosts: GpuHost[] = []
  for (const row of table.rows()) {
    const id = row.text('sn')
    if (id === '') throw new DataError(path, row.line, 'sn', 'is empty')
    if (seen.has(id)) throw new DataError(path, row.line, 'sn', `${id} is there twice`)
    seen.add(id)
    const gpus = row.number('gpu', { max: 16 })
    const model = row.text('model')
    if (gpus > 0 && model === '') throw new DataError(path, row.line, 'model', 'is empty')
    const cpuMilli = row.number('cpu_milli', most)
    hosts.push({ id, cpuMilli, memoryMib: row.number('memory_mib', most), gpus, model })
  }
  return hosts
}

/**
 * Requests: columns cpu_milli, memory_mib, num_gpu, gpu_milli, gpu_spec (models joined by `|`).
 *
 * @throws DataError naming line and column.
 */
export async function loadPods(path: string): Promise<PodList> {
  const required = ['cpu_milli', 'memory_mib', 'num_gpu', 'gpu_milli', 'gpu_spec']
  const table = await readTable(path, { required })
  const shapes: GpuShape[] = []
  const numbers = new Map<string, number>()
  const rows = new Uint32Array(table.count)
  let at = 0
  for (const row of table.rows()) {
    const gpus = row.number('num_gpu', { max: 16 })
    const gpuMilli = row.number('gpu_milli', { max: 1_000 })
    if (gpus > 0 && gpuMilli === 0) {
      throw new DataError(path, row.line, 'gpu_milli', '0 of a GPU that is asked for')
    }
    if (gpus > 1 && gpuMilli !== 1_000) {
      throw new DataError(path, row.line, 'gpu_milli', `${gpuMilli} of each of ${gpus} GPUs`)
    }
    const names = row.text('gpu_spec').split('|')
    const shape: GpuShape = {
      cpuMilli: row.number('cpu_milli', most),
      memoryMib: row.number('memory_mib', most),
      gpus,
      gpuMilli,
      models: gpus === 0 ? [] : [...new Set(names.filter((name) => name !== ''))].sort(),
    }
    const key = JSON.stringify(shape)
    let number = numbers.get(key)
    if (number === undefined) {
      number = shapes.push(shape) - 1
      numbers.set(key, number)
    }
    rows[at++] = number
  }
  return { shapes, rows }
}
