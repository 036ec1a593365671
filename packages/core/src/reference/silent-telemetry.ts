import type { Telemetry } from '../ports/telemetry.ts'

/** Telemetry that goes nowhere: the default. */
export const silentTelemetry: Telemetry = Object.freeze({
  logger: Object.freeze({ log: () => undefined }),
  meter: Object.freeze({ count: () => undefined, record: () => undefined }),
  tracer: Object.freeze({
    span: <T>(_name: string, _attributes: unknown, run: () => Promise<T>) => run(),
  }),
})
