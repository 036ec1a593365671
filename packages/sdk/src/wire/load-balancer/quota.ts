import type { quotaDefaults } from '@nephos/core'
import { z } from 'zod'
import type { Body } from './common.ts'

type Limits = Awaited<ReturnType<(typeof quotaDefaults)['run']>>
type QuotaName = keyof Limits

/** By the names that requests use: the limits that they are of. */
const names = {
  loadbalancer: 'loadBalancers',
  load_balancer: 'loadBalancers',
  listener: 'listeners',
  pool: 'pools',
  member: 'members',
  healthmonitor: 'healthMonitors',
  health_monitor: 'healthMonitors',
  l7policy: 'l7Policies',
} as const satisfies Readonly<Record<string, QuotaName>>

/** Limits (https://docs.openstack.org/api-ref/load-balancer/v2/#show-project-quota). */
export function quotaBody(limits: Limits): Body {
  const entries = Object.entries(names).map(([name, own]) => [name, limits[own]])
  return Object.fromEntries(entries) as Body
}

const limit = z.int().min(-1).nullish()

/** https://docs.openstack.org/api-ref/load-balancer/v2/#update-a-quota */
export const quotaUpdateBody = z.strictObject({
  quota: z.strictObject({
    loadbalancer: limit,
    load_balancer: limit,
    listener: limit,
    pool: limit,
    member: limit,
    healthmonitor: limit,
    health_monitor: limit,
    l7policy: limit,
  }),
})

/** The limits that a request names; null stands for the default. */
export function quotaInput(
  { quota }: z.infer<typeof quotaUpdateBody>,
  defaults: Limits,
): Partial<Record<QuotaName, number>> {
  const limits: Partial<Record<QuotaName, number>> = {}
  for (const [name, own] of Object.entries(names)) {
    const value = quota[name as keyof typeof names]
    if (value !== undefined) limits[own] = value ?? defaults[own]
  }
  return limits
}

/** Every limit at its default. */
export function defaultQuotas(defaults: Limits): Partial<Record<QuotaName, number>> {
  return Object.fromEntries(Object.values(names).map((name) => [name, defaults[name]]))
}
