import { z } from 'zod'

const text = z.string()

/** A switch as clients of all ages write it. */
export const boolField = z
  .union([z.boolean(), z.enum(['true', 'True', 'TRUE', '1', 'false', 'False', 'FALSE', '0', ''])])
  .transform((value) => value === true || ['true', '1'].includes(String(value).toLowerCase()))

/** A block device, in the first form of the interface and in the second. */
export const deviceField = z.strictObject({
  boot_index: z
    .union([z.int(), text.regex(/^-?\d{1,4}$/)])
    .nullable()
    .optional(),
  source_type: z.enum(['volume', 'image', 'snapshot', 'blank']).optional(),
  destination_type: z.enum(['volume', 'local']).optional(),
  uuid: text.max(255).optional(),
  volume_id: text.max(255).optional(),
  snapshot_id: text.max(255).optional(),
  image_id: text.max(255).optional(),
  volume_size: z
    .union([z.int().min(0), text.regex(/^\d{0,9}$/)])
    .nullable()
    .optional(),
  volume_type: text.min(1).max(255).nullable().optional(),
  delete_on_termination: boolField.optional(),
  device_name: text.min(1).max(255).nullable().optional(),
  device_type: text.max(255).nullable().optional(),
  disk_bus: text.max(255).nullable().optional(),
  guest_format: text.max(255).nullable().optional(),
  no_device: z.union([z.boolean(), text]).nullable().optional(),
  tag: text.min(1).max(60).optional(),
})
export type Device = z.output<typeof deviceField>
