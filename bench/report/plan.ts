import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BenchError } from '../errors.ts'

/** One run of a benchmark: the name that its result is kept under, and its command line. */
export interface PlannedRun {
  readonly key: string
  readonly args: readonly string[]
}

export interface PlanOptions {
  /** Folder of the public data sets; without it, instances are generated. */
  readonly data: string | undefined
  /** All sizes and all lists, not only what takes a few minutes. */
  readonly full: boolean
}

const smallFleets = [1_000, 10_000]
const fullFleets = [1_000, 10_000, 100_000, 1_000_000]

/** Lists of requests with a published mean, and the usual one first. */
const podLists = [
  'default',
  'gpushare40',
  'gpushare60',
  'gpushare80',
  'gpushare100',
  'multigpu20',
  'multigpu30',
  'multigpu40',
  'multigpu50',
  'gpuspec10',
  'gpuspec20',
  'gpuspec25',
  'gpuspec33',
  'cpu050',
  'cpu100',
  'cpu200',
  'cpu250',
]

/** What a report runs; files that are not in the folder are left out. */
export function planned(options: PlanOptions): readonly PlannedRun[] {
  const { data, full } = options
  if (data !== undefined && !existsSync(data)) throw new BenchError(`no folder ${data}`)
  const fleets = full ? fullFleets : smallFleets
  return [
    ...fleets.map((hosts) => ({
      key: `scale-${hosts}`,
      args: ['scale', '--hosts', `${hosts}`],
    })),
    ...(data === undefined ? generated : withData(data, full)),
    { key: 'kube-mirror', args: ['kube-mirror', ...(full ? [] : ['--rounds', '3'])] },
  ]
}

const generated: readonly PlannedRun[] = [
  { key: 'azure-generated', args: ['azure'] },
  { key: 'azure-generated-lifetimes', args: ['azure', '--lifetimes', '--no-baselines'] },
  { key: 'openb-generated', args: ['openb'] },
  { key: 'tclab-generated', args: ['tclab'] },
  { key: 'huawei-generated', args: ['huawei'] },
]

function withData(data: string, full: boolean): readonly PlannedRun[] {
  const runs = [...azure(data), ...openb(data, full), ...tclab(data), ...huawei(data)]
  if (runs.length === 0) throw new BenchError(`no data set that is known in ${data}`)
  return runs
}

/** The first of these files that is there. */
function present(...paths: readonly string[]): string | undefined {
  return paths.find((path) => existsSync(path))
}

function azure(data: string): readonly PlannedRun[] {
  return ['test', 'dev'].flatMap((name) => {
    const file = present(join(data, 'azure-v1-batches', `${name}.csv.gz`))
    if (file === undefined) return []
    const args = ['azure', '--file', file]
    return [
      { key: `azure-${name}`, args },
      { key: `azure-${name}-lifetimes`, args: [...args, '--lifetimes', '--no-baselines'] },
    ]
  })
}

function openb(data: string, full: boolean): readonly PlannedRun[] {
  const folder = join(data, 'alibaba-openb-2023')
  const nodes = present(join(folder, 'openb_node_list_gpu_node.csv.gz'))
  if (nodes === undefined) return []
  return (full ? podLists : podLists.slice(0, 1)).flatMap((list) => {
    const file = present(join(folder, `openb_pod_list_${list}.csv.gz`))
    if (file === undefined) return []
    return [{ key: `openb-${list}`, args: ['openb', '--nodes', nodes, '--file', file] }]
  })
}

function tclab(data: string): readonly PlannedRun[] {
  const file = present(join(data, 'tclab-lra', 'TClab_dataset_2D.csv.gz'))
  return file === undefined ? [] : [{ key: 'tclab', args: ['tclab', '--file', file] }]
}

function huawei(data: string): readonly PlannedRun[] {
  const folder = join(data, 'huawei-topology')
  const nodes = present(join(folder, 'pm_res.csv.gz'))
  const racks = present(join(folder, 'topology.csv.gz'))
  if (nodes === undefined || racks === undefined) return []
  return ['C1', 'C2', 'C3', 'C4', 'C5'].flatMap((name) => {
    const file = present(join(folder, `VM_data_${name}.csv.gz`))
    if (file === undefined) return []
    const files = ['--nodes', nodes, '--racks', racks, '--file', file]
    return [{ key: `huawei-${name}`, args: ['huawei', ...files] }]
  })
}
