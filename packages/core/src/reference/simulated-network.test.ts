import { describe, expect, test } from 'vitest'
import type { PortTarget } from '../ports/network-driver.ts'
import { SeededRandom } from './seeded-random.ts'
import { SimulatedNetwork, type SimulatedNetworkOptions } from './simulated-network.ts'
import { VirtualClock } from './virtual-clock.ts'

function setup(options: Partial<SimulatedNetworkOptions> = {}) {
  const clock = new VirtualClock()
  const random = new SeededRandom(3)
  return { clock, network: new SimulatedNetwork({ clock, random, ...options }) }
}

function plug(portId: string, hostId: string | null, revision = 1): PortTarget {
  return {
    ...{ portId, networkId: 'n', hostId, revision, mac: '02:00:00:00:00:01' },
    ...{ addresses: ['10.0.0.5'], securityGroupIds: [] },
  }
}

test('keeps where each port is plugged, and sets no timer', async () => {
  const { network, clock } = setup()
  const ports = Array.from({ length: 500 }, (_, i) => plug(`p${i}`, `h${i % 3}`))
  expect((await network.apply(ports)).length).toBe(500)
  expect(network.ports).toBe(500)
  expect(network.port('p4')).toMatchObject({ hostId: 'h1', revision: 1, state: 'active' })
  expect(clock.next).toBeUndefined()
  await network.apply([plug('p4', 'h2', 2)])
  expect(network.port('p4')?.hostId).toBe('h2')
  await network.apply([plug('p4', null, 3)])
  expect(network.port('p4')).toBeUndefined()
})

test('does not plug back what was unplugged at the same revision', async () => {
  const { network } = setup()
  await network.apply([plug('p', null, 2)])
  expect(await network.apply([plug('p', 'h', 2)])).toMatchObject([{ state: 'down', fault: {} }])
  expect(await network.apply([plug('p', 'h', 3)])).toEqual([{ portId: 'p', state: 'active' }])
})

test('forgets unplugged ports beyond the bounds', async () => {
  const { network } = setup({ fences: { count: 1, keepMs: 1_000 } })
  await network.apply([plug('a', null, 2), plug('b', null, 2)])
  const reports = await network.apply([plug('a', 'h', 1), plug('b', 'h', 1)])
  expect(reports.map((report) => report.state)).toEqual(['active', 'down'])
})

test('a crash takes ports down until they are applied again', async () => {
  const { network } = setup()
  await network.apply([plug('a', 'h'), plug('b', 'other')])
  network.crashHost('h')
  expect(network.port('a')?.state).toBe('down')
  expect(network.port('b')?.state).toBe('active')
  expect(await network.apply([plug('a', 'h', 2)])).toMatchObject([{ state: 'down', fault: {} }])
  expect(await network.apply([plug('a', null, 2)])).toEqual([{ portId: 'a', state: 'down' }])
  network.restoreHost('h')
  expect(await network.apply([plug('a', 'h', 3)])).toEqual([{ portId: 'a', state: 'active' }])
})

test('adopts what was observed, never an older state', async () => {
  const { network } = setup()
  await network.apply([plug('a', 'h', 2)])
  const older = {
    ...{ portId: 'a', networkId: 'n', hostId: 'x', revision: 1, mac: '', addresses: [] },
    securityGroupIds: [],
  }
  network.adopt([{ ...older, state: 'active' }])
  expect(network.port('a')?.hostId).toBe('h')
  network.adopt([{ ...older, revision: 3, state: 'active' }])
  expect(network.port('a')?.hostId).toBe('x')
})

describe('failures', () => {
  test.each([
    ['refuse', 0],
    ['falseAlarm', 1],
  ] as const)('%s is a fault', async (kind, ports) => {
    const { network } = setup()
    network.failNext(kind, { id: 'p' })
    expect(await network.apply([plug('p', 'h')])).toMatchObject([{ state: 'down', fault: {} }])
    expect(network.ports).toBe(ports)
    expect(await network.apply([plug('p', 'h')])).toEqual([{ portId: 'p', state: 'active' }])
  })

  test('a hang ends at the limit, with the signal, and with close', async () => {
    const { network, clock } = setup({ limitMs: 100 })
    network.failNext('hang', { times: 3 })
    const first = network.apply([plug('a', 'h'), plug('b', 'h')])
    await clock.advance(100)
    expect(await first).toMatchObject([{ fault: {} }, { fault: {} }])
    const controller = new AbortController()
    const second = network.apply([plug('c', 'h'), plug('d', 'h')], { signal: controller.signal })
    await clock.advance(1)
    controller.abort()
    expect(await second).toMatchObject([{ portId: 'd', state: 'active' }, { fault: {} }])
    network.failNext('hang')
    const third = network.apply([plug('e', 'h')])
    await network.close()
    expect(await third).toMatchObject([{ portId: 'e', fault: {} }])
    expect(clock.next).toBeUndefined()
  })

  test('chance follows the rate', async () => {
    const { network } = setup({ failureRate: { apply: 0.25 }, failureKinds: ['refuse'] })
    const reports = await network.apply(Array.from({ length: 1_000 }, (_, i) => plug(`p${i}`, 'h')))
    const failed = reports.filter((report) => report.fault).length
    expect(failed).toBeGreaterThan(200)
    expect(failed).toBeLessThan(300)
    expect(network.ports).toBe(1_000 - failed)
  })
})
