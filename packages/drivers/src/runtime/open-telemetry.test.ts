import { expect, test } from 'vitest'
import { openTelemetry } from './open-telemetry.ts'

/** Writes down what it is told, as an exporter would see it. */
function recorder() {
  const told: unknown[] = []
  const telemetry = openTelemetry({
    tracer: {
      startActiveSpan(name, options, run) {
        told.push(['begin', name, options.attributes])
        return run({
          setStatus: (status) => told.push(['status', status]),
          recordException: (error) => told.push(['error', error.message]),
          end: () => told.push(['end', name]),
        })
      },
    },
    meter: {
      createCounter: (name) => ({ add: (...what) => told.push([name, ...what]) }),
      createHistogram: (name, options) => ({
        record: (...what) => told.push([name, options?.unit, ...what]),
      }),
    },
  })
  return { told, telemetry }
}

test('spans begin, end, and tell of what failed in them', async () => {
  const { told, telemetry } = recorder()
  const { tracer } = telemetry
  expect(await tracer.span('a', { requestId: 'r', none: undefined }, async () => 1)).toBe(1)
  const refused = tracer.span('b', {}, async () => {
    throw new Error('no')
  })
  await expect(refused).rejects.toThrow('no')
  expect(told).toEqual([
    ['begin', 'a', { requestId: 'r' }],
    ['end', 'a'],
    ['begin', 'b', {}],
    ['error', 'no'],
    ['status', { code: 2, message: 'no' }],
    ['end', 'b'],
  ])
})

test('counts and distributions are made once each, and told', () => {
  const { told, telemetry } = recorder()
  telemetry.meter.count('a')
  telemetry.meter.count('a', 2, { kind: 'k' })
  telemetry.meter.record('b_ms', 5)
  telemetry.meter.record('c', 6)
  expect(told).toEqual([
    ['nephos.a', 1, {}],
    ['nephos.a', 2, { kind: 'k' }],
    ['nephos.b_ms', 'ms', 5, {}],
    ['nephos.c', undefined, 6, {}],
  ])
})
