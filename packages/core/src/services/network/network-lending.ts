import { CloudError } from '../../base/errors.ts'
import { CommitConflict } from '../../commit/committer.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Network, networkKind } from '../../model/network/network.ts'
import { portKind } from '../../model/network/port.ts'
import { subnetKind } from '../../model/network/subnet.ts'
import { everyRow } from '../page.ts'
import { unlimited } from '../quota.ts'
import { externalScope, networkScope, openCounter, requireAtMost } from './counters.ts'
import { type Lending, withSharing } from './sharing.ts'
import { loadSubnets } from './subnet-removal.ts'

/** A network as it is after it was lent to others than before. */
export function lentNetwork(network: Network, lending: Lending): Network {
  const { externalTo: _, ...rest } = withSharing(network, lending)
  const { external, externalTo, shared } = lending
  return { ...rest, shared, external, ...(externalTo && external && { externalTo }) }
}

/** True if a project besides its own may have ports on it. */
function isOpen({ shared, sharedWith = [] }: Network): boolean {
  return shared || sharedWith.length > 0
}

/**
 * Writes what it means that a network is lent to others than before: its subnets are as visible as
 * it is, and it leads out, or no longer.
 *
 * @throws CloudError `conflict` with `field` when those who lose it use it.
 */
export async function planLending(
  kernel: Kernel,
  writes: Writes,
  before: Network,
  after: Network,
  field?: string,
): Promise<void> {
  const { sharedWith = [] } = after
  if (before.external !== after.external) await planExternal(kernel, writes, after, field)
  const gone = (before.sharedWith ?? []).filter((id) => !sharedWith.includes(id))
  const isSame = gone.length === 0 && sharedWith.length === (before.sharedWith ?? []).length
  if (isSame && before.shared === after.shared) return
  if (!after.shared) await requireUnused(kernel, before, after, gone, field ?? 'shared')
  if (isOpen(before) !== isOpen(after)) {
    const limit = isOpen(after) ? unlimited : 0
    writes.limit({ scope: networkScope(after.id), name: 'foreignPorts', limit })
  }
  const { shared } = after
  const subnets = await loadSubnets(kernel, after)
  writes.update(
    subnetKind,
    ...subnets.map((subnet) => {
      const { sharedWith: _, ...rest } = subnet
      return { ...rest, shared, ...(sharedWith.length > 0 && { sharedWith }) }
    }),
  )
}

/** @throws CloudError `conflict` when projects that lose the network have ports on it. */
async function requireUnused(
  kernel: Kernel,
  before: Network,
  after: Network,
  gone: readonly string[],
  field: string,
): Promise<void> {
  const { store } = kernel
  const id = after.id
  for (const projectId of gone) {
    if (projectId === after.projectId) continue
    const query = { index: 'byProject', equals: [projectId, id], limit: 1 }
    const [port] = await store.query(portKind, query)
    if (port) throw inUse(field, 1)
  }
  if (!before.shared) return
  const counters = await store.counters([networkScope(id)])
  const foreign = counters.find(({ name }) => name === 'foreignPorts')?.value ?? 0
  if (foreign === 0) return
  let kept = 0
  for (const projectId of after.sharedWith ?? []) {
    if (projectId === after.projectId) continue
    const query = { index: 'byProject', equals: [projectId, id] }
    for await (const ports of everyRow(kernel, portKind, query)) kept += ports.length
  }
  if (foreign > kept) throw inUse(field, foreign - kept)
}

function inUse(field: string, ports: number): CloudError {
  return new CloudError('conflict', 'Other projects have ports on the network.', {
    field,
    detail: { ports },
  })
}

/**
 * Writes that a network leads out from now on, or no longer. What makes use of it needs its
 * counter.
 *
 * @throws CloudError `conflict` when gateways or floating IPs are on it.
 */
async function planExternal(
  kernel: Kernel,
  writes: Writes,
  network: Network,
  field = 'external',
): Promise<void> {
  const scope = externalScope(network.id)
  if (network.external) return openCounter(writes, scope, 'uses')
  await closeExternal(kernel, writes, network, field)
}

/**
 * Writes that nothing can use the way out any more.
 *
 * @throws CloudError `conflict` if it is used.
 */
export async function closeExternal(
  kernel: Kernel,
  writes: Writes,
  network: Network,
  field: string,
): Promise<void> {
  const scope = externalScope(network.id)
  const [uses] = await kernel.store.counters([scope])
  // It has them from the beginning: without, the read is old.
  if (!uses) {
    throw new CommitConflict({ type: 'revision', kind: networkKind.name, ids: [network.id] })
  }
  if (uses.value > 0) {
    throw new CloudError('conflict', 'Gateways or floating IPs are on the network.', {
      field,
      detail: { uses: uses.value },
    })
  }
  requireAtMost(writes, uses)
  writes.drop(scope)
}
