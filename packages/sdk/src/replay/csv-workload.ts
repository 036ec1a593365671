import { CloudError } from '@nephos/core'
import { type CsvHeader, parseHeader, parseRow, placeText, refusal } from './csv-row.ts'
import { textLines } from './text-lines.ts'
import { gatherBatches, type TenantBatch, type WorkloadRow } from './workload.ts'

/**
 * A workload from a CSV file, plain or gzipped (`.gz`): see `workloadColumns`. The first line names
 * the columns, in any order; others are ignored, and so are blank lines. Streamed: memory holds one
 * batch, whatever the file's size.
 *
 * @throws CloudError while it is read: `notFound`, or `invalid` naming file, line and column.
 */
export function csvWorkload(file: string): AsyncGenerator<TenantBatch, void, undefined> {
  const place = { file, line: 0 }
  return gatherBatches(rowsOf(file, place), () => placeText(place))
}

async function* rowsOf(
  file: string,
  at: { readonly file: string; line: number },
): AsyncGenerator<WorkloadRow, void, undefined> {
  const place = at
  let header: CsvHeader | undefined
  let lastMs = 0
  let rows = 0
  for await (const { number, text } of textLines(file)) {
    if (text.trim() === '') continue
    place.line = number
    if (!header) {
      header = parseHeader(text, place)
      continue
    }
    const row = parseRow(header, text, place)
    if (row.atMs < lastMs) {
      const message = `goes back from ${lastMs / 1_000} to ${row.atMs / 1_000}.`
      throw refusal(place, 'time_s', message, lastMs / 1_000)
    }
    lastMs = row.atMs
    rows++
    yield row
  }
  if (rows > 0) return
  const what = header ? 'has a header but no rows' : 'is empty'
  throw new CloudError('invalid', `${file} ${what}.`, { field: 'file' })
}
