import type { Conflict } from '@nephos/core'
import type { Connection } from './connection.ts'

/** Thrown out of a batch that a conflict stops. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly conflict: Conflict

  constructor(conflict: Conflict) {
    super(`refused: ${conflict.type}`)
    this.conflict = conflict
  }
}

/**
 * Rows of one statement, and characters that end it earlier: bounds the text that SQLite parses.
 * The largest request for servers, on two networks of both IP versions, stays within one.
 */
const chunkRows = 40_000
const chunkLength = 16 * 2 ** 20

export interface Chunk {
  /** A JSON array of the rows. */
  readonly text: string
  readonly count: number
}

/** The rows as JSON arrays, one for each statement; usually one. */
export function chunked<T>(rows: readonly T[], encode: (row: T) => unknown): Chunk[] {
  const chunks: Chunk[] = []
  for (let start = 0; start < rows.length; start += chunkRows) {
    addChunks(chunks, rows.slice(start, start + chunkRows).map(encode))
  }
  return chunks
}

/** One array costs half of its rows one by one, so its length is known afterwards only. */
function addChunks(chunks: Chunk[], values: readonly unknown[]): void {
  const text = JSON.stringify(values)
  if (text.length <= chunkLength || values.length === 1) {
    chunks.push({ text, count: values.length })
    return
  }
  const half = values.length >> 1
  addChunks(chunks, values.slice(0, half))
  addChunks(chunks, values.slice(half))
}

/**
 * Runs a verb that may apply a part of its rows before it is known to fail. A verb that fails gives
 * back what to do next, which then runs as if the verb had not.
 *
 * @param partial false: the verb applies all of its rows or none.
 */
export function savepoint(
  connection: Connection,
  partial: boolean,
  verb: () => (() => void) | undefined,
): void {
  if (!partial) {
    verb()?.()
    return
  }
  connection.control('SAVEPOINT verb')
  const failed = verb()
  if (failed) {
    connection.control('ROLLBACK TO verb')
    failed()
  }
  connection.control('RELEASE verb')
}
