import { stackCancel, stackCheck, stackGet, stackResume, stackSuspend } from '@nephos/core'
import { z } from 'zod'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { nothing } from '../reply.ts'
import { stackOf } from './stack-of.ts'

const actionNames = [
  'suspend',
  'resume',
  'check',
  'cancel_update',
  'cancel_without_rollback',
] as const

const body = z
  .partialRecord(z.enum(actionNames), z.unknown())
  .refine((given) => Object.keys(given).length === 1, { message: 'One action must be named.' })

/** https://docs.openstack.org/api-ref/orchestration/v1/#stack-actions */
export const actions: readonly EndpointRow[] = [
  endpoint({
    id: 'orchestration.actions.run',
    method: 'POST',
    path: '/stacks/{stack_name}/{stack_id}/actions',
    summary: 'Suspends, resumes or checks a stack, or gives up what is under way on it.',
    access: 'token',
    operations: [stackGet, stackSuspend, stackResume, stackCheck, stackCancel],
    body,
    status: 200,
    async run(x) {
      const { id } = await stackOf(x)
      const [name] = Object.keys(x.body)
      if (name === 'suspend') await x.invoke(stackSuspend, { id })
      else if (name === 'resume') await x.invoke(stackResume, { id })
      else if (name === 'check') await x.invoke(stackCheck, { id })
      else await x.invoke(stackCancel, { id, rollback: name === 'cancel_update' })
      return nothing
    },
  }),
]
