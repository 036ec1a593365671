import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import { aggregateKind } from '../../model/compute/aggregate.ts'
import { hostKind } from '../../model/compute/host.ts'
import type { Counter } from '../../ports/store.ts'
import type { Finding } from '../audit/finding.ts'
import { everyRow } from '../page.ts'
import {
  aggregateHostsScope,
  aggregateScope,
  zoneEnabledScope,
  zoneHostsScope,
} from './host-counters.ts'

/**
 * Zones and aggregates: the counters of hosts equal the rows (3). Memory is bounded by the zones,
 * the aggregates, and the members of one aggregate. Reports only what two passes agree on.
 */
export async function* auditHostCounts(kernel: Kernel): AsyncGenerator<Finding> {
  const first = await countFindings(kernel)
  if (first.length === 0) return
  const again = new Set(
    (await countFindings(kernel)).map(({ subject, message }) => `${subject} ${message}`),
  )
  yield* first.filter(({ subject, message }) => again.has(`${subject} ${message}`))
}

async function countFindings(kernel: Kernel): Promise<Finding[]> {
  const expected = new Map<string, number>()
  const count = (scope: string, name: string): void => {
    const key = `${scope} ${name}`
    expected.set(key, (expected.get(key) ?? 0) + 1)
  }
  const findings: Finding[] = []
  for await (const hosts of everyRow(kernel, hostKind)) {
    for (const host of hosts) {
      count(zoneHostsScope, host.zone)
      if (host.enabled) count(zoneEnabledScope, host.zone)
      for (const aggregateId of host.aggregateIds) count(aggregateScope(aggregateId), 'hosts')
    }
  }
  for await (const counters of placeCounters(kernel)) {
    for (const { scope, name, value } of counters) {
      const key = `${scope} ${name}`
      const rows = expected.get(key) ?? 0
      expected.delete(key)
      if (rows !== value)
        findings.push({
          invariant: 3,
          subject: `counter:${key}`,
          message: `is ${value}, hosts ${rows}`,
        })
    }
  }
  for (const [key, rows] of expected) {
    findings.push({ invariant: 3, subject: `counter:${key}`, message: `is absent, hosts ${rows}` })
  }
  for await (const finding of checkListed(kernel)) findings.push(finding)
  return findings
}

/** The counters of zones, then of a page of aggregates at a time. */
async function* placeCounters(kernel: Kernel): AsyncGenerator<readonly Counter[]> {
  yield await kernel.store.counters([zoneHostsScope, zoneEnabledScope])
  for await (const aggregates of everyRow(kernel, aggregateKind)) {
    yield await kernel.store.counters(aggregates.map(({ id }) => aggregateScope(id)))
  }
}

/** What an aggregate lists are as many hosts as it counts, and each says that it is in. */
async function* checkListed(kernel: Kernel): AsyncGenerator<Finding> {
  for await (const aggregates of everyRow(kernel, aggregateKind)) {
    for (const { id } of aggregates) {
      const counters = await kernel.store.counters([aggregateScope(id), aggregateHostsScope(id)])
      const total = counters.find(({ scope }) => scope === aggregateScope(id))?.value ?? 0
      const listed = counters
        .filter(({ scope }) => scope === aggregateHostsScope(id))
        .map(({ name }) => name)
      const subject = `aggregate:${id}`
      if (listed.length !== total) {
        yield { invariant: 3, subject, message: `lists ${listed.length} hosts, counts ${total}` }
      }
      for (let start = 0; start < listed.length; start += limits.pageRows) {
        const ids = listed.slice(start, start + limits.pageRows)
        const hosts = await kernel.store.get(hostKind, ids)
        const wrong = ids.find((_, index) => !hosts[index]?.aggregateIds.includes(id))
        if (wrong !== undefined)
          yield { invariant: 3, subject, message: `lists ${wrong}, which is not in it` }
      }
    }
  }
}
