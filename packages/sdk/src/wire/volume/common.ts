import { CloudError } from '@nephos/core'
import { z } from 'zod'

/** A moment as Cinder writes it: UTC, microseconds, no zone. */
export function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, -1)}000`
}

/** When something was changed; null if it never was. */
export function changeText(row: {
  readonly createdAt: number
  readonly updatedAt: number
}): string | null {
  return row.updatedAt === row.createdAt ? null : timeText(row.updatedAt)
}

export interface Link {
  readonly rel: string
  readonly href: string
}

/** Texts of clients that stand for a switch. */
const yes = ['true', '1', 'yes', 'on', 't', 'y']
const no = ['false', '0', 'no', 'off', 'f', 'n']

/** A switch, as JSON has it or as text. */
export const switchField = z.union([
  z.boolean(),
  z
    .string()
    .refine((text) => [...yes, ...no].includes(text.toLowerCase()), 'is neither true nor false')
    .transform((text) => yes.includes(text.toLowerCase())),
])

/** A whole number, as JSON has it or as text. */
export const numberField = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,15}$/, 'is no whole number')
    .transform(Number),
])

/** Text by name; numbers and switches are taken as their texts. */
export const textsField = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean()]).transform(String),
)

/** A name or description; null is none. */
export const textField = z
  .string()
  .max(255)
  .nullish()
  .transform((text) => text?.trim())

/**
 * Text by name as clients write it into a query: a dictionary of Python, or JSON.
 *
 * @throws CloudError `invalid` with the field.
 */
export function dictionaryOf(text: string, field: string): Readonly<Record<string, string>> {
  const form = text.replaceAll(/(?<!\w)u?'((?:[^'\\]|\\.)*)'/g, (_, inner: string) =>
    JSON.stringify(inner.replaceAll(/\\(.)/g, '$1')),
  )
  try {
    const parsed = textsField.safeParse(JSON.parse(form))
    if (parsed.success) return parsed.data
  } catch {
    // Told below.
  }
  throw new CloudError('invalid', `${field}: is no dictionary of texts.`, { field })
}
