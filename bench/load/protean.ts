import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { DataError } from '../errors.ts'
import { type Trace, TraceBuilder } from './trace.ts'

/**
 * Microsoft's "Azure Trace for Packing 2020" (Hadary et al., Protean, OSDI 2020): an SQLite file
 * with `vm` (vmId, tenantId, vmTypeId, priority, starttime, endtime; times in days, endtime null
 * for what outlived the record, starttime negative for what was there before it) and `vmType` (id,
 * vmTypeId, machineId, core, memory, hdd, ssd, nic; fractions of that machine).
 */
export interface ProteanOptions {
  /** Machine whose fractions count; by default the one that can take the most requests. */
  readonly machine?: number | undefined
}

const classes = ['CORE', 'MEMORY', 'HDD', 'SSD', 'NIC'] as const
const columns = ['core', 'memory', 'hdd', 'ssd', 'nic'] as const

/** Parts of a machine, per class: amounts are whole numbers. */
export const partsOfMachine = 1_000_000
const secondsPerDay = 86_400

/** What a fraction is in parts: so many that 1/n fits n times. */
export function parts(fraction: number): number {
  return Math.floor(fraction * partsOfMachine + 1e-6)
}

type Cells = readonly unknown[]

/**
 * Requests with a type that the machine does not take are left out and counted.
 *
 * @throws DataError when the file is missing or is not of that schema.
 */
export async function loadProtean(path: string, options: ProteanOptions = {}): Promise<Trace> {
  const found = await stat(path).catch(() => null)
  if (found === null || !found.isFile()) throw new DataError(path, 0, null, 'no such file')
  const { default: Database } = await import('libsql').catch(() => {
    throw new DataError(path, 0, null, 'needs the package libsql to be read')
  })
  const query = (sql: string, ...values: unknown[]): Cells[] => {
    try {
      return database
        .prepare(sql)
        .raw(true)
        .all(...values) as Cells[]
    } catch (error) {
      throw new DataError(path, 0, null, `is not of the schema: ${(error as Error).message}`)
    }
  }
  const database = new Database(resolve(path))
  try {
    const machine = options.machine ?? busiestMachine(path, query)
    return traceOf(path, query, typesOf(path, query, machine))
  } finally {
    database.close()
  }
}

type Query = (sql: string, ...values: unknown[]) => Cells[]

function busiestMachine(path: string, query: Query): number {
  const [row] = query(
    `select machineId, sum(requests) as total from vmType
     join (select vmTypeId as type, count(*) as requests from vm group by vmTypeId)
       on type = vmType.vmTypeId
     group by machineId order by total desc, machineId limit 1`,
  )
  if (row === undefined) throw new DataError(path, 0, null, 'has no request of a known type')
  return Number(row[0])
}

/** Amounts by type, on one machine. */
function typesOf(path: string, query: Query, machine: number): ReadonlyMap<string, number[]> {
  const rows = query(
    `select vmTypeId, ${columns.join(', ')} from vmType where machineId = ?`,
    machine,
  )
  if (rows.length === 0) throw new DataError(path, 0, null, `has no machine ${machine}`)
  return new Map(
    rows.map(([type, ...fractions]) => [
      String(type),
      fractions.map((fraction, index) => {
        const value = fraction === null ? 0 : Number(fraction)
        if (value >= 0 && value <= 1) return parts(value)
        throw new DataError(
          path,
          0,
          `vmType.${columns[index]}`,
          `${String(fraction)} is no fraction`,
        )
      }),
    ]),
  )
}

function traceOf(path: string, query: Query, types: ReadonlyMap<string, number[]>): Trace {
  const builder = new TraceBuilder(
    classes,
    classes.map(() => partsOfMachine),
  )
  const tenants = new Map<string, number>()
  const rows = query(
    'select tenantId, vmTypeId, starttime, endtime from vm order by starttime, vmId',
  )
  for (const [tenant, type, start, end] of rows) {
    const amounts = types.get(String(type))
    if (amounts === undefined) {
      builder.leaveOut()
      continue
    }
    const arrival = seconds(path, 'vm.starttime', start)
    const departure = end === null ? Infinity : seconds(path, 'vm.endtime', end)
    if (departure < arrival) {
      throw new DataError(path, 0, 'vm.endtime', `${departure} s is before starttime`)
    }
    const key = String(tenant)
    const batch = tenants.get(key) ?? tenants.size
    tenants.set(key, batch)
    builder.add({ arrival, departure: Math.max(departure, arrival + 1), batch, amounts })
  }
  return builder.build()
}

function seconds(path: string, column: string, days: unknown): number {
  if (typeof days !== 'number' || !Number.isFinite(days)) {
    throw new DataError(path, 0, column, `${String(days)} is no time in days`)
  }
  return Math.round(days * secondsPerDay)
}
