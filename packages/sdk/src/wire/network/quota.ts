import type { QuotaView } from '@nephos/core'
import { z } from 'zod'
import { type Body, envelope, whole } from './fields.ts'

/** Quotas of the network service, by their names on the wire. */
const names = {
  network: 'networks',
  subnet: 'subnets',
  port: 'ports',
  router: 'routers',
  floatingip: 'floatingIps',
  security_group: 'securityGroups',
  security_group_rule: 'securityGroupRules',
  address_group: 'addressGroups',
  subnetpool: 'subnetPools',
  rbac_policy: 'rbacPolicies',
} as const

type WireName = keyof typeof names
type Name = (typeof names)[WireName]

const wireNames = Object.keys(names) as WireName[]
/** Of a column of 32 bits, as with Neutron; −1 is no limit. */
const limit = whole.pipe(z.int().min(-1).max(2_147_483_647)).optional()

export const quotaBody = envelope(
  'quota',
  z.strictObject({
    ...(Object.fromEntries(wireNames.map((name) => [name, limit])) as Record<
      WireName,
      typeof limit
    >),
    tenant_id: z.string().optional(),
    project_id: z.string().optional(),
  }),
)

/** What the wire calls a quota of the network service. */
export function quotaWireName(field: string | undefined): string | undefined {
  return wireNames.find((name) => names[name] === field)
}

/** Limits that a body names. */
export function quotaLimits(body: z.infer<typeof quotaBody>): { readonly [key in Name]?: number } {
  const given = wireNames.flatMap((name) => {
    const value = body[name]
    return value === undefined ? [] : [[names[name], value]]
  })
  return Object.fromEntries(given) as { [key in Name]?: number }
}

/** Limits by their names on the wire. */
export function quotaLimitsBody(limits: Readonly<Record<Name, number>>): Body {
  return Object.fromEntries(wireNames.map((name) => [name, limits[names[name]]]))
}

/** The limits of a project. */
export function quotaShownBody({ quotas }: QuotaView): Body {
  return Object.fromEntries(wireNames.map((name) => [name, quotas[names[name]].limit]))
}

/** The limits of a project with what of them is used. */
export function quotaDetailsBody({ quotas }: QuotaView): Body {
  return Object.fromEntries(
    wireNames.map((name) => {
      const { limit: most, used } = quotas[names[name]]
      return [name, { limit: most, used, reserved: 0 }]
    }),
  )
}
