import type { Attributes, Telemetry } from '@nephos/core'

/** Several telemetries as one: each is told everything. Spans lie within each other, in order. */
export function allTelemetry(...parts: readonly Telemetry[]): Telemetry {
  return Object.freeze({
    logger: Object.freeze({
      log: (...line) => {
        for (const { logger } of parts) logger.log(...line)
      },
    } satisfies Telemetry['logger']),
    meter: Object.freeze({
      count: (...values) => {
        for (const { meter } of parts) meter.count(...values)
      },
      record: (...values) => {
        for (const { meter } of parts) meter.record(...values)
      },
    } satisfies Telemetry['meter']),
    tracer: Object.freeze({
      span<T>(name: string, attributes: Attributes, run: () => Promise<T>): Promise<T> {
        const all = parts.reduceRight<() => Promise<T>>(
          (inner, { tracer }) =>
            () =>
              tracer.span(name, attributes, inner),
          run,
        )
        return all()
      },
    }),
  })
}
