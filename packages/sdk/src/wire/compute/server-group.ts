import type { ServerGroup } from '@nephos/core'
import { z } from 'zod'

const policies = ['anti-affinity', 'affinity', 'soft-anti-affinity', 'soft-affinity'] as const
const name = z
  .string()
  .min(1)
  .max(255)
  .regex(/^(?!\s)(?:[^\p{Cc}]*[^\s\p{Cc}])?$/u)

/** https://docs.openstack.org/api-ref/compute/#server-groups-os-server-groups */
export const serverGroupNew = z.strictObject({
  server_group: z.strictObject({
    name,
    policies: z.array(z.enum(policies)).length(1).optional(),
    policy: z.enum(policies).optional(),
    rules: z
      .strictObject({
        max_server_per_host: z
          .union([z.int(), z.string().regex(/^\d{1,9}$/)])
          .transform(Number)
          .pipe(z.int().min(1))
          .optional(),
      })
      .optional(),
  }),
})

/** A group with its members. */
export function serverGroupBody(
  group: ServerGroup,
  members: readonly string[],
  version: number,
): object {
  const isBounded = group.policy === 'anti-affinity' && group.maxServerPerHost > 1
  return {
    id: group.id,
    name: group.name,
    members,
    ...(version >= 64
      ? {
          policy: group.policy,
          rules: isBounded ? { max_server_per_host: group.maxServerPerHost } : {},
        }
      : { policies: [group.policy], metadata: {} }),
    ...(version >= 13 && { project_id: group.projectId, user_id: group.userId ?? '' }),
  }
}
