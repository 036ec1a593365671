import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Writes } from '../../commit/writes.ts'
import { type Share, type ShareChildren, shareKind } from '../../model/share/share.ts'
import {
  type ShareEvent,
  type ShareStatus,
  shareTransition,
} from '../../model/share/share-state.ts'
import { planWork } from '../../work/plan.ts'
import type { Call } from '../call.ts'

/** Input of the `share.converge` workflow: what was asked for as of this generation. */
export interface ShareInput {
  readonly shareId: string
  readonly generation: number
}

export const shareProgram = { name: 'share.converge', steps: [{ name: 'apply' }] } as const

/** What a share counts against its project's quotas: the larger of what it is and shall be. */
export function shareUsage(share: Pick<Share, 'sizeGb' | 'targetGb'>): {
  shares: number
  shareGigabytes: number
} {
  return { shares: 1, shareGigabytes: Math.max(share.sizeGb, share.targetGb ?? 0) }
}

/** Of those that hang on a share, after one more was made. */
export function oneMore(share: Share, children: ShareChildren, field: string): ShareChildren {
  if (children.count < limits.shareChildren) {
    return { count: children.count + 1, askedAt: share.generation + 1 }
  }
  throw new CloudError('quotaExceeded', 'The share has too many of them.', {
    field,
    limit: limits.shareChildren,
  })
}

/** @throws CloudError `conflict` naming the status that refuses the event. */
export function nextShareStatus(share: Share, event: ShareEvent): ShareStatus {
  const status = shareTransition(share.status, event)
  if (status !== null) return status
  throw new CloudError('conflict', `A share that is ${share.status} cannot ${event}.`, {
    field: 'id',
    detail: { status: share.status },
  })
}

/** @throws CloudError `conflict` unless the share is there and nothing is being done to it. */
export function requireAvailable(share: Share): void {
  if (share.status === 'available') return
  throw new CloudError('conflict', `The share is ${share.status}, not available.`, {
    field: 'shareId',
    detail: { status: share.status },
  })
}

/**
 * Writes a change of a share under a new generation, which fences off what was ordered before, and
 * the work that tells the storage.
 */
export function planShareChange(
  call: Call,
  writes: Writes,
  share: Share,
  changes: Partial<Share> = {},
): Share {
  const generation = share.generation + 1
  const changed: Share = {
    ...share,
    ...changes,
    ...(changes.status !== undefined && { askedAt: generation }),
    generation,
    updatedAt: call.kernel.clock.now(),
  }
  writes.update(shareKind, changed)
  planShareWork(call, writes, changed)
  return { ...changed, rev: share.rev + 1 }
}

export function planShareWork(
  call: Call,
  writes: Writes,
  { id, generation }: Pick<Share, 'id' | 'generation'>,
): void {
  const { ids, clock, settings } = call.kernel
  const at = clock.now()
  const input: ShareInput = { shareId: id, generation }
  const deadline = at + settings.buildDeadlineMs
  planWork(writes, ids, shareProgram, { input, at, deadline, requestId: call.requestId })
}
