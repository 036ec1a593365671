import type { GroupSnapshotView, GroupType, GroupView } from '@nephos/core'
import { z } from 'zod'
import { switchField, textField, textsField, timeText } from './common.ts'

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-group-details */
export function groupBody(
  group: GroupView,
  options: { readonly version: number; readonly volumeIds?: readonly string[] },
): Readonly<Record<string, unknown>> {
  const { version, volumeIds } = options
  return {
    id: group.id,
    name: group.name,
    description: group.description === '' ? null : group.description,
    status: group.status,
    availability_zone: group.zone,
    created_at: timeText(group.createdAt),
    group_type: group.groupTypeId,
    volume_types: group.volumeTypeIds,
    ...(version >= 14 && {
      group_snapshot_id: group.sourceSnapshotId,
      source_group_id: group.sourceGroupId,
    }),
    ...(volumeIds && { volumes: volumeIds }),
    ...(version >= 38 && { replication_status: 'disabled' }),
    ...(version >= 58 && { project_id: group.projectId }),
  }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-group-snapshot-details */
export function groupSnapshotBody(
  snapshot: GroupSnapshotView,
  version: number,
): Readonly<Record<string, unknown>> {
  return {
    id: snapshot.id,
    name: snapshot.name,
    description: snapshot.description === '' ? null : snapshot.description,
    status: snapshot.status,
    group_id: snapshot.groupId,
    group_type_id: snapshot.groupTypeId,
    created_at: timeText(snapshot.createdAt),
    ...(version >= 58 && { project_id: snapshot.projectId }),
  }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-group-type-details */
export function groupTypeBody(
  type: GroupType,
  options: { readonly isAdmin: boolean },
): Readonly<Record<string, unknown>> {
  return {
    id: type.id,
    name: type.name,
    description: type.description === '' ? null : type.description,
    is_public: type.isPublic,
    ...(options.isAdmin && { group_specs: type.specs }),
  }
}

const ids = z.array(z.string()).max(1_000)
/** Ids in one text, with commas between. */
const idText = z
  .string()
  .nullish()
  .transform((text) => text?.split(',').flatMap((id) => id.trim() || []))
  .pipe(ids.optional())

/** https://docs.openstack.org/api-ref/block-storage/v3/#create-group */
export const groupCreateBody = z.strictObject({
  group: z.strictObject({
    name: textField,
    description: textField,
    group_type: z.string(),
    volume_types: ids.min(1),
    availability_zone: z.string().nullish(),
  }),
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#create-group-from-source */
export const groupCopyBody = z.strictObject({
  'create-from-src': z.strictObject({
    name: textField,
    description: textField,
    source_group_id: z.string().nullish(),
    group_snapshot_id: z.string().nullish(),
  }),
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#update-group */
export const groupUpdateBody = z.strictObject({
  group: z
    .strictObject({
      name: textField,
      description: textField,
      add_volumes: idText,
      remove_volumes: idText,
    })
    .refine((fields) => Object.values(fields).some((value) => value !== undefined), {
      message: 'Nothing is to be changed.',
    }),
})

/** Actions on a group; one at a time. */
export const groupActionBody = z.union([
  z.strictObject({ delete: z.strictObject({ 'delete-volumes': switchField.optional() }) }),
  z.strictObject({ reset_status: z.strictObject({ status: z.string() }) }),
])

/** https://docs.openstack.org/api-ref/block-storage/v3/#create-group-snapshot */
export const groupSnapshotCreateBody = z.strictObject({
  group_snapshot: z.strictObject({
    group_id: z.string(),
    name: textField,
    description: textField,
  }),
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#reset-group-snapshot-status */
export const groupSnapshotActionBody = z.strictObject({
  reset_status: z.strictObject({ status: z.string() }),
})

const typeFields = {
  name: z.string().trim().min(1).max(255),
  description: textField,
  is_public: switchField.optional(),
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#create-group-type */
export const groupTypeCreateBody = z.strictObject({
  group_type: z.strictObject({ ...typeFields, group_specs: textsField.optional() }),
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#update-group-type */
export const groupTypeUpdateBody = z.strictObject({
  group_type: z.strictObject({ ...typeFields, name: typeFields.name.optional() }),
})
