import type { BalancerConfig, BalancerDriver, ListenerConfig, PoolConfig } from '@nephos/core'
import { assert, equal, rejects } from '../assert.ts'
import { type SuiteOptions, withSubject } from './suite.ts'

const listener = (id: string, protocolPort: number, poolId: string | null): ListenerConfig => ({
  ...{ id, protocol: 'TCP', protocolPort, connectionLimit: -1, defaultPoolId: poolId },
  ...{ allowedCidrs: [], insertHeaders: [], policies: [] },
  timeouts: {
    clientDataMs: 50_000,
    memberConnectMs: 5_000,
    memberDataMs: 50_000,
    tcpInspectMs: 0,
  },
  tls: {
    ...{ defaultContainerRef: null, sniContainerRefs: [], clientAuthentication: 'NONE' },
    ...{ clientCaContainerRef: null, clientCrlContainerRef: null },
    ...{ versions: ['TLSv1.3'], ciphers: '', alpnProtocols: [] },
  },
})

const pool = (id: string, members: number): PoolConfig => ({
  ...{ id, protocol: 'TCP', algorithm: 'ROUND_ROBIN', persistence: null, monitor: null },
  tls: {
    ...{ enabled: false, containerRef: null, caContainerRef: null, crlContainerRef: null },
    ...{ versions: ['TLSv1.3'], ciphers: '', alpnProtocols: [] },
  },
  members: Array.from({ length: members }, (_, index) => ({
    ...{ id: `${id}-member-${index}`, address: `127.0.0.${index + 2}`, protocolPort: 18_080 },
    ...{ weight: 1, backup: false, monitorAddress: null, monitorPort: null },
  })),
})

function config(balancerId: string, generation: number, members = 1): BalancerConfig {
  const poolId = `${balancerId}-pool`
  return {
    ...{ balancerId, generation, topology: 'SINGLE', failovers: 0 },
    vip: { portId: `${balancerId}-port`, networkId: 'network-1', addresses: ['127.0.0.1'] },
    listeners: [listener(`${balancerId}-listener`, 18_000, poolId)],
    pools: [pool(poolId, members)],
  }
}

type Check = (name: string, body: (subject: BalancerDriver) => Promise<void>) => void

async function generations(
  subject: BalancerDriver,
  ...ids: readonly string[]
): Promise<(number | null)[]> {
  return (await subject.observe(ids)).map(({ generation }) => generation)
}

/** The promises of `BalancerDriver` that every driver keeps, whatever carries the traffic. */
export function balancerDriverConformance(options: SuiteOptions<BalancerDriver>): void {
  const { test, make } = options
  const check: Check = (name, body) => {
    test(`balancer driver: ${name}`, () => withSubject(make, body))
  }
  checkRemovals(check)

  check('reports each exactly once, in the order asked', async (subject) => {
    const ids = Array.from({ length: 8 }, (_, index) => `lb-${index}`)
    const reports = await subject.apply(ids.map((id, index) => config(id, index + 1)))
    equal(
      reports.map(({ balancerId, generation }) => [balancerId, generation]),
      ids.map((id, index) => [id, index + 1]),
    )
    equal(await generations(subject, 'lb-7', 'nobody', 'lb-0'), [8, null, 1], 'observed')
    equal(await subject.apply([]), [], 'reports of nothing')
    equal(await subject.observe([]), [], 'observations of nothing')
    equal(await subject.remove([]), [], 'removals of nothing')
  })

  check('applying twice equals applying once', async (subject) => {
    const [first] = await subject.apply([config('one', 3)])
    const [second] = await subject.apply([config('one', 3)])
    equal(second?.generation, 3, 'generation')
    equal(second?.epoch, first?.epoch, 'epoch')
    equal(second?.fault, undefined, 'fault')
  })

  check('a late configuration changes nothing', async (subject) => {
    await subject.apply([config('one', 5, 2)])
    const [late] = await subject.apply([config('one', 4)])
    equal(late?.generation, 5, 'generation reported to a late order')
    equal(await generations(subject, 'one'), [5], 'generation in force')
    const [newer] = await subject.apply([config('one', 6)])
    equal(newer?.generation, 6, 'a newer order')
  })

  check('counts traffic of each listener, by an epoch that a failover changes', async (subject) => {
    const [before] = await subject.apply([config('one', 1)])
    equal(Object.keys(before?.traffic ?? {}), ['one-listener'], 'listeners')
    const [same] = await subject.apply([config('one', 2, 3)])
    equal(same?.epoch, before?.epoch, 'epoch of a change')
    const [after] = await subject.apply([{ ...config('one', 3), failovers: 1 }])
    assert(after?.epoch !== before?.epoch, 'another epoch')
  })

  check('a signal that has fired leaves nothing undecided unsaid', async (subject) => {
    const signal = AbortSignal.abort()
    for (const reports of [
      await subject.apply([config('one', 1)], { signal }),
      await subject.remove(['one'], { signal }),
      await subject.observe(['one'], { signal }),
    ]) {
      equal(reports.length, 1, 'reports')
      assert(reports[0]?.fault, 'a fault')
    }
  })

  test('balancer driver: close is idempotent, and ends it', async () => {
    const subject = await make()
    await subject.close()
    await subject.close()
    await rejects(subject.apply([config('one', 1)]), 'closed', 'apply')
    await rejects(subject.observe(['one']), 'closed', 'observe')
    await rejects(subject.remove(['one']), 'closed', 'remove')
  })
}

function checkRemovals(check: Check): void {
  check('what is removed stays removed, however late an order comes', async (subject) => {
    await subject.apply([config('one', 5), config('two', 1)])
    for (let time = 0; time < 2; time++) {
      const [gone] = await subject.remove(['one'])
      equal(gone?.generation, null, 'generation after removal')
      equal(gone?.fault, undefined, 'fault of a removal')
    }
    const [late] = await subject.apply([config('one', 6)])
    assert(late?.fault, 'a fault for what was removed')
    equal(await generations(subject, 'one', 'two'), [null, 1], 'what is there')
  })

  check('removing what was never there is no fault, and fences it', async (subject) => {
    const [gone] = await subject.remove(['one'])
    equal(gone?.fault, undefined, 'fault')
    const [late] = await subject.apply([config('one', 1)])
    assert(late?.fault, 'a fault for a late order')
    equal(await generations(subject, 'one'), [null], 'what is there')
  })
}
