import type { UnmanagedThing } from '@nephos/core'
import { z } from 'zod'
import { switchField, textField, textsField } from './common.ts'

/** A back-end's name for what is there: drivers know other forms, this cloud's know this one. */
const reference = z.strictObject({ 'source-name': z.string().min(1).max(255) })

/** https://docs.openstack.org/api-ref/block-storage/v3/#manage-an-existing-volume */
export const volumeManageBody = z.strictObject({
  volume: z.strictObject({
    host: z.string().min(1).max(255),
    ref: reference,
    name: textField,
    description: textField,
    volume_type: z.string().nullish(),
    availability_zone: z.string().nullish(),
    bootable: switchField.nullish(),
    metadata: textsField.nullish(),
  }),
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#manage-an-existing-snapshot */
export const snapshotManageBody = z.strictObject({
  snapshot: z.strictObject({
    volume_id: z.string(),
    ref: reference,
    name: textField,
    description: textField,
    metadata: textsField.nullish(),
  }),
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#list-details-of-volumes-available-to-manage */
export function manageableBody(
  thing: UnmanagedThing,
  isDetailed: boolean,
): Readonly<Record<string, unknown>> {
  const source =
    thing.type === 'snapshot' ? { source_reference: { id: thing.volumeId ?? null } } : {}
  return {
    reference: { 'source-name': thing.reference },
    size: thing.sizeGb,
    ...source,
    // Only those are listed.
    safe_to_manage: true,
    ...(isDetailed && { cinder_id: null, reason_not_safe: null, extra_info: null }),
  }
}
