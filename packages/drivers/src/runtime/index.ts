export { jsonTelemetry } from './json-telemetry.ts'
export type { JsonTelemetryOptions } from './json-telemetry.ts'
export { SystemClock } from './system-clock.ts'
export { SystemRandom } from './system-random.ts'
