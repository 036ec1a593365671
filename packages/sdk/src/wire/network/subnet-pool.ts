import type { SubnetPool } from '@nephos/core'
import { z } from 'zod'
import { type Body, envelope, isLent, ownerFields, standardBody, truth, whole } from './fields.ts'

const text = z.string()

const changeable = {
  name: text.optional(),
  description: text.optional(),
  prefixes: z.array(text).optional(),
  min_prefixlen: whole.optional(),
  max_prefixlen: whole.optional(),
  default_prefixlen: whole.optional(),
  default_quota: whole.nullable().optional(),
  is_default: truth.optional(),
  // Pools of this cloud are in no address scope.
  address_scope_id: z.null().optional(),
}

const create = z.strictObject({
  ...changeable,
  ...ownerFields,
  name: text,
  prefixes: z.array(text),
  shared: truth.optional(),
  tags: z.array(text).optional(),
})

export const poolCreateBody = envelope('subnetpool', create)
export const poolUpdateBody = envelope('subnetpool', z.strictObject(changeable))
export const prefixesBody = z.strictObject({ prefixes: z.array(text) })

/** Fields of the operations that a body gives. */
export function poolFields(body: z.infer<z.ZodObject<typeof changeable>>): {
  readonly [key in 'description']: string | undefined
} & {
  readonly [key in 'minPrefix' | 'maxPrefix' | 'defaultPrefix']: number | undefined
} & { readonly defaultQuota: number | null | undefined; readonly isDefault: boolean | undefined } {
  return {
    description: body.description,
    minPrefix: body.min_prefixlen,
    maxPrefix: body.max_prefixlen,
    defaultPrefix: body.default_prefixlen,
    defaultQuota: body.default_quota,
    isDefault: body.is_default,
  }
}

/**
 * A subnet pool
 * (https://docs.openstack.org/api-ref/network/v2/#subnet-pools-extension-subnetpools).
 */
export function poolBody(row: SubnetPool, viewer: string | null): Body {
  return {
    ...standardBody(row),
    name: row.name,
    prefixes: row.prefixes,
    ip_version: row.version,
    // Texts, as Neutron writes them.
    min_prefixlen: String(row.minPrefix),
    max_prefixlen: String(row.maxPrefix),
    default_prefixlen: String(row.defaultPrefix),
    default_quota: row.defaultQuota,
    shared: isLent(row, viewer),
    is_default: row.defaultOf !== null,
    address_scope_id: null,
    tags: row.tags,
  }
}
