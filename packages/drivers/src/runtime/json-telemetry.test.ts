import { type LogLevel, VirtualClock } from '@nephos/core'
import { describe, expect, test } from 'vitest'
import { jsonTelemetry, type JsonTelemetryOptions } from './json-telemetry.ts'

function setup(options: Partial<JsonTelemetryOptions> = {}) {
  const lines: string[] = []
  const clock = new VirtualClock(Date.UTC(2026, 0, 2))
  const telemetry = jsonTelemetry({ write: (line) => lines.push(line), clock, ...options })
  return { telemetry, clock, lines, parsed: () => lines.map((line) => JSON.parse(line) as object) }
}

test('a log is one line of JSON', () => {
  const { telemetry, lines, parsed } = setup({ base: { service: 'cloud' } })
  telemetry.logger.log('warn', 'first\nsecond \u001b[31m', { count: 3, ok: true, none: undefined })
  expect(lines.length).toBe(1)
  expect(lines[0]).not.toContain('\u001b')
  expect(lines[0]?.indexOf('\n')).toBe((lines[0]?.length ?? 0) - 1)
  expect(parsed()).toEqual([
    {
      ...{ service: 'cloud', count: 3, ok: true, time: '2026-01-02T00:00:00.000Z' },
      ...{ level: 'warn', message: 'first\nsecond \u001b[31m' },
    },
  ])
})

test('attributes do not replace what the line says of itself', () => {
  const { telemetry, parsed } = setup()
  telemetry.logger.log('error', 'true', { level: 'debug', message: 'false', time: 'never' })
  expect(parsed()).toMatchObject([{ level: 'error', message: 'true' }])
})

test.each([
  ['debug', 4],
  ['info', 3],
  ['warn', 2],
  ['error', 1],
] as const)('the level %s lets %i lines pass', (level, count) => {
  const { telemetry, lines } = setup({ level })
  for (const at of ['debug', 'info', 'warn', 'error'] as const) telemetry.logger.log(at, 'x')
  expect(lines.length).toBe(count)
})

test('an unknown level is refused', () => {
  for (const level of ['verbose', '__proto__', 'toString']) {
    expect(() => setup({ level: level as LogLevel })).toThrow(
      expect.objectContaining({ code: 'invalid', field: 'level' }),
    )
  }
})

describe('redaction', () => {
  const secret = ['password', 'adminPassword', 'x-auth-token', 'X_AUTH_TOKEN', 'secretKey']
  const more = [
    'Authorization',
    'Set-Cookie',
    'api_key',
    'aws-access-key',
    'private.key',
    'userData',
  ]
  test.each([...secret, ...more])('hides %s', (key) => {
    const { telemetry, lines } = setup()
    telemetry.logger.log('info', 'x', { [key]: 'hunter2' })
    expect(lines[0]).not.toContain('hunter2')
    expect(lines[0]).toContain('[redacted]')
  })

  test.each(['keyName', 'projectId', 'author', 'passed', 'compass', 'signal'])(
    'shows %s',
    (key) => {
      const { telemetry, lines } = setup()
      telemetry.logger.log('info', 'x', { [key]: 'value-1' })
      expect(lines[0]).toContain('value-1')
    },
  )

  test('hides credentials of URLs in messages and values', () => {
    const { telemetry, lines } = setup()
    telemetry.logger.log('info', 'to postgres://me:hunter2@db:5432/x', { url: 'nats://hunter2@n' })
    expect(lines[0]).not.toContain('hunter2')
    expect(lines[0]).toContain('db:5432/x')
  })
})

test('cuts long texts, and writes numbers that JSON does not know', () => {
  const { telemetry, lines, parsed } = setup()
  const long = 'x'.repeat(100_000)
  telemetry.logger.log('info', long, { long, [long]: 1, nan: Number.NaN, inf: -Infinity })
  expect(lines[0]?.length).toBeLessThan(30_000)
  expect(parsed()).toMatchObject([{ nan: 'NaN', inf: '-Infinity' }])
})

test('never throws, whatever the writer or the clock does', () => {
  const write = (): never => {
    throw new Error('disk full')
  }
  expect(() => setup({ write }).telemetry.logger.log('error', 'x')).not.toThrow()
  const clock = Object.assign(new VirtualClock(), { now: () => Number.NaN })
  expect(() => setup({ clock }).telemetry.logger.log('error', 'x')).not.toThrow()
})

test('spans and measurements are written at debug only', async () => {
  const quiet = setup()
  expect(await quiet.telemetry.tracer.span('op', {}, async () => 7)).toBe(7)
  quiet.telemetry.meter.count('calls')
  quiet.telemetry.meter.record('call_ms', 3)
  expect(quiet.lines).toEqual([])

  const { telemetry, clock, parsed } = setup({ level: 'debug' })
  await telemetry.tracer.span('op', { id: 'r1' }, () => clock.advance(12))
  const failure = telemetry.tracer.span('bad', {}, async () => {
    throw new Error('no')
  })
  await expect(failure).rejects.toThrow('no')
  telemetry.meter.count('calls')
  telemetry.meter.record('call_ms', 3, { kind: 'x' })
  expect(parsed()).toMatchObject([
    { message: 'op', id: 'r1', ok: true, durationMs: 12 },
    { message: 'bad', ok: false },
    { message: 'calls', value: 1 },
    { message: 'call_ms', value: 3, kind: 'x' },
  ])
})
