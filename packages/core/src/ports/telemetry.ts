/**
 * Logs, metrics and traces as interfaces; exporters live with the embedder. All methods are cheap
 * and never throw.
 */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

export interface Logger {
  log(level: LogLevel, message: string, attributes?: Attributes): void
}

export interface Meter {
  /** Adds to a monotonic counter. */
  count(name: string, value?: number, attributes?: Attributes): void
  /** Records one value of a distribution; the unit ends the name (`commit_ms`). */
  record(name: string, value: number, attributes?: Attributes): void
}

export interface Tracer {
  /** Runs `run` inside a span; the span ends when the promise settles. */
  span<T>(name: string, attributes: Attributes, run: () => Promise<T>): Promise<T>
}

export interface Telemetry {
  readonly logger: Logger
  readonly meter: Meter
  readonly tracer: Tracer
}
