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
export function chunked<T>(rows: readonly T[], encode: (row: T) => string): Chunk[] {
  const chunks: Chunk[] = []
  let texts: string[] = []
  let length = 0
  const end = (): void => {
    if (texts.length > 0) chunks.push({ text: `[${texts.join()}]`, count: texts.length })
    texts = []
    length = 0
  }
  for (const row of rows) {
    const text = encode(row)
    if (texts.length === chunkRows || length + text.length > chunkLength) end()
    texts.push(text)
    length += text.length
  }
  end()
  return chunks
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
