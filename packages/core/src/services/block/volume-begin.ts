import { CloudError } from '../../base/errors.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  isVolumeClosed,
  statusOf,
  type VolumeActionName,
  volumeActionAllowed,
  volumeActions,
} from '../../model/block/volume-state.ts'
import {
  unspoken,
  type Volume,
  volumeKind,
  type VolumeOrder,
  volumeScope,
} from '../../model/block/volume.ts'
import { closeDependents, recharge, volumeCharges } from './charges.ts'

/**
 * Begins an action on a volume: its new row.
 *
 * @throws CloudError `conflict` when its status or its uses forbid it.
 */
export function beginVolume(
  call: { readonly kernel: Pick<Kernel, 'clock'> },
  volume: Volume,
  action: Exclude<VolumeActionName, 'attach'>,
  order: VolumeOrder | null,
  field = 'id',
): Volume {
  const isUsed = action === 'delete' && volume.attachments.length > 0
  const status = statusOf(volume)
  if (isUsed || !volumeActionAllowed(action, status)) {
    const { id } = volume
    const why = isUsed ? 'in use' : status
    throw new CloudError('conflict', `Cannot ${action} a volume that is ${why}.`, {
      field,
      detail: { id, status },
    })
  }
  return {
    ...unspoken(volume),
    status: volumeActions[action].status,
    order,
    generation: volume.generation + 1,
    updatedAt: call.kernel.clock.now(),
  }
}

/**
 * Writes that volumes go; from now on nothing may come to depend on them. One read.
 *
 * @throws CloudError `conflict` when something does.
 */
export async function planVolumeDeletion(
  kernel: Kernel,
  writes: Writes,
  before: readonly Volume[],
  after: readonly Volume[],
): Promise<void> {
  const used = await volumeDependents(kernel, before)
  for (const [index, volume] of before.entries()) {
    const count = used.get(volume.id) ?? 0
    if (count > 0) {
      throw new CloudError('conflict', `${count} snapshots or copies depend on the volume.`, {
        field: 'ids',
        detail: { id: volume.id, dependents: count },
      })
    }
    writeDeletion(writes, volume, after[index] as Volume)
  }
}

/** Writes that a volume goes, if nothing depends on it when this commits. */
export function writeDeletion(writes: Writes, before: Volume, after: Volume): void {
  writes.update(volumeKind, after)
  recharge(writes, volumeCharges(before), volumeCharges(after))
  if (!isVolumeClosed(before)) closeDependents(writes, volumeScope(before.id))
}

/** How much depends on each volume: one read, whatever their number. */
export async function volumeDependents(
  kernel: Kernel,
  volumes: readonly Volume[],
): Promise<ReadonlyMap<string, number>> {
  if (volumes.length === 0) return new Map()
  const scopes = new Map(volumes.map(({ id }) => [volumeScope(id), id]))
  const counters = await kernel.store.counters([...scopes.keys()])
  return new Map(counters.map(({ scope, value }) => [scopes.get(scope) as string, value]))
}
