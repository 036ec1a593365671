import type { Telemetry } from './ports/telemetry.ts'

/** Telemetry whose failures are nobody's: what an exporter throws must not stop a cloud. */
export function safeTelemetry(telemetry: Telemetry): Telemetry {
  const { logger, meter, tracer } = telemetry
  return Object.freeze({
    logger: Object.freeze({ log: quietly(logger.log.bind(logger)) }),
    meter: Object.freeze({
      count: quietly(meter.count.bind(meter)),
      record: quietly(meter.record.bind(meter)),
    }),
    tracer,
  })
}

function quietly<A extends readonly unknown[]>(
  call: (...values: A) => void,
): (...values: A) => void {
  return (...values) => {
    try {
      call(...values)
    } catch {
      // Said nowhere: the one who could be told is the one who failed.
    }
  }
}
