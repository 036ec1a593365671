import { z } from 'zod'

/** A JSON object of an answer. */
export type Body = Readonly<Record<string, unknown>>

/** Ids of what stands in a relation to something, as Octavia writes them. */
export interface Reference {
  readonly id: string
}

export function references(rows: readonly Reference[]): Reference[] {
  return rows.map(({ id }) => ({ id }))
}

/** Milliseconds since the epoch as Octavia writes times: without a zone, in UTC. */
export function timeText(at: number): string {
  return new Date(at).toISOString().slice(0, 19)
}

/** What every object has. */
interface Common {
  readonly id: string
  readonly projectId: string
  readonly adminStateUp: boolean
  readonly provisioningStatus: string
  readonly operatingStatus: string
  readonly tags: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
}

export function commonBody(row: Common): Body {
  return {
    id: row.id,
    project_id: row.projectId,
    tenant_id: row.projectId,
    admin_state_up: row.adminStateUp,
    provisioning_status: row.provisioningStatus,
    operating_status: row.operatingStatus,
    tags: row.tags,
    created_at: timeText(row.createdAt),
    updated_at: timeText(row.updatedAt),
  }
}

/** A whole number, also as a text: so Octavia takes them. */
export const wholeField = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,10}$/, 'is no whole number')
    .transform(Number),
])

const text = z.string()

/** What every object can be given. Null stands for the default. */
export const commonFields = {
  name: text.nullish(),
  admin_state_up: z.boolean().nullish(),
  tags: z.array(text).nullish(),
}

/** Whose an object is: its load balancer's, so that it says nothing new where it has one. */
export const ownerFields = { project_id: text.nullish(), tenant_id: text.nullish() }

interface CommonInput {
  readonly name?: string | null | undefined
  readonly description?: string | null | undefined
  readonly admin_state_up?: boolean | null | undefined
  readonly tags?: readonly string[] | null | undefined
}

/** The fields that all objects share, as the service takes them. */
export function commonInput(body: CommonInput): {
  name?: string
  adminStateUp?: boolean
  tags?: string[]
} {
  return withGiven({
    name: body.name === null ? '' : body.name,
    adminStateUp: body.admin_state_up === null ? true : body.admin_state_up,
    tags: body.tags === null ? [] : body.tags && [...body.tags],
  })
}

/** `commonInput` of what has a description, too. */
export function describedInput(
  body: CommonInput,
): ReturnType<typeof commonInput> & { description?: string } {
  const description = body.description === null ? '' : body.description
  return { ...commonInput(body), ...withGiven({ description }) }
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Only the members that were given. */
export function withGiven<T extends object>(fields: T): Given<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Given<T>
}

/** Only the members that were given, and are not null. */
export function withValues<T extends object>(
  fields: T,
): {
  [K in keyof T]?: Exclude<T[K], undefined | null>
} {
  const entries = Object.entries(fields).filter(
    ([, value]) => value !== undefined && value !== null,
  )
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined | null> }
}
