import type { Share, ShareSnapshot } from '@nephos/core'
import { moment, named } from './share.ts'

/** A snapshot of a share, which tells of the share as well. */
export function snapshotBody(
  snapshot: ShareSnapshot,
  share: Pick<Share, 'protocol' | 'sizeGb'> | undefined,
  url: (path: string) => string,
): Readonly<Record<string, unknown>> {
  return {
    id: snapshot.id,
    name: named(snapshot.name),
    description: null,
    share_id: snapshot.shareId,
    share_size: snapshot.sizeGb,
    share_proto: share?.protocol ?? null,
    size: snapshot.sizeGb,
    status: snapshot.status,
    project_id: snapshot.projectId,
    created_at: moment(snapshot.createdAt),
    links: [
      { rel: 'self', href: url(`/snapshots/${snapshot.id}`) },
      { rel: 'bookmark', href: url(`/snapshots/${snapshot.id}`) },
    ],
  }
}
