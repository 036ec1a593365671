import type { Flavor } from '@nephos/core'
import { z } from 'zod'
import { links } from './server.ts'

/** What a body depends on besides its flavor. */
export interface FlavorShape {
  readonly version: number
  readonly url: (path: string) => string
  readonly bookmark: (path: string) => string
}

const whole = (min: number, max: number) =>
  z
    .union([z.int().min(min).max(max), z.string().regex(/^\d{1,10}$/)])
    .transform(Number)
    .pipe(z.int().min(min).max(max))

const name = z
  .string()
  .min(1)
  .max(255)
  .regex(/^(?!\s)(?:[^\p{Cc}]*[^\s\p{Cc}])?$/u)

/** https://docs.openstack.org/api-ref/compute/#create-flavor */
export const flavorNew = z.strictObject({
  flavor: z.strictObject({
    name,
    id: z
      .union([
        z.int().min(0),
        z
          .string()
          .min(1)
          .max(255)
          .regex(/^[a-zA-Z0-9. _-]*$/),
      ])
      .nullish(),
    ram: whole(1, 2 ** 31 - 1),
    vcpus: whole(1, 2 ** 31 - 1),
    disk: whole(0, 2 ** 31 - 1),
    'OS-FLV-EXT-DATA:ephemeral': whole(0, 2 ** 31 - 1).optional(),
    swap: whole(0, 2 ** 31 - 1).optional(),
    rxtx_factor: z
      .union([
        z.number(),
        z
          .string()
          .regex(/^\d+(\.\d+)?$/)
          .transform(Number),
      ])
      .pipe(z.number().positive().max(3.40282e38))
      .optional(),
    'os-flavor-access:is_public': z
      .union([z.boolean(), z.enum(['true', 'True', 'false', 'False'])])
      .transform((value) => String(value).toLowerCase() === 'true')
      .optional(),
    description: z.string().max(65_535).nullish(),
  }),
})

export const flavorChange = z.strictObject({
  flavor: z.strictObject({ description: z.string().max(65_535).nullable() }),
})

const specKey = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[a-zA-Z0-9\-_:. ]{1,255}$/)
const specValue = z.union([z.string().max(255), z.number()]).transform(String)

export const extraSpecsNew = z.strictObject({ extra_specs: z.record(specKey, specValue) })

/** One spec, by its key. */
export const extraSpecChange = z
  .record(specKey, specValue)
  .refine((specs) => Object.keys(specs).length === 1, 'names not exactly one key')

export const accessChange = z.union([
  z.strictObject({ addTenantAccess: z.strictObject({ tenant: z.string().min(1).max(255) }) }),
  z.strictObject({ removeTenantAccess: z.strictObject({ tenant: z.string().min(1).max(255) }) }),
])

/** A flavor in a list without details. */
export function flavorSummary(flavor: Flavor, shape: FlavorShape): object {
  return {
    id: flavor.id,
    name: flavor.name,
    links: links('flavors', flavor.id, shape),
    ...(shape.version >= 55 && { description: flavor.description || null }),
  }
}

/** A flavor as `GET /flavors/{id}` shows it in this version. */
export function flavorBody(flavor: Flavor, shape: FlavorShape): object {
  const { version } = shape
  const noSwap = version >= 75 ? 0 : ''
  return {
    id: flavor.id,
    name: flavor.name,
    ram: flavor.ramMb,
    vcpus: flavor.vcpus,
    disk: flavor.diskGb,
    swap: flavor.swapMb === 0 ? noSwap : flavor.swapMb,
    'OS-FLV-EXT-DATA:ephemeral': flavor.ephemeralGb,
    'OS-FLV-DISABLED:disabled': false,
    'os-flavor-access:is_public': flavor.isPublic,
    rxtx_factor: flavor.rxtxFactor ?? 1,
    links: links('flavors', flavor.id, shape),
    ...(version >= 55 && { description: flavor.description || null }),
    ...(version >= 61 && { extra_specs: flavor.extraSpecs }),
  }
}
