import type { AggregateView, Host } from '@nephos/core'
import { z } from 'zod'
import { microTime } from './time.ts'

/** The metadata that says of which availability zone the hosts of an aggregate are. */
export const zoneKey = 'availability_zone'

const name = z
  .string()
  .min(1)
  .max(255)
  .regex(/^(?!\s)(?:[^\p{Cc}]*[^\s\p{Cc}])?$/u)
const zone = name.refine((text) => !text.includes(':'), 'has a colon')

/** https://docs.openstack.org/api-ref/compute/#host-aggregates-os-aggregates */
export const aggregateNew = z.strictObject({
  aggregate: z.strictObject({ name, availability_zone: zone.nullish() }),
})

export const aggregateChange = z.strictObject({
  aggregate: z
    .strictObject({ name: name.optional(), availability_zone: zone.nullable().optional() })
    .refine((patch) => Object.keys(patch).length > 0, 'changes nothing'),
})

const host = z.strictObject({ host: z.string().min(1).max(255) })

export const aggregateAction = z.union([
  z.strictObject({ add_host: host }),
  z.strictObject({ remove_host: host }),
  z.strictObject({
    set_metadata: z.strictObject({
      metadata: z.record(
        z
          .string()
          .min(1)
          .max(255)
          .regex(/^[a-zA-Z0-9\-_:. ]+$/),
        z.string().max(255).nullable(),
      ),
    }),
  }),
])

/** An aggregate with the names of its hosts. */
export function aggregateBody(
  row: Pick<AggregateView, 'id' | 'number' | 'name' | 'metadata' | 'createdAt' | 'updatedAt'>,
  hosts: readonly Pick<Host, 'name'>[] | undefined,
  version: number,
): object {
  return {
    id: row.number,
    name: row.name,
    availability_zone: row.metadata[zoneKey] ?? null,
    created_at: microTime(row.createdAt),
    updated_at: row.updatedAt === row.createdAt ? null : microTime(row.updatedAt),
    deleted: false,
    deleted_at: null,
    ...(hosts && { hosts: hosts.map((one) => one.name), metadata: row.metadata }),
    ...(version >= 41 && { uuid: row.id }),
  }
}
