import type { NetworkDriver, PortReport, PortTarget } from '@nephos/core'
import { assert, equal, rejects } from '../assert.ts'
import { networkObjectsConformance } from './network-objects.ts'
import { type SuiteOptions, withSubject } from './suite.ts'

export interface NetworkDriverSuiteOptions extends SuiteOptions<NetworkDriver> {
  /** Two hosts that the driver can reach. */
  readonly hostIds?: readonly [string, string]
}

/** The promises of `NetworkDriver` that every driver keeps, whatever carries the packets. */
export function networkDriverConformance(options: NetworkDriverSuiteOptions): void {
  networkObjectsConformance(options)
  const { test, make } = options
  const [a, b] = options.hostIds ?? ['host-a', 'host-b']
  const target = (portId: string, hostId: string | null, revision: number): PortTarget => ({
    ...{ portId, networkId: 'network-1', hostId, revision, mac: '02:00:00:00:00:01' },
    ...{ addresses: ['10.0.0.5'], securityGroupIds: [] },
  })
  const check = (name: string, body: (subject: NetworkDriver) => Promise<void>): void => {
    test(`network driver: ${name}`, () => withSubject(make, body))
  }

  check('reports every target exactly once', async (subject) => {
    const targets = Array.from({ length: 40 }, (_, index) => ({
      ...target(`port-${index}`, index % 4 === 0 ? null : index % 2 === 0 ? a : b, 1),
      mac: `02:00:00:00:01:${index.toString(16).padStart(2, '0')}`,
      addresses: [`10.0.1.${index + 1}`],
    }))
    const reports = await subject.apply(targets)
    const expected = targets.map(({ portId, hostId }): PortReport => {
      return { portId, state: hostId === null ? 'down' : 'active' }
    })
    equal(byPort(reports), byPort(expected))
    equal(await subject.apply([]), [], 'reports of no targets')
  })

  check('applying twice equals applying once', async (subject) => {
    for (const hostId of [a, b, null]) {
      const wanted = target('one', hostId, hostId === a ? 1 : hostId === b ? 2 : 3)
      const first = await subject.apply([wanted])
      equal(first, [{ portId: 'one', state: hostId === null ? 'down' : 'active' }])
      equal(await subject.apply([wanted]), first, 'the second report')
    }
  })

  check('a late order neither unplugs nor plugs back', async (subject) => {
    await subject.apply([target('one', a, 2)])
    const [kept] = await subject.apply([target('one', null, 1)])
    equal(kept?.state, 'active', 'state reported to a late unplug')
    await subject.apply([target('one', null, 3)])
    const [gone] = await subject.apply([target('one', a, 2)])
    equal(gone?.state, 'down', 'state reported to a late plug')
    const [back] = await subject.apply([target('one', b, 4)])
    equal(back, { portId: 'one', state: 'active' }, 'a newer order')
  })

  check('fences a port that was unplugged before it was plugged', async (subject) => {
    await subject.apply([target('one', null, 2)])
    const [late] = await subject.apply([target('one', a, 1)])
    equal(late?.state, 'down')
  })

  check('a signal that has fired leaves nothing undecided unsaid', async (subject) => {
    const reports = await subject.apply([target('one', a, 1)], { signal: AbortSignal.abort() })
    equal(reports.length, 1, 'reports')
    assert(reports[0]?.fault, 'a fault')
  })

  test('network driver: close is idempotent, and ends it', async () => {
    const subject = await make()
    await subject.close()
    await subject.close()
    await rejects(subject.apply([target('one', a, 1)]), 'closed', 'apply')
  })
}

function byPort(reports: readonly PortReport[]): PortReport[] {
  return reports.toSorted((a, b) => (a.portId < b.portId ? -1 : 1))
}
