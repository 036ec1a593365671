import { z } from 'zod'

/** A host by its name, or null for any. */
const hostField = z.string().min(1).max(255).nullable()

export const migrateArguments = z.strictObject({ host: hostField.optional() }).nullish()

/** Whether storage is shared, hosts know: what is said of it is read, and counts for nothing. */
export const evacuateArguments = z.strictObject({
  host: z.string().min(1).max(255).optional(),
  onSharedStorage: z.boolean().optional(),
  adminPass: z.string().min(1).max(255).optional(),
  force: z.boolean().optional(),
})
export type EvacuateArguments = z.infer<typeof evacuateArguments>

export const liveMigrateArguments = z.strictObject({
  host: hostField,
  block_migration: z.union([z.boolean(), z.literal('auto')]),
  disk_over_commit: z.boolean().optional(),
  force: z.boolean().optional(),
})
export type LiveMigrateArguments = z.infer<typeof liveMigrateArguments>
