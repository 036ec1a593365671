import type { Host } from '@nephos/core'
import { z } from 'zod'
import { microTime } from './time.ts'

/** The service that a host stands for. */
export const computeBinary = 'nova-compute'

/** https://docs.openstack.org/api-ref/compute/#compute-services-os-services */
export function serviceBody(host: Host, version: number): Record<string, unknown> {
  return {
    id: version >= 53 ? host.id : (host.number ?? 0),
    binary: computeBinary,
    host: host.name,
    zone: host.zone,
    status: host.enabled ? 'enabled' : 'disabled',
    state: host.forcedDown ? 'down' : 'up',
    updated_at: microTime(host.updatedAt),
    disabled_reason: host.disabledReason,
    ...(version >= 11 && { forced_down: host.forcedDown === true }),
  }
}

const named = { host: z.string().min(1).max(255), binary: z.string().min(1).max(255) }

/** Bodies of 2.1 to 2.52. */
export const serviceNamed = z.strictObject(named)
export const serviceReason = z.strictObject({
  ...named,
  disabled_reason: z.string().min(1).max(255),
})

export const serviceForcedDown = z.strictObject({ ...named, forced_down: z.boolean() })

/** The body since 2.53. */
export const serviceChange = z
  .strictObject({
    status: z.enum(['enabled', 'disabled']).optional(),
    disabled_reason: z.string().min(1).max(255).optional(),
    forced_down: z.boolean().optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'changes nothing')

const enabling = z.enum(['enable', 'disable'])

/** Of old, one of the two, in whatever case. */
export const hostChange = z
  .strictObject({
    status: z
      .string()
      .transform((text) => text.trim().toLowerCase())
      .pipe(enabling)
      .optional(),
    maintenance_mode: z
      .string()
      .transform((text) => text.trim().toLowerCase())
      .pipe(enabling)
      .optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), {
    message: 'names neither status nor maintenance_mode',
  })
