import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import { hostScope } from '../../model/compute/allocation.ts'
import { capacityOf, type Host, hostKind } from '../../model/compute/host.ts'
import type { Counter } from '../../ports/store.ts'
import type { Call } from '../call.ts'
import { descriptionField, idField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { countHost, hostCounters } from './host-counters.ts'
import { fetchHost, followHosts } from './host.ts'
import { inventoryField, readInventory, traitsField, zoneField } from './host-inventory.ts'
import { giveBack, giveBackNote, noteScope, withhold } from './host-room.ts'

const updateInput = z.strictObject({
  id: idField,
  zone: zoneField.optional(),
  /** False: keeps its servers, takes no new ones. */
  enabled: z.boolean().optional(),
  /** Why it is disabled; forgotten when it is enabled. */
  disabledReason: descriptionField.min(1).nullable().optional(),
  /** True: it is off for certain, and takes no servers; its servers may be evacuated. */
  forcedDown: z.boolean().optional(),
  /** Replaces the whole inventory. */
  inventory: inventoryField.optional(),
  traits: traitsField.optional(),
})
type UpdateInput = z.infer<typeof updateInput>

/**
 * Changes a host. Traits may change under its servers: they are read when a server is placed. The
 * zone may not, since servers show it and were placed by it; and no capacity may fall below what is
 * used, so that no host is ever over capacity, whatever claims commit meanwhile.
 *
 * @throws CloudError `conflict` when what is used forbids it, `invalid` for a reason without a
 *   disabled host.
 */
export const hostUpdate = defineOperation({
  id: 'compute.host.update',
  summary: 'Enables or disables a host, changes its zone, inventory or traits.',
  policy: { scope: 'system', role: 'admin' },
  input: updateInput,
  mutates: true,
  run: async (call, input): Promise<Host> => {
    const { kernel } = call
    const host = await fetchHost(call, input.id)
    const next = updated(call, host, input)
    const counters = hostCounters(host, await kernel.store.counters([hostScope(host.id)]))
    const ceilings = allowedUse(host, next)
    requireCeilings(counters, ceilings, host.zone !== next.zone)
    const answer = await commitUpdate(call, host, next, counters, ceilings)
    await followHosts(kernel)
    return answer
  },
})

function updated(call: Call, host: Host, input: UpdateInput): Host {
  const { id: _, inventory, forcedDown, ...rest } = input
  const enabled = rest.enabled ?? host.enabled
  if (enabled && typeof rest.disabledReason === 'string') {
    throw new CloudError('invalid', 'disabledReason: the host is enabled.', {
      field: 'disabledReason',
    })
  }
  call.kernel.fleet.requireClasses(Object.keys(inventory ?? {}), 'inventory')
  const { forcedDown: was, ...known } = host
  return {
    ...known,
    ...((forcedDown ?? was === true) && { forcedDown: true }),
    ...given(rest),
    ...(enabled ? { disabledReason: null } : {}),
    ...(inventory === undefined ? {} : { inventory: readInventory(inventory, 'inventory') }),
    updatedAt: call.kernel.clock.now(),
  }
}

/**
 * Per class, the use that the host may have when it becomes `next`; a class not named may have
 * none.
 */
function allowedUse(host: Host, next: Host): Map<string, number> {
  if (host.zone !== next.zone) return new Map()
  return new Map(
    Object.entries(next.inventory).map(([name, inventory]) => [name, capacityOf(inventory)]),
  )
}

function requireCeilings(
  counters: ReadonlyMap<string, Counter>,
  ceilings: ReadonlyMap<string, number>,
  moves: boolean,
): void {
  for (const { name, value } of counters.values()) {
    if (value <= (ceilings.get(name) ?? 0)) continue
    if (moves) {
      throw new CloudError('conflict', 'The zone cannot change while the host holds servers.', {
        field: 'zone',
        detail: { resourceClass: name, used: value },
      })
    }
    throw new CloudError('conflict', `${name}: ${value} are in use.`, {
      field: `inventory.${name}`,
      limit: value,
      detail: { resourceClass: name, used: value },
    })
  }
}

/**
 * Commits the host with the limits of its counters. Where a limit falls, the room that goes is
 * withheld and given back in a second batch, in the same transaction as a rule. Should that second
 * one fail, the change stands; what it owes is paid here, or by the reconciler.
 */
async function commitUpdate(
  call: Call,
  host: Host,
  next: Host,
  counters: ReadonlyMap<string, Counter>,
  ceilings: ReadonlyMap<string, number>,
): Promise<Host> {
  const { kernel } = call
  const writes = new Writes().update(hostKind, next)
  countHost(writes, host, next)
  const note = noteScope(kernel, host.id)
  const withheld = withhold(writes, counters, ceilings, note)
  const lowered = new Set(withheld.map(({ name }) => name))
  for (const [name, inventory] of Object.entries(next.inventory)) {
    if (lowered.has(name)) continue
    writes.limit({ scope: hostScope(host.id), name, limit: capacityOf(inventory) })
  }
  const answer = { ...next, rev: host.rev + (withheld.length > 0 ? 2 : 1) }
  const first = call.commit(writes, [host.id], answer)
  if (withheld.length === 0) {
    await first
    return answer
  }
  const changed = { ...next, rev: host.rev + 1 }
  const second = kernel.committer.commit(giveBack(changed, note, withheld))
  const [one, two] = await Promise.allSettled([first, second])
  if (one.status === 'rejected') throw one.reason
  if (two.status === 'rejected') await giveBackSoon(call, note)
  return answer
}

async function giveBackSoon({ kernel }: Call, note: string): Promise<void> {
  try {
    await kernel.committer.idle()
    await giveBackNote(kernel, note)
  } catch (error) {
    kernel.telemetry.logger.log('warn', 'room of a host stays withheld for now', {
      note,
      error: error instanceof Error ? error.message : 'unknown',
    })
  }
}
