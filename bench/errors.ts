/**
 * What the one who runs a benchmark can mend: a wrong option, a file that is not there. It is told
 * in one line, without a stack.
 */
export class BenchError extends Error {
  override readonly name = 'BenchError'
}

/** A data file that is not of the format expected: the message names file, line and column. */
export class DataError extends BenchError {
  /** The file as it was given. */
  readonly path: string
  /** Line in the file, the first being 1; 0 when the file as a whole is meant. */
  readonly line: number
  /** Name of the column, or null when the line as a whole is meant. */
  readonly column: string | null

  constructor(path: string, line: number, column: string | null, problem: string) {
    const where = line === 0 ? path : `${path}:${line}`
    super(`${where}: ${column === null ? '' : `column ${column}: `}${problem}`)
    this.path = path
    this.line = line
    this.column = column
  }
}
