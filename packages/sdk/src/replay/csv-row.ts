import { CloudError } from '@nephos/core'
import { shortestLifeMs, type WorkloadRow } from './workload.ts'

/** Columns of a workload, by name. */
export const workloadColumns = {
  time_s: 'seconds at which the server is asked for, never less than in the row before',
  batch: "names the tenant's request: consecutive rows of one batch and time are asked together",
  vcpu: 'whole virtual CPUs, 1 to 1,024',
  mem_gib: 'memory in GiB, a multiple of 1/1024',
  life_lo_s: 'optional: least seconds that the server lives',
  life_hi_s: 'optional: most seconds that it lives; it lives max(300, floor((lo + hi) / 2))',
  censored: 'optional: 1 when it never leaves, else 0',
} as const

export type WorkloadColumn = keyof typeof workloadColumns

/** 317 years. */
const secondsMax = 1e10
const vcpusMax = 1_024
/** 16 TiB. */
const memGibMax = 16_384

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** Where a row stands: file and line from 1. */
export interface RowPlace {
  readonly file: string
  readonly line: number
}

/** The positions of the columns that the header names, and how many there are in all. */
export interface CsvHeader {
  readonly fields: number
  readonly at: Readonly<Partial<Record<WorkloadColumn, number>>>
}

/** @throws CloudError `invalid` naming line and column. */
export function parseHeader(text: string, place: RowPlace): CsvHeader {
  const names = text.split(',').map((name) => name.trim())
  const at: Partial<Record<WorkloadColumn, number>> = {}
  for (const [index, name] of names.entries()) {
    if (!Object.hasOwn(workloadColumns, name)) continue
    const column = name as WorkloadColumn
    if (at[column] !== undefined) throw refusal(place, column, 'is named twice in the header.')
    at[column] = index
  }
  const wanted: WorkloadColumn[] = ['time_s', 'batch', 'vcpu', 'mem_gib']
  if (at.life_lo_s !== undefined || at.life_hi_s !== undefined) {
    wanted.push('life_lo_s', 'life_hi_s')
  }
  for (const column of wanted) {
    if (at[column] === undefined) throw refusal(place, column, 'is missing in the header.')
  }
  return { fields: names.length, at }
}

/** @throws CloudError `invalid` naming line and column. */
export function parseRow(header: CsvHeader, text: string, place: RowPlace): WorkloadRow {
  const fields = text.split(',')
  if (fields.length !== header.fields) {
    const message = `has ${fields.length} fields; the header has ${header.fields}.`
    throw new CloudError('invalid', `${placeText(place)}: ${message}`, {
      field: 'file',
      limit: header.fields,
      detail: { ...place },
    })
  }
  const row = new FieldReader(header, fields, place)
  return {
    atMs: Math.round(row.number('time_s', 0, secondsMax) * 1_000),
    batch: row.text('batch'),
    vcpus: row.whole('vcpu', 1, vcpusMax),
    ramMb: row.mebibytes('mem_gib'),
    lifeMs: lifeOf(header, row),
  }
}

function lifeOf(header: CsvHeader, row: FieldReader): number | null {
  const isCensored = header.at.censored !== undefined && row.whole('censored', 0, 1) === 1
  if (header.at.life_lo_s === undefined) return null
  const low = row.number('life_lo_s', 0, secondsMax)
  const high = row.number('life_hi_s', 0, secondsMax)
  if (high < low) throw row.refuse('life_hi_s', 'is less than life_lo_s.')
  if (isCensored) return null
  return Math.max(shortestLifeMs, Math.floor((low + high) / 2) * 1_000)
}

/** Fields of one row by column, each checked. */
class FieldReader {
  readonly #header: CsvHeader
  readonly #fields: readonly string[]
  readonly #place: RowPlace

  constructor(header: CsvHeader, fields: readonly string[], place: RowPlace) {
    this.#header = header
    this.#fields = fields
    this.#place = place
  }

  text(column: WorkloadColumn): string {
    const text = (this.#fields[this.#header.at[column] as number] as string).trim()
    if (text === '') throw this.refuse(column, 'is empty.')
    return text
  }

  number(column: WorkloadColumn, least: number, most: number): number {
    const text = this.text(column)
    const value = decimal.test(text) ? Number(text) : Number.NaN
    if (Number.isNaN(value)) throw this.refuse(column, `${shown(text)} is not a number.`)
    if (value < least) throw this.refuse(column, `${shown(text)} is below ${least}.`, least)
    if (value > most) throw this.refuse(column, `${shown(text)} is above ${most}.`, most)
    return value
  }

  whole(column: WorkloadColumn, least: number, most: number): number {
    const value = this.number(column, least, most)
    if (Number.isInteger(value)) return value
    throw this.refuse(column, `${value} is not a whole number.`)
  }

  mebibytes(column: WorkloadColumn): number {
    const value = this.number(column, 0, memGibMax) * 1_024
    if (value === 0) throw this.refuse(column, 'is 0.', 1 / 1_024)
    if (Number.isInteger(value)) return value
    throw this.refuse(column, `${value / 1_024} is not a multiple of 1/1024 GiB.`)
  }

  refuse(column: WorkloadColumn, message: string, limit?: number): CloudError {
    return refusal(this.#place, column, message, limit)
  }
}

/** A row, or a header, that is not as documented. */
export function refusal(
  place: RowPlace,
  column: WorkloadColumn,
  message: string,
  limit?: number,
): CloudError {
  return new CloudError('invalid', `${placeText(place)}: ${column}: ${message}`, {
    field: column,
    detail: { ...place, column },
    ...(limit === undefined ? {} : { limit }),
  })
}

export function placeText({ file, line }: RowPlace): string {
  return `${file}:${line}`
}

/** Enough of a field to recognise it, safe to print. */
function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
