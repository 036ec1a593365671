import { findingsOf, networkRules } from './findings.ts'
import { Committer } from '../src/commit/committer.ts'
import { Writes } from '../src/commit/writes.ts'
import type { Kernel } from '../src/kernel.ts'
import type { Network } from '../src/model/network/network.ts'
import type { Subnet } from '../src/model/network/subnet.ts'
import type { Store } from '../src/ports/store.ts'
import { MemoryBus } from '../src/reference/memory-bus.ts'
import { memoryStore } from '../src/reference/memory-store.ts'
import { nodeDigest } from '../src/reference/node-digest.ts'
import { SeededRandom } from '../src/reference/seeded-random.ts'
import { silentTelemetry } from '../src/reference/silent-telemetry.ts'
import { SimulatedNetwork } from '../src/reference/simulated-network.ts'
import { TimeIds } from '../src/reference/time-ids.ts'
import { VirtualClock } from '../src/reference/virtual-clock.ts'
import { Admission } from '../src/services/admission.ts'
import type { Finding } from '../src/services/audit/finding.ts'
import { type Actor, Call } from '../src/services/call.ts'
import { kinds } from '../src/services/index.ts'
import { defaultSettings } from '../src/settings.ts'
import { AddressPools } from '../src/services/network/address-pools.ts'
import { networkCreate } from '../src/services/network/network.ts'
import { subnetCreate } from '../src/services/network/subnet.ts'
import { invoke } from '../src/services/operation.ts'
import { type QuotaName, quotaNames, quotaScope, unlimited } from '../src/services/quota.ts'

export interface NetworkKernel {
  readonly kernel: Kernel
  readonly clock: VirtualClock
}

/** What the network service needs of a kernel, in memory, on a clock that stands still. */
export async function networkKernel(
  options: { readonly overStore?: (store: Store) => Store } = {},
): Promise<NetworkKernel> {
  const memory = memoryStore()
  await memory.open(kinds)
  const clock = new VirtualClock(1_000)
  return { kernel: processOn(options.overStore?.(memory) ?? memory, clock, 7), clock }
}

/** A process of its own on a store: what it remembers is not shared with other processes. */
export function processOn(store: Store, clock: VirtualClock, seed: number): Kernel {
  const random = new SeededRandom(seed)
  const bus = new MemoryBus()
  const telemetry = silentTelemetry
  const committer = new Committer({ store, bus, clock, telemetry }, `test ${seed}`)
  const kernel: Partial<Kernel> = {
    clock,
    random,
    ids: new TimeIds(clock, random),
    digest: nodeDigest,
    telemetry,
    store,
    bus,
    admission: new Admission(),
    committer,
    network: new SimulatedNetwork({ clock, random }),
    addresses: new AddressPools({ store, committer, clock, random }),
    settings: defaultSettings,
    closed: false,
  }
  return kernel as Kernel
}

export const operator: Actor = {
  userId: 'operator',
  projectId: null,
  domainId: null,
  roles: ['admin'],
  system: true,
}

export function memberOf(projectId: string, roles: readonly string[] = ['member']): Actor {
  return { userId: 'user', projectId, domainId: 'default', roles, system: false }
}

/** A call outside of an operation, for plans that run inside one. */
export function callOf(kernel: Kernel, actor: Actor): Call {
  return new Call(kernel, actor, 'test', { requestId: 'req-test' })
}

/** Quota counters, as the creation of a project makes them. */
export async function openProject(
  kernel: Kernel,
  projectId: string,
  limits: Partial<Record<QuotaName, number>> = {},
): Promise<void> {
  const scope = quotaScope(projectId)
  const writes = new Writes()
  for (const name of quotaNames) writes.limit({ scope, name, limit: limits[name] ?? unlimited })
  await kernel.committer.commit(writes)
}

/** A network of project p1 with subnets. */
export async function newNetwork(
  kernel: Kernel,
  cidrs: readonly string[],
  fields: Readonly<Record<string, unknown>> = {},
): Promise<{ network: Network; subnets: Subnet[] }> {
  const actor = fields['shared'] ? operator : memberOf('p1')
  const projectId = fields['shared'] ? { projectId: 'p1' } : {}
  const network = await invoke(kernel, actor, networkCreate, {
    name: 'net',
    ...projectId,
    ...fields,
  })
  const subnets: Subnet[] = []
  for (const cidr of cidrs) {
    const slaac = cidr.includes(':') ? { ipv6AddressMode: 'slaac' } : {}
    const input = { networkId: network.id, cidr, ...(cidr.endsWith('::/64') ? slaac : {}) }
    subnets.push(await invoke(kernel, memberOf('p1'), subnetCreate, input))
  }
  return { network, subnets }
}

/** Statements of the store while something runs. */
export async function statementsOf(kernel: Kernel, run: () => Promise<unknown>): Promise<number> {
  const before = kernel.store.stats.statements
  await run()
  return kernel.store.stats.statements - before
}

/**
 * Everything the audit finds about networks, and about quotas of what is there: of the project
 * there is no more than its quota counters.
 */
export async function findings(kernel: Kernel): Promise<Finding[]> {
  const found = await findingsOf(kernel, [...networkRules, 'quota-counters'])
  return found.filter(({ message }) => !message.endsWith('what it counts for is gone'))
}
