import { Writes } from '../../commit/writes.ts'
import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import { messageKind, type MessageResource } from '../../model/block/message.ts'
import type { Reconciler } from '../../work/reconciler.ts'

/** What became of something, and why. */
export interface Notice {
  readonly projectId: string
  readonly resourceType: MessageResource
  readonly resourceId: string
  readonly requestId: string
  readonly event: string
  readonly text: string
}

/** How long a message is kept: 30 days, as in Cinder. */
const messageMs = 30 * 86_400_000

/** Tells a project's users why something failed, in the commit that ends it. */
export function planMessage(kernel: Kernel, writes: Writes, notice: Notice): void {
  const at = kernel.clock.now()
  const text = notice.text.slice(0, limits.messageLength)
  writes.insert(messageKind, {
    id: kernel.ids.next(),
    ...notice,
    text,
    createdAt: at,
    expiresAt: at + messageMs,
  })
}

/** Forgets old messages, a page in each round. */
export function oldMessages(kernel: Kernel): Reconciler {
  return {
    name: 'volume-messages',
    run: async () => {
      const rows = await kernel.store.query(messageKind, {
        index: 'byExpiry',
        to: kernel.clock.now(),
        limit: limits.pageRows,
      })
      if (rows.length > 0) await kernel.committer.commit(new Writes().remove(messageKind, ...rows))
    },
  }
}
