import { VirtualClock } from '@nephos/core'
import { expect, test } from 'vitest'
import { allTelemetry } from './all-telemetry.ts'
import { jsonTelemetry } from './json-telemetry.ts'
import { prometheusTelemetry } from './prometheus.ts'

const clock = new VirtualClock(0)

test('counts are told with the labels that may be told', () => {
  const telemetry = prometheusTelemetry({ clock })
  telemetry.meter.count('reconciler_failed', 2, { name: 'a "b"\\\n', requestId: 'req-1' })
  telemetry.meter.count('reconciler_failed', 1, { name: 'a "b"\\\n', requestId: 'req-2' })
  telemetry.meter.count('tokens_issued')
  expect(telemetry.page()).toBe(
    [
      '# TYPE nephos_reconciler_failed_total counter',
      String.raw`nephos_reconciler_failed_total{name="a \"b\"\\\n"} 3`,
      '# TYPE nephos_tokens_issued_total counter',
      'nephos_tokens_issued_total 1',
      '# TYPE nephos_series_dropped_total counter',
      'nephos_series_dropped_total 0',
      '',
    ].join('\n'),
  )
})

test('times are told in seconds, within bounds that add up', () => {
  const telemetry = prometheusTelemetry({ clock })
  for (const ms of [1, 7, 300, 60_000]) telemetry.meter.record('commit_ms', ms)
  const page = telemetry.page()
  expect(page).toContain('# TYPE nephos_commit_seconds histogram\n')
  expect(page).toContain('nephos_commit_seconds_bucket{le="0.001"} 1\n')
  expect(page).toContain('nephos_commit_seconds_bucket{le="0.01"} 2\n')
  expect(page).toContain('nephos_commit_seconds_bucket{le="10"} 3\n')
  expect(page).toContain('nephos_commit_seconds_bucket{le="+Inf"} 4\n')
  expect(page).toContain('nephos_commit_seconds_count 4\n')
  expect(page).toContain('nephos_commit_seconds_sum 60.308\n')
})

test('spans are told by name and by how they ended', async () => {
  const telemetry = prometheusTelemetry({ clock })
  const { tracer } = telemetry
  await tracer.span('compute.server.create', { requestId: 'r' }, async () => 1)
  const refused = tracer.span('compute.server.create', {}, async () => {
    throw new Error('no')
  })
  await expect(refused).rejects.toThrow('no')
  const of = (outcome: string): string =>
    `nephos_span_seconds_count{outcome="${outcome}",span="compute.server.create"} 1\n`
  expect(telemetry.page()).toContain(of('ok'))
  expect(telemetry.page()).toContain(of('refused'))
})

test('gauges are read with the page', () => {
  let value = 1
  const gauge = { name: 'hosts', help: 'Hosts\nthere are.', value: () => value }
  const telemetry = prometheusTelemetry({ gauges: [gauge] })
  value = 7
  expect(telemetry.page()).toContain(
    '# HELP nephos_hosts Hosts there are.\n# TYPE nephos_hosts gauge\nnephos_hosts 7\n',
  )
})

test('series are no more than they may be; what is dropped is counted', () => {
  const telemetry = prometheusTelemetry({ mostSeries: 3 })
  for (let i = 0; i < 10; i++) telemetry.meter.count('x', 1, { name: `n${i}` })
  telemetry.meter.count('x', 1, { name: 'n0' })
  const page = telemetry.page()
  expect(page.match(/^nephos_x_total/gm)).toHaveLength(3)
  expect(page).toContain('nephos_x_total{name="n0"} 2\n')
  expect(page).toContain('nephos_series_dropped_total 7\n')
})

test.each(['requestToken', 'a-b', '', '1a'])('%j is no label', (label) => {
  expect(() => prometheusTelemetry({ labels: [label] })).toThrow(
    expect.objectContaining({ code: 'invalid', field: 'labels' }),
  )
})

test('several telemetries are each told everything', async () => {
  const lines: string[] = []
  const json = jsonTelemetry({ write: (line) => lines.push(line), level: 'debug' })
  const prometheus = prometheusTelemetry()
  const { logger, meter, tracer } = allTelemetry(json, prometheus)
  logger.log('info', 'hello')
  meter.count('a')
  meter.record('b_ms', 1)
  expect(await tracer.span('s', {}, async () => 5)).toBe(5)
  expect(lines).toHaveLength(4)
  const page = prometheus.page()
  for (const name of ['a_total', 'b_seconds', 'span_seconds']) expect(page).toContain(name)
})
