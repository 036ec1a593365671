import { z } from 'zod'

/** A resource as the wire has it. */
export type Body = Readonly<Record<string, unknown>>

/** What most resources have, as rows tell it. */
interface Standard {
  readonly id: string
  readonly rev: number
  readonly projectId: string
  readonly description: string
  readonly createdAt: number
  readonly updatedAt?: number
}

/** Attributes that Neutron gives to most resources. */
export function standardBody(row: Standard): Body {
  return {
    id: row.id,
    tenant_id: row.projectId,
    project_id: row.projectId,
    description: row.description,
    created_at: timeText(row.createdAt),
    updated_at: timeText(row.updatedAt ?? row.createdAt),
    revision_number: row.rev,
  }
}

/** True if a thing is lent to those who ask. */
export function isLent(
  row: { readonly shared?: boolean; readonly sharedWith?: readonly string[] },
  viewer: string | null,
): boolean {
  return row.shared === true || (viewer !== null && row.sharedWith?.includes(viewer) === true)
}

/** A time in milliseconds as Neutron writes it: `2026-01-31T12:00:00Z`. */
export function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}

/** Neutron takes texts and 0 or 1 for truth values. */
export const truth = z
  .union([z.boolean(), z.literal([0, 1]), z.string().max(5)])
  .transform((value, context) => {
    const text = String(value).toLowerCase()
    if (['true', '1'].includes(text)) return true
    if (['false', '0'].includes(text)) return false
    context.addIssue({ code: 'custom', message: 'is neither true nor false' })
    return z.NEVER
  })

/** Neutron takes decimal texts for numbers. */
export const whole = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,10}$/, 'is no whole number')
    .transform(Number),
])

const text = z.string().max(255)

/** Who is to own a new resource: either name. */
export const ownerFields = { project_id: text.optional(), tenant_id: text.optional() }

/** Each of several may be in an envelope of its own. */
function unwrapped<T extends z.ZodType>(one: string, schema: T): z.ZodType<z.infer<T>> {
  return z.preprocess((item) => {
    const isWrapped = typeof item === 'object' && item !== null && Object.keys(item).length === 1
    const inner: unknown = isWrapped ? (item as Readonly<Record<string, unknown>>)[one] : undefined
    return typeof inner === 'object' && inner !== null ? inner : item
  }, schema)
}

/** `{ network: … }`, or several in `{ networks: [ … ] }`. */
export function oneOrMany<T extends z.ZodType>(
  one: string,
  many: string,
  schema: T,
): z.ZodType<{ readonly isMany: boolean; readonly items: readonly z.infer<T>[] }> {
  return z
    .strictObject({
      [one]: schema.optional(),
      [many]: z.array(unwrapped(one, schema)).min(1).max(1_000).optional(),
    })
    .refine((body) => (body[one] === undefined) !== (body[many] === undefined), {
      message: `is to be in ${one} or in ${many}`,
    })
    .transform((body) => {
      const items = (body[many] ?? [body[one]]) as z.infer<T>[]
      return { isMany: body[one] === undefined, items }
    })
}

/** `{ network: … }` as what is in it. */
export function envelope<T extends z.ZodType>(name: string, schema: T): z.ZodType<z.infer<T>> {
  return z.strictObject({ [name]: schema }).transform((body) => body[name] as z.infer<T>)
}
