import type { Attributes, Telemetry } from '@nephos/core'

type Plain = Record<string, string | number | boolean>

/** What is used of `@opentelemetry/api`: its tracer, and its meter. */
export interface OpenTelemetrySpan {
  setStatus(status: { code: number; message?: string }): unknown
  recordException(error: Error): void
  end(): void
}

export interface OpenTelemetryTracer {
  startActiveSpan<T>(
    name: string,
    options: { attributes?: Plain },
    run: (span: OpenTelemetrySpan) => T,
  ): T
}

interface Instrument {
  readonly add: (value: number, attributes?: Plain) => void
}

interface Distribution {
  readonly record: (value: number, attributes?: Plain) => void
}

export interface OpenTelemetryMeter {
  createCounter(name: string): Instrument
  createHistogram(name: string, options?: { unit?: string }): Distribution
}

export interface OpenTelemetryOptions {
  /** `trace.getTracer('nephos')` */
  readonly tracer: OpenTelemetryTracer
  /** `metrics.getMeter('nephos')` */
  readonly meter: OpenTelemetryMeter
  /** Takes log lines; nowhere by default. */
  readonly logger?: Telemetry['logger']
}

/** `SpanStatusCode.ERROR` of the API. */
const failed = 2

/**
 * Telemetry by way of OpenTelemetry's API (https://opentelemetry.io/docs/specs/otel): the exporters
 * are the embedder's. Spans are active while they run, so that what a driver does lies beneath
 * them.
 */
export function openTelemetry({ tracer, meter, logger }: OpenTelemetryOptions): Telemetry {
  const counters = new Map<string, Instrument>()
  const distributions = new Map<string, Distribution>()
  return Object.freeze({
    logger: logger ?? Object.freeze({ log: () => undefined }),
    meter: Object.freeze({
      count(name: string, value = 1, attributes: Attributes = {}): void {
        const counter = counters.get(name) ?? meter.createCounter(`nephos.${name}`)
        counters.set(name, counter)
        counter.add(value, plain(attributes))
      },
      record(name: string, value: number, attributes: Attributes = {}): void {
        const unit = name.endsWith('_ms') ? { unit: 'ms' } : {}
        const known = distributions.get(name) ?? meter.createHistogram(`nephos.${name}`, unit)
        distributions.set(name, known)
        known.record(value, plain(attributes))
      },
    }),
    tracer: Object.freeze({
      span<T>(name: string, attributes: Attributes, run: () => Promise<T>): Promise<T> {
        return tracer.startActiveSpan(name, { attributes: plain(attributes) }, (span) =>
          within(span, run),
        )
      },
    }),
  })
}

async function within<T>(span: OpenTelemetrySpan, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error))
    span.recordException(cause)
    span.setStatus({ code: failed, message: cause.message })
    throw error
  } finally {
    span.end()
  }
}

function plain(attributes: Attributes): Plain {
  const told = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return Object.fromEntries(told)
}
