import type { ImageView } from '@nephos/core'
import { type Body, links, type ServerShape } from './server.ts'
import { secondTime } from './time.ts'

type Links = Pick<ServerShape, 'url' | 'bookmark'>

/** Nova's words for the statuses of images; others are UNKNOWN. */
const statuses: Readonly<Record<string, string>> = {
  queued: 'SAVING',
  saving: 'SAVING',
  uploading: 'SAVING',
  importing: 'SAVING',
  active: 'ACTIVE',
  killed: 'ERROR',
  deleted: 'DELETED',
  pending_delete: 'DELETED',
}

const progress: Readonly<Record<string, number>> = { queued: 25, saving: 50, active: 100 }

export function imageStatus({ status }: ImageView): string {
  return statuses[status] ?? 'UNKNOWN'
}

/** The server that an image was made of, if it was. */
export function imageServer({ properties }: ImageView): string | undefined {
  return properties['instance_uuid']
}

/** An image in a list without details. */
export function imageSummary(image: ImageView, shape: Links): Body {
  return { id: image.id, name: image.name, links: imageLinks(image.id, shape) }
}

/** An image as Nova told of it before clients asked Glance themselves. */
export function imageBody(image: ImageView, shape: Links): Body {
  const serverId = imageServer(image)
  return {
    ...imageSummary(image, shape),
    status: imageStatus(image),
    created: secondTime(image.createdAt),
    updated: secondTime(image.updatedAt),
    minDisk: image.minDiskGb,
    minRam: image.minRamMb,
    progress: progress[image.status] ?? 0,
    metadata: image.properties,
    'OS-EXT-IMG-SIZE:size': image.size,
    ...(serverId !== undefined && {
      server: { id: serverId, links: links('servers', serverId, shape) },
    }),
  }
}

function imageLinks(id: string, shape: Links): readonly Body[] {
  const href = shape.bookmark(`/images/${id}`)
  const type = 'application/vnd.openstack.image'
  return [...links('images', id, shape), { rel: 'alternate', type, href }]
}
