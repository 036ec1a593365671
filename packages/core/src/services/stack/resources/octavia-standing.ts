import type { JsonMap } from '../../../model/stack/json.ts'
import type { Result } from './result.ts'

/** How a part of a load balancer stands: pending until what was asked is in force. */
export function balancerStanding(
  part: { readonly id: string; readonly provisioningStatus: string },
  attributes: JsonMap = {},
): Result {
  const { id, provisioningStatus } = part
  if (provisioningStatus === 'ERROR') {
    return { state: 'failed', reason: 'It could not be brought about.', physicalId: id }
  }
  const isPending = provisioningStatus.startsWith('PENDING')
  return { state: isPending ? 'pending' : 'done', physicalId: id, attributes }
}
