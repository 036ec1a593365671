export { jsonTelemetry } from './json-telemetry.ts'
export type { JsonTelemetryOptions } from './json-telemetry.ts'
export { SystemClock } from './system-clock.ts'
export { SystemRandom } from './system-random.ts'
export { threadedDigest } from './threaded-digest.ts'
export { NodeWeb } from './node-web.ts'
export type { NodeWebOptions } from './node-web.ts'
export { allTelemetry } from './all-telemetry.ts'
export { openTelemetry } from './open-telemetry.ts'
export type {
  OpenTelemetryMeter,
  OpenTelemetryOptions,
  OpenTelemetrySpan,
  OpenTelemetryTracer,
} from './open-telemetry.ts'
export { prometheusTelemetry } from './prometheus.ts'
export type { PrometheusGauge, PrometheusOptions, PrometheusTelemetry } from './prometheus.ts'
