import { z } from 'zod'

/** A host by its name, or null for any. */
const hostField = z.string().min(1).max(255).nullable()

export const migrateArguments = z.strictObject({ host: hostField.optional() }).nullish()

export const liveMigrateArguments = z.strictObject({
  host: hostField,
  block_migration: z.union([z.boolean(), z.literal('auto')]),
  disk_over_commit: z.boolean().optional(),
  force: z.boolean().optional(),
})
export type LiveMigrateArguments = z.infer<typeof liveMigrateArguments>
