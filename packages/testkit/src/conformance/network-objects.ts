import type { NetworkDriver, NetworkObject, ObjectReport } from '@nephos/core'
import { assert, equal, rejects } from '../assert.ts'
import { type SuiteOptions, withSubject } from './suite.ts'

/** The promises of `NetworkDriver.configure`: routers, floating IPs and the like. */
export function networkObjectsConformance(options: SuiteOptions<NetworkDriver>): void {
  const { test, make } = options
  const check = (name: string, body: (subject: NetworkDriver) => Promise<void>): void => {
    test(`network driver: ${name}`, () => withSubject(make, body))
  }

  check('reports every object exactly once, as it is then', async (subject) => {
    const targets = Array.from({ length: 30 }, (_, index) => {
      const of = index % 3 === 0 ? router : floatingIp
      return of(`one-${index}`, 1, index % 5 !== 0)
    })
    const reports = await subject.configure(targets)
    equal(sorted(reports), sorted(targets.map(reportOf)))
    equal(await subject.configure([]), [], 'reports of no objects')
  })

  check('configuring twice equals configuring once', async (subject) => {
    for (const target of [router('one', 1), router('one', 2), router('one', 3, false)]) {
      const first = await subject.configure([target])
      equal(first, [reportOf(target)])
      equal(await subject.configure([target]), first, 'the second report')
    }
  })

  check('a late order neither removes nor brings back', async (subject) => {
    await subject.configure([floatingIp('one', 2)])
    const [kept] = await subject.configure([floatingIp('one', 1, false)])
    equal(kept?.revision, 2, 'revision reported to a late removal')
    await subject.configure([floatingIp('one', 3, false)])
    const [gone] = await subject.configure([floatingIp('one', 2)])
    equal(gone?.revision, null, 'revision reported to a late order')
    const [back] = await subject.configure([floatingIp('one', 4)])
    equal(back?.revision, 4, 'revision reported to a newer order')
  })

  check('fences an object that was removed before it was there', async (subject) => {
    await subject.configure([router('one', 2, false)])
    const [late] = await subject.configure([router('one', 1)])
    equal(late?.revision, null)
  })

  check('tells objects of different types apart, though they have one id', async (subject) => {
    await subject.configure([router('one', 3), floatingIp('one', 1)])
    const reports = await subject.configure([floatingIp('one', 2, false), router('one', 3)])
    equal(sorted(reports), [
      { type: 'floatingIp', id: 'one', revision: null },
      { type: 'router', id: 'one', revision: 3 },
    ])
  })

  check('objects may come before those that they name', async (subject) => {
    const [report] = await subject.configure([floatingIp('early', 1)])
    equal(report, { type: 'floatingIp', id: 'early', revision: 1 })
  })

  check('a signal that has fired leaves no object undecided unsaid', async (subject) => {
    const signal = AbortSignal.abort()
    const reports = await subject.configure([router('one', 1)], { signal })
    equal(reports.length, 1, 'reports')
    assert(reports[0]?.fault, 'a fault')
  })

  test('network driver: nothing is configured after it was closed', async () => {
    const subject = await make()
    await subject.close()
    await rejects(subject.configure([router('one', 1)]), 'closed', 'configure')
  })
}

function router(id: string, revision: number, isThere = true): NetworkObject {
  const config = {
    adminStateUp: true,
    interfaces: [{ portId: 'p', networkId: 'n', mac: '02:00:00:00:00:01', address: '10.0.0.1/24' }],
    gateway: null,
    routes: [{ destination: '10.9.0.0/16', nexthop: '10.0.0.9' }],
  }
  return { type: 'router', id, revision, config: isThere ? config : null }
}

function floatingIp(id: string, revision: number, isThere = true): NetworkObject {
  const target = { routerId: 'router', portId: 'p', address: '10.0.0.5' }
  const config = { networkId: 'n', address: '203.0.113.5', target, forwardings: [] }
  return { type: 'floatingIp', id, revision, config: isThere ? config : null }
}

function reportOf({ config, id, revision, type }: NetworkObject): ObjectReport {
  return { type, id, revision: config === null ? null : revision }
}

function sorted(reports: readonly ObjectReport[]): ObjectReport[] {
  const keyOf = ({ id, type }: ObjectReport): string => `${type} ${id}`
  return reports.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}
