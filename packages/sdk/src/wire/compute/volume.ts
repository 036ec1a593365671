import type { AttachmentView, SnapshotView, VolumeView } from '@nephos/core'
import { z } from 'zod'
import { microTime } from './time.ts'

const amount = z
  .union([z.int(), z.string().regex(/^\d{1,9}$/)])
  .transform(Number)
  .pipe(z.int().min(1))
const text = z.string().max(255).nullish()

/** https://docs.openstack.org/api-ref/compute/ (os-volumes, os-snapshots, deprecated). */
export const volumeBodyNew = z.strictObject({
  volume: z.strictObject({
    size: amount,
    display_name: text,
    display_description: text,
    volume_type: z.string().min(1).max(255).nullish(),
    metadata: z.record(z.string(), z.string()).nullish(),
    snapshot_id: z.string().max(255).nullish(),
    availability_zone: z.string().min(1).max(255).nullish(),
  }),
})

export const snapshotBodyNew = z.strictObject({
  snapshot: z.strictObject({
    volume_id: z.string().min(1).max(255),
    display_name: text,
    display_description: text,
    force: z.union([z.boolean(), z.enum(['True', 'true', 'False', 'false'])]).optional(),
  }),
})

/** A volume and what uses it; one empty use stands for none. */
export function volumeBody(volume: VolumeView, uses: readonly AttachmentView[]): object {
  const own = uses.filter(({ volumeId, serverId }) => volumeId === volume.id && serverId !== null)
  return {
    id: volume.id,
    status: volume.status,
    size: volume.sizeGb,
    availabilityZone: volume.zone,
    createdAt: microTime(volume.createdAt),
    displayName: volume.name,
    displayDescription: volume.description,
    snapshotId: volume.source?.type === 'snapshot' ? volume.source.id : null,
    volumeType: volume.typeId,
    metadata: volume.metadata,
    attachments:
      own.length === 0
        ? [{}]
        : own.map(({ serverId, device }) => ({
            id: volume.id,
            volumeId: volume.id,
            serverId,
            ...(device !== null && { device }),
          })),
  }
}

export function snapshotBody(snapshot: SnapshotView): object {
  return {
    id: snapshot.id,
    status: snapshot.status,
    size: snapshot.sizeGb,
    createdAt: microTime(snapshot.createdAt),
    displayName: snapshot.name,
    displayDescription: snapshot.description,
    volumeId: snapshot.volumeId,
  }
}
