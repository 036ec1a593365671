import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Writes } from '../../commit/writes.ts'
import { attachmentKind } from '../../model/block/attachment.ts'
import { type Volume, volumeKind } from '../../model/block/volume.ts'
import type { Server } from '../../model/compute/server.ts'
import type { Draft } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { planConvergence } from '../compute/converge-plan.ts'
import { fetchOne } from '../fetch.ts'
import { idField } from '../fields.ts'
import { quotaHeadroom, requireQuota, type Usage } from '../quota.ts'
import { newAttachment, withAttachments } from './attachment-plan.ts'
import { requireAttachable } from './attachment.ts'
import { typedUsage, typeQuotaScope } from './charges.ts'
import { planDrive } from './drive.ts'
import { sizeField } from './fields.ts'
import { volumeDrive } from './volume-drive.ts'
import { newVolume, planVolumes, type VolumePlan, writeVolumes } from './volume-plan.ts'

/**
 * The disk that each server of a request boots from: a new volume, or one that there is. What
 * Nova's `block_device_mapping_v2` says with a boot index of 0.
 */
export const bootVolumeField = z
  .strictObject({
    /** GiB; that of its source when absent. */
    sizeGb: sizeField.optional(),
    imageId: idField.optional(),
    snapshotId: idField.optional(),
    sourceVolumeId: idField.optional(),
    /** A volume made before: for a single server only. */
    volumeId: idField.optional(),
    /** Id or name; the default type when absent. */
    volumeType: z.string().min(1).max(limits.nameLength).optional(),
    /** True: the volume goes with its server. */
    deleteOnTermination: z.boolean().default(false),
  })
  .refine(
    ({ imageId, snapshotId, sourceVolumeId, volumeId }) =>
      [imageId, snapshotId, sourceVolumeId, volumeId].filter((id) => id !== undefined).length === 1,
    'names one of imageId, snapshotId, sourceVolumeId and volumeId',
  )

type BootVolumeInput = z.infer<typeof bootVolumeField>

/** The disks that servers boot from: read and checked, not yet written. */
export interface BootVolumePlan {
  /** Servers that pools and quotas of the type allow, at most those asked for. */
  readonly capacity: number
  /** What one server's takes of the project's quota. */
  readonly usage: Usage
  /** The attachment of each server, in their order. */
  readonly attachmentIds: readonly string[]
  /** Writes volumes, attachments, counters and work of the servers: at most `capacity`. */
  write(writes: Writes, servers: readonly Draft<Server>[]): void
}

interface Ask {
  readonly minimum: number
  readonly count: number
}

/**
 * Plans the boot disks of up to N servers. Statements: a constant number, whatever N.
 *
 * @throws CloudError `noValidHost` when the pools take less than the minimum; `quotaExceeded` of a
 *   type; `invalid`, `notFound`, `conflict` with the field.
 */
export function planBootVolumes(
  call: Call,
  input: BootVolumeInput,
  ask: Ask,
): Promise<BootVolumePlan> {
  return input.volumeId === undefined
    ? planNewVolumes(call, input, ask)
    : planGivenVolume(call, input.volumeId, input, ask)
}

async function planNewVolumes(
  call: Call,
  input: BootVolumeInput,
  ask: Ask,
): Promise<BootVolumePlan> {
  const plan = await planVolumes(call, input, 'bootVolume.')
  const capacity = await capacityOf(call, plan, ask)
  const attachmentIds = Array.from({ length: capacity }, () => call.kernel.ids.next())
  return {
    capacity,
    usage: { volumes: 1, gigabytes: plan.sizeGb },
    attachmentIds,
    write: (writes, servers) => {
      const { kernel } = call
      const at = kernel.clock.now()
      const { deleteOnTermination } = input
      const volumes = plan.choice.assign(servers.length).map((pool, index): Draft<Volume> => {
        const { projectId, userId } = servers[index] as Draft<Server>
        const attachments = [{ id: attachmentIds[index] as string, status: 'reserved' as const }]
        const fields = { id: kernel.ids.next(), projectId, userId, name: '', bootable: true }
        return newVolume(plan, pool, { ...fields, attachments }, at)
      })
      writeVolumes(writes, volumes)
      const attachments = volumes.map(({ id: volumeId, projectId }, index) => {
        const { id: serverId, generation } = servers[index] as Draft<Server>
        const id = attachmentIds[index] as string
        const fields = { id, projectId, volumeId, serverId, generation, deleteOnTermination }
        return newAttachment({ ...fields, status: 'reserved', device: bootDevice, boot: true }, at)
      })
      writes.insert(attachmentKind, ...attachments)
      // Whatever ends the making of a volume has its server go on.
      planDrive(
        call,
        writes,
        volumeDrive,
        volumes,
        servers.map(({ id }) => id),
      )
    },
  }
}

const bootDevice = '/dev/vda'

/** How many of these volumes quotas of their type, and pools, allow. */
async function capacityOf(call: Call, plan: VolumePlan, ask: Ask): Promise<number> {
  const { choice, type, sizeGb } = plan
  let capacity = Math.min(ask.count, choice.capacity)
  if (capacity < ask.minimum) choice.assign(ask.minimum)
  if (type) {
    const counters = await call.kernel.store.counters([typeQuotaScope(call.projectId)])
    const quota = new Map(counters.map((counter) => [counter.name, counter]))
    const usage = (count: number): Usage => typedUsage(type.id, 'volumes', count, sizeGb * count)
    capacity = quotaHeadroom(quota, usage(1), capacity)
    if (capacity < ask.minimum) requireQuota(quota, usage(ask.minimum))
  }
  return capacity
}

async function planGivenVolume(
  call: Call,
  volumeId: string,
  input: BootVolumeInput,
  ask: Ask,
): Promise<BootVolumePlan> {
  const field = 'bootVolume.volumeId'
  if (ask.minimum > 1) {
    throw new CloudError('invalid', `${field}: is for a single server.`, { field, limit: 1 })
  }
  const volume = await fetchOne(call, volumeKind, volumeId, field)
  requireAttachable(volume, { mode: 'rw', field })
  if (!volume.bootable || volume.projectId !== call.projectId) {
    throw new CloudError('conflict', `${field}: the volume is not bootable.`, { field })
  }
  const id = call.kernel.ids.next()
  return {
    capacity: 1,
    usage: {},
    attachmentIds: [id],
    write: (writes, servers) => {
      const [server] = servers
      if (!server) return
      const at = call.kernel.clock.now()
      const { id: serverId, projectId, generation } = server
      const { deleteOnTermination } = input
      const fields = { id, projectId, volumeId, serverId, generation, deleteOnTermination }
      const attachment = newAttachment(
        { ...fields, status: 'reserved', device: bootDevice, boot: true },
        at,
      )
      writes.insert(attachmentKind, attachment)
      writes.update(volumeKind, withAttachments(volume, [attachment], at))
      planConvergence(call, writes, [serverId])
    },
  }
}
