import { expect, it } from 'vitest'
import { createCloud } from '../cloud/create-cloud.ts'
import { addressOf } from './address.ts'
import { openMetrics } from './metrics.ts'

it('metrics of a cloud are read over HTTP, and nothing else is', async () => {
  const metrics = openMetrics()
  const cloud = await createCloud({ telemetry: metrics.telemetry })
  await using seen = await metrics.serve(cloud, addressOf('127.0.0.1:0', 'metrics'))
  const acme = await cloud.project('acme')
  await acme.networks.create({ name: 'net' })
  const answer = await fetch(`${seen.url}/metrics`)
  expect(answer.headers.get('content-type')).toContain('version=0.0.4')
  const page = await answer.text()
  expect(page).toContain(
    'nephos_span_seconds_count{outcome="ok",span="network.network.create"} 1\n',
  )
  const read = (name: string): number =>
    Number(new RegExp(`^nephos_${name} (.+)$`, 'm').exec(page)?.[1])
  expect(read('store_transactions')).toBeGreaterThan(0)
  expect(read('resident_bytes')).toBeGreaterThan(2 ** 20)
  expect(read('event_loop_utilization')).toBeLessThanOrEqual(1)
  expect((await fetch(`${seen.url}/`)).status).toBe(404)
  expect((await fetch(`${seen.url}/metrics`, { method: 'POST' })).status).toBe(405)
  await cloud.close()
})

it.each(['nowhere', '127.0.0.1', '127.0.0.1:70000', ':1'])('%j is no address', (text) => {
  expect(() => addressOf(text, 'metrics')).toThrow(
    expect.objectContaining({ code: 'invalid', field: 'metrics' }),
  )
})
