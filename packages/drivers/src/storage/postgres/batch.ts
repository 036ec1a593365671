import type { Conflict } from '@nephos/core'

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
 * Rows of one statement, and characters that end it earlier: bounds what both ends hold at once.
 * The largest request for servers, on two networks of both IP versions, stays within one.
 */
const chunkRows = 40_000
const chunkLength = 64 * 2 ** 20

/** The rows of each statement; usually one. */
export function chunked<T>(rows: readonly T[], length: (row: T) => number = () => 0): T[][] {
  const chunks: T[][] = []
  let chunk: T[] = []
  let characters = 0
  for (const row of rows) {
    const more = length(row)
    if (chunk.length >= chunkRows || (chunk.length > 0 && characters + more > chunkLength)) {
      chunks.push(chunk)
      chunk = []
      characters = 0
    }
    chunk.push(row)
    characters += more
  }
  if (chunk.length > 0) chunks.push(chunk)
  return chunks
}
