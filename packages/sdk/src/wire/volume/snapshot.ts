import type { SnapshotView } from '@nephos/core'
import { z } from 'zod'
import { changeText, switchField, textField, textsField, timeText } from './common.ts'

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-a-snapshot-s-details */
export function snapshotBody(
  snapshot: SnapshotView,
  options: { readonly version: number; readonly isShort?: boolean },
): Readonly<Record<string, unknown>> {
  const { version, isShort = false } = options
  return {
    id: snapshot.id,
    volume_id: snapshot.volumeId,
    status: snapshot.status,
    size: snapshot.sizeGb,
    name: snapshot.name,
    description: snapshot.description === '' ? null : snapshot.description,
    metadata: snapshot.metadata,
    created_at: timeText(snapshot.createdAt),
    updated_at: changeText(snapshot),
    ...(!isShort && {
      'os-extended-snapshot-attributes:progress': snapshot.status === 'available' ? '100%' : '0%',
      'os-extended-snapshot-attributes:project_id': snapshot.projectId,
      ...(version >= 14 && { group_snapshot_id: snapshot.groupSnapshotId }),
    }),
    ...(version >= 65 && { consumes_quota: true }),
  }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#create-a-snapshot */
export const snapshotCreateBody = z.strictObject({
  snapshot: z.strictObject({
    volume_id: z.string().nullable(),
    name: textField,
    display_name: textField,
    description: textField,
    force: switchField.nullish(),
    metadata: textsField.nullish(),
  }),
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#update-a-snapshot */
export const snapshotUpdateBody = z.strictObject({
  snapshot: z.strictObject({
    name: textField,
    display_name: textField,
    description: textField,
    display_description: textField,
  }),
})
