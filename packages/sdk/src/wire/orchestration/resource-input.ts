import { z } from 'zod'

const text = z.string()

/** https://docs.openstack.org/api-ref/orchestration/v1/#mark-a-resource-as-unhealthy */
export const markBody = z.strictObject({
  mark_unhealthy: z.boolean(),
  resource_status_reason: text.nullish(),
})

const hooks = ['pre-create', 'pre-update', 'pre-delete', 'post-create', 'post-update'] as const

/**
 * What a resource is told
 * (https://docs.openstack.org/api-ref/orchestration/v1/#send-a-signal-to-a-resource): that a hook
 * is lifted, or what its type understands.
 */
export const signalBody = z
  .object({
    unset_hook: z.enum(hooks).optional(),
    status: z.enum(['SUCCESS', 'FAILURE']).optional(),
    reason: text.nullish(),
    id: z.union([text, z.number()]).nullish(),
    data: z.unknown().optional(),
  })
  .nullish()

/** A signal as the service takes it. */
interface SignalInput {
  readonly unsetHook?: (typeof hooks)[number]
  readonly status?: 'SUCCESS' | 'FAILURE'
  readonly reason?: string
  readonly signalId?: string
  readonly data?: string
}

export function signalInput(body: z.infer<typeof signalBody>): SignalInput {
  const { unset_hook: unsetHook, status, reason, id, data } = body ?? {}
  const said =
    typeof data === 'string' || data === undefined || data === null ? data : JSON.stringify(data)
  return {
    ...(unsetHook && { unsetHook }),
    ...(status && { status }),
    ...(typeof reason === 'string' && { reason }),
    ...(id !== null && id !== undefined && { signalId: String(id) }),
    ...(typeof said === 'string' && { data: said }),
  }
}
