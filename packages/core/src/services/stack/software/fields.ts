import { z } from 'zod'
import { limits } from '../../../base/limits.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import { jsonField } from '../input.ts'

const tooLong = { message: `is longer than ${limits.softwareConfigLength} characters` }

function fits(value: unknown): boolean {
  return (JSON.stringify(value) ?? '').length <= limits.softwareConfigLength
}

/** What a configuration is: a text, or the structure that its group takes. */
export const configField = jsonField.refine(fits, tooLong)

/** What a user, or a server itself, calls a server. */
export const serverField = z.string().min(1).max(limits.nameLength)

/** Values by the names of inputs or outputs. */
export const valuesField = z
  .record(z.string().min(1).max(limits.nameLength), jsonField)
  .refine((all) => Object.keys(all).length <= limits.softwareFields, {
    message: `are more than ${limits.softwareFields}`,
  })
  .refine(fits, tooLong)
  .transform((values) => values as JsonMap)

/** What a configuration takes or tells. */
export const softwareFieldsField = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(limits.nameLength),
      type: z.enum(['String', 'Number', 'CommaDelimitedList', 'Json', 'Boolean']).default('String'),
      description: z.string().max(limits.descriptionLength).default(''),
      default: jsonField.default(null),
      errorOutput: z.boolean().default(false),
    }),
  )
  .max(limits.softwareFields)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'has duplicates')
  .refine(fits, tooLong)
