import { DataError } from '../errors.ts'
import { readTable, type Row } from './csv.ts'
import { type Trace, TraceBuilder } from './trace.ts'

/** Of one host. */
export interface HostShape {
  readonly vcpus: number
  readonly gib: number
}

/** No server lives shorter: the trace is in bins of five minutes. */
const shortestLife = 300
const mibPerGib = 1_024

/**
 * Arrivals of servers with their tenants' batches: columns time_s, batch, vcpu, mem_gib and, where
 * lifetimes are known, life_lo_s, life_hi_s (edges of the bin that the lifetime is in; its middle
 * is taken) and censored (1: alive when the trace ends, so it never leaves). Without these columns
 * no server leaves.
 *
 * @throws DataError naming line and column of what is not so, or where time runs backwards.
 */
export async function loadAzure(path: string, host: HostShape): Promise<Trace> {
  const table = await readTable(path, { required: ['time_s', 'batch', 'vcpu', 'mem_gib'] })
  const lives = ['life_lo_s', 'life_hi_s', 'censored']
  const known = lives.filter((column) => table.columns.has(column))
  if (known.length !== 0 && known.length !== lives.length) {
    const missing = lives.find((column) => !table.columns.has(column)) ?? null
    throw new DataError(path, 1, missing, 'is missing, though others of a lifetime are there')
  }
  const builder = new TraceBuilder(['VCPU', 'MEMORY_MB'], [host.vcpus, host.gib * mibPerGib])
  let before = -Infinity
  for (const row of table.rows()) {
    const arrival = row.number('time_s')
    if (arrival < before) {
      throw new DataError(path, row.line, 'time_s', `${arrival} is before the line above`)
    }
    before = arrival
    builder.add({
      arrival,
      departure: known.length === 0 ? Infinity : departureOf(path, row, arrival),
      batch: row.number('batch', { max: 2 ** 32 - 1 }),
      amounts: [
        row.number('vcpu', { min: 1, max: 2 ** 20 }),
        Math.ceil(row.number('mem_gib', { max: 2 ** 20, fraction: true }) * mibPerGib),
      ],
    })
  }
  return builder.build()
}

function departureOf(path: string, row: Row, arrival: number): number {
  const low = row.number('life_lo_s')
  const high = row.number('life_hi_s')
  if (high < low) throw new DataError(path, row.line, 'life_hi_s', `${high} is below life_lo_s`)
  if (row.number('censored', { max: 1 }) === 1) return Infinity
  return arrival + Math.max(shortestLife, Math.floor((low + high) / 2))
}
