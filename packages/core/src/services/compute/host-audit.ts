import type { Kernel } from '../../kernel.ts'
import {
  type Allocation,
  allocationKind,
  hostScope,
  hostScopePrefix,
} from '../../model/compute/allocation.ts'
import { capacityOf, type Host, hostKind } from '../../model/compute/host.ts'
import { compareText } from '../../ports/store-order.ts'
import type { Counter } from '../../ports/store.ts'
import type { Finding } from '../audit/finding.ts'
import { everyRow } from '../page.ts'
import { auditHostCounts } from './host-count-audit.ts'
import { groupBy, hostCounters } from './host-counters.ts'
import { auditServerGroups } from './server-group-audit.ts'

/**
 * How often a host that changes while it is looked at is looked at again, before it is left to the
 * next audit.
 */
const looks = 3
const scopesPerPage = 1_000

/** Hosts, what is counted about them, and the groups placed on them. */
export async function* auditHosts(kernel: Kernel): AsyncGenerator<Finding> {
  yield* auditHostUse(kernel)
  yield* auditHostCounts(kernel)
  yield* auditServerGroups(kernel)
}

/**
 * None over capacity in any class (1), use and limits counted right (3), nothing taken from
 * a host that does not exist (2). Pages through hosts and allocations side by side, so memory is
 * bounded by one page of each. What looks wrong is read once more by itself, so that claims which
 * commit meanwhile are not reported.
 */
async function* auditHostUse(kernel: Kernel): AsyncGenerator<Finding> {
  const sums = sumByHost(kernel)
  let sum = await sums.next()
  for await (const hosts of everyRow(kernel, hostKind)) {
    const counters = groupBy(
      await kernel.store.counters(hosts.map(({ id }) => hostScope(id))),
      ({ scope }) => scope,
    )
    for (const host of hosts) {
      for (; !sum.done && compareText(sum.value.hostId, host.id) < 0; sum = await sums.next()) {
        yield* await lookAgain(kernel, sum.value.hostId)
      }
      const own = sum.done || sum.value.hostId !== host.id ? undefined : sum.value
      if (own) sum = await sums.next()
      const first = compare(host, own?.used ?? new Map(), counters.get(hostScope(host.id)) ?? [])
      if (first.length > 0) yield* await lookAgain(kernel, host.id)
    }
  }
  for (; !sum.done; sum = await sums.next()) yield* await lookAgain(kernel, sum.value.hostId)
  yield* checkOrphanCounters(kernel)
}

interface HostSum {
  readonly hostId: string
  readonly used: Map<string, number>
}

/** What allocations take from each host, in order of host ids. */
async function* sumByHost(kernel: Kernel): AsyncGenerator<HostSum, undefined> {
  let sum: HostSum | undefined
  for await (const allocations of everyRow(kernel, allocationKind, { index: 'byHost' })) {
    for (const allocation of allocations) {
      if (sum && sum.hostId !== allocation.hostId) {
        yield sum
        sum = undefined
      }
      sum ??= { hostId: allocation.hostId, used: new Map() }
      addUp(sum.used, allocation)
    }
  }
  if (sum) yield sum
  return undefined
}

function addUp(used: Map<string, number>, { resources }: Allocation): void {
  for (const [name, amount] of Object.entries(resources)) {
    if (amount !== 0) used.set(name, (used.get(name) ?? 0) + amount)
  }
}

function compare(
  host: Host,
  used: ReadonlyMap<string, number>,
  own: readonly Counter[],
): Finding[] {
  const subject = `host:${host.id}`
  const counters = hostCounters(host, own)
  const findings: Finding[] = []
  for (const name of new Set([...counters.keys(), ...used.keys()])) {
    const inventory = host.inventory[name]
    const capacity = inventory ? capacityOf(inventory) : 0
    const sum = used.get(name) ?? 0
    const counter = counters.get(name)
    if (sum > capacity) {
      findings.push({
        invariant: 1,
        subject,
        message: `${name}: ${sum} allocated, capacity ${capacity}`,
      })
    }
    if ((counter?.value ?? 0) !== sum) {
      findings.push({
        invariant: 3,
        subject,
        message: `${name}: counter ${counter?.value ?? 'absent'}, allocations add up to ${sum}`,
      })
    }
    if ((counter?.limit ?? 0) !== capacity) {
      findings.push({
        invariant: 3,
        subject,
        message: `${name}: counter limit ${counter?.limit ?? 'absent'}, capacity ${capacity}`,
      })
    }
  }
  return findings
}

/**
 * Reads one host by itself; what is read between two equal readings of its row and counters belongs
 * together.
 */
async function lookAgain(kernel: Kernel, hostId: string): Promise<Finding[]> {
  const read = async (): Promise<{ host: Host | undefined; counters: Counter[]; mark: string }> => {
    const [[host], counters] = await Promise.all([
      kernel.store.get(hostKind, [hostId]),
      kernel.store.counters([hostScope(hostId)]),
    ])
    const values = counters.map(({ name, value, limit }) => `${name} ${value} ${limit}`).sort()
    return { host, counters, mark: [host?.rev, ...values].join('\n') }
  }
  for (let look = 0; look < looks; look++) {
    const before = await read()
    const allocations = await kernel.store.lookup(allocationKind, 'byHost', [[hostId]])
    const after = await read()
    if (before.mark !== after.mark) continue
    const used = new Map<string, number>()
    for (const allocation of allocations) addUp(used, allocation)
    if (after.host) return compare(after.host, used, after.counters)
    if (allocations.length === 0) return []
    return [
      {
        invariant: 2,
        subject: `host:${hostId}`,
        message: `does not exist, ${allocations.length} allocations`,
      },
    ]
  }
  return []
}

/** Counters of hosts that do not exist. */
async function* checkOrphanCounters(kernel: Kernel): AsyncGenerator<Finding> {
  let after: string | undefined
  do {
    const page = await kernel.store.scan(hostScopePrefix, {
      limit: scopesPerPage,
      ...(after ? { after } : {}),
    })
    const ids = [...new Set(page.map(({ scope }) => scope.slice(hostScopePrefix.length)))]
    const hosts = await kernel.store.get(hostKind, ids)
    for (const id of ids.filter((_, index) => !hosts[index])) {
      const [[host], left] = await Promise.all([
        kernel.store.get(hostKind, [id]),
        kernel.store.counters([hostScope(id)]),
      ])
      if (!host && left.length > 0) {
        yield {
          invariant: 3,
          subject: `host:${id}`,
          message: 'does not exist, but its counters do',
        }
      }
    }
    after = page.at(-1)?.scope
  } while (after)
}
