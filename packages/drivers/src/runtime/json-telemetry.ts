import {
  type Attributes,
  type Clock,
  CloudError,
  type LogLevel,
  type Telemetry,
} from '@nephos/core'
import { plainAttributes, plainText } from './redact.ts'
import { SystemClock } from './system-clock.ts'

export interface JsonTelemetryOptions {
  /** Takes one line, with its line feed: `(line) => process.stderr.write(line)`. */
  readonly write: (line: string) => unknown
  /** Lines below this level are not written. `info` by default. */
  readonly level?: LogLevel
  /** Added to every line: the name of the service, of the process. */
  readonly base?: Attributes
  readonly clock?: Clock
}

const levels: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

/**
 * Telemetry as lines of JSON: logs at their level; spans, counts and measurements at `debug`. Keys
 * that look secret are hidden, long texts cut. It never throws: a line that cannot be written is
 * lost.
 *
 * @throws CloudError `invalid` for an unknown level.
 */
export function jsonTelemetry(options: JsonTelemetryOptions): Telemetry {
  const { write, level = 'info', base = {}, clock = new SystemClock() } = options
  if (!Object.hasOwn(levels, level)) {
    const limit = Object.keys(levels).join(', ')
    throw new CloudError('invalid', `level: must be one of ${limit}`, { field: 'level', limit })
  }
  const threshold = levels[level]
  const line = (at: LogLevel, message: string, attributes: Attributes = {}): void => {
    if (levels[at] < threshold) return
    try {
      const time = new Date(clock.now()).toISOString()
      const plain = plainAttributes({ ...base, ...attributes })
      write(`${JSON.stringify({ ...plain, time, level: at, message: plainText(message) })}\n`)
    } catch {
      // A log must never fail what it tells of.
    }
  }
  const isVerbose = threshold <= levels.debug
  const measure = (name: string, value: number, attributes?: Attributes): void => {
    if (isVerbose) line('debug', name, { ...attributes, value })
  }
  return Object.freeze({
    logger: Object.freeze({ log: line }),
    meter: Object.freeze({
      count: (name: string, value = 1, attributes?: Attributes) => measure(name, value, attributes),
      record: measure,
    }),
    tracer: Object.freeze({
      span<T>(name: string, attributes: Attributes, run: () => Promise<T>): Promise<T> {
        return isVerbose ? timed(clock, line, name, attributes, run) : run()
      },
    }),
  })
}

async function timed<T>(
  clock: Clock,
  line: (at: LogLevel, message: string, attributes: Attributes) => void,
  name: string,
  attributes: Attributes,
  run: () => Promise<T>,
): Promise<T> {
  const start = clock.elapsed()
  let ok = false
  try {
    const result = await run()
    ok = true
    return result
  } finally {
    line('debug', name, { ...attributes, ok, durationMs: clock.elapsed() - start })
  }
}
