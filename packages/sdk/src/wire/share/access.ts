import { type ShareAccess, shareAccessTypes } from '@nephos/core'
import { z } from 'zod'
import { moment } from './share.ts'

/** Who may mount a share. */
export function accessBody(rule: ShareAccess, version: number): Readonly<Record<string, unknown>> {
  const isQueued = rule.state === 'queued_to_apply' || rule.state === 'queued_to_deny'
  return {
    id: rule.id,
    share_id: rule.shareId,
    access_type: rule.type,
    access_to: rule.to,
    access_level: rule.level,
    // Before 2.28 there is one word for what is under way.
    state: version < 28 && isQueued ? 'new' : rule.state,
    ...(version >= 21 && { access_key: null }),
    ...(version >= 33 && { created_at: moment(rule.createdAt), updated_at: null }),
    ...(version >= 45 && { metadata: {} }),
  }
}

/** What `allow_access` brings. */
export const accessInput = z.strictObject({
  access_type: z.enum(shareAccessTypes),
  access_to: z.string().min(1).max(255),
  access_level: z.enum(['rw', 'ro']).nullish(),
  metadata: z.strictObject({}).nullish(),
})
