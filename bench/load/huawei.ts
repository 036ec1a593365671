import { DataError } from '../errors.ts'
import { readTable, type Row } from './csv.ts'

export const strategies = ['', 'affinity', 'anti-affinity', 'fault_domain'] as const
export type Strategy = (typeof strategies)[number]

/** One kind of instance. */
export interface TopologyShape {
  readonly vcpus: number
  /** GiB. */
  readonly memory: number
  /** 1: the whole instance lies in one NUMA cell; 2: half of it in each of two. */
  readonly cells: 1 | 2
}

export interface TopologyRequest {
  /** An index of `TopologyCase.shapes`. */
  readonly shape: number
  readonly strategy: Strategy
  /** A number of its own for each group of the file, or −1. */
  readonly group: number
  /** Number of the fault domain; 0 with other strategies. */
  readonly domain: number
}

/** What is free on hosts of two NUMA cells: host h has the entries 2h and 2h + 1. */
export interface TopologyHosts {
  readonly vcpus: Int32Array
  /** GiB. */
  readonly memory: Int32Array
  /** By host: its rack, 0 … racks − 1. */
  readonly rackOf: Int32Array
  readonly racks: number
}

export interface TopologyRequests {
  readonly shapes: readonly TopologyShape[]
  readonly requests: readonly TopologyRequest[]
}

/** Far above any host there is, and far below what could overflow. */
const most = 2 ** 24

/**
 * Hosts of the topology-aware placement set: free vCPUs and GiB of both cells, host by host, and
 * the rack of every host in a file of its own, whose first rows are these hosts.
 *
 * @throws DataError naming line and column where a file is not as expected.
 */
export async function loadHosts(nodes: string, racks: string): Promise<TopologyHosts> {
  const columns = ['CPU1', 'RAM1', 'CPU2', 'RAM2'] as const
  const table = await readTable(nodes, { required: columns })
  const vcpus = new Int32Array(2 * table.count)
  const memory = new Int32Array(2 * table.count)
  let host = 0
  for (const row of table.rows()) {
    vcpus[2 * host] = row.number('CPU1', { max: most })
    memory[2 * host] = row.number('RAM1', { max: most })
    vcpus[2 * host + 1] = row.number('CPU2', { max: most })
    memory[2 * host + 1] = row.number('RAM2', { max: most })
    host++
  }
  return { vcpus, memory, ...(await loadRacks(racks, table.count)) }
}

async function loadRacks(
  path: string,
  hosts: number,
): Promise<Pick<TopologyHosts, 'rackOf' | 'racks'>> {
  const table = await readTable(path, { required: ['rack_id'] })
  if (table.count < hosts) {
    throw new DataError(path, 0, null, `has ${table.count} hosts, fewer than the ${hosts} given`)
  }
  const numbers = new Map<string, number>()
  const rackOf = new Int32Array(hosts)
  let host = 0
  for (const row of table.rows()) {
    if (host === hosts) break
    rackOf[host++] = numbered(numbers, row.text('rack_id'))
  }
  return { rackOf, racks: numbers.size }
}

/**
 * Requests of the topology-aware placement set, in the order of the file.
 *
 * @throws DataError naming line and column where the file is not as expected.
 */
export async function loadRequests(path: string): Promise<TopologyRequests> {
  const required = ['flavor_vcpus', 'flavor_ram', 'numa', 'strategy', 'group', 'domain']
  const table = await readTable(path, { required })
  const shapes: TopologyShape[] = []
  const shapeNumbers = new Map<string, number>()
  const groups = new Map<string, number>()
  const requests: TopologyRequest[] = []
  for (const row of table.rows()) {
    const asked = shapeOf(row)
    const shape = numbered(shapeNumbers, `${asked.vcpus} ${asked.memory} ${asked.cells}`)
    if (shape === shapes.length) shapes.push(asked)
    const strategy = strategyOf(path, row)
    requests.push({
      shape,
      strategy,
      group: strategy === '' ? -1 : numbered(groups, `${strategy} ${row.number('group')}`),
      domain: strategy === 'fault_domain' ? row.number('domain', { max: most }) : 0,
    })
  }
  return { shapes, requests }
}

function shapeOf(row: Row): TopologyShape {
  return {
    vcpus: row.number('flavor_vcpus', { min: 1, max: most }),
    memory: row.number('flavor_ram', { min: 1, max: most }),
    cells: row.number('numa', { min: 1, max: 2 }) === 1 ? 1 : 2,
  }
}

function strategyOf(path: string, row: Row): Strategy {
  const given = row.text('strategy')
  const found = strategies.find((strategy) => strategy === given)
  if (found === undefined) {
    throw new DataError(path, row.line, 'strategy', `${JSON.stringify(given)} is none known`)
  }
  return found
}

function numbered(numbers: Map<string, number>, key: string): number {
  const known = numbers.get(key)
  if (known !== undefined) return known
  numbers.set(key, numbers.size)
  return numbers.size - 1
}
