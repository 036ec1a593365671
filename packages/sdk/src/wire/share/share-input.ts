import { CloudError, shareProtocols } from '@nephos/core'
import { z } from 'zod'
import { HttpError } from '../../http/faults.ts'
import { shareType, shareZone } from './share.ts'

const text = z.string().max(255).nullish()
const metadata = z.record(z.string().min(1).max(255), z.string().max(255))

/** Gigabytes: clients send numbers as texts, too. */
const size = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,9}$/, 'is no whole number')
    .transform(Number),
])

export const metadataBody = z.strictObject({ metadata })

/** Body of a creation. */
export const shareCreateBody = z.strictObject({
  share: z.strictObject({
    share_proto: z.string().max(32),
    size: size.nullish(),
    name: text,
    display_name: text,
    description: text,
    display_description: text,
    share_type: text,
    volume_type: text,
    snapshot_id: text,
    is_public: z.boolean().nullish(),
    share_group_id: text,
    share_network_id: text,
    availability_zone: text,
    metadata: metadata.nullish(),
    scheduler_hints: z.record(z.string(), z.unknown()).nullish(),
  }),
})
type ShareCreate = z.output<typeof shareCreateBody>['share']

export const shareUpdateBody = z.strictObject({
  share: z.strictObject({
    name: text,
    display_name: text,
    description: text,
    display_description: text,
    is_public: z.boolean().nullish(),
  }),
})
type ShareUpdate = z.output<typeof shareUpdateBody>['share']

export interface NewShare {
  readonly name: string
  readonly description: string
  readonly protocol: (typeof shareProtocols)[number]
  readonly sizeGb: number | undefined
  readonly snapshotId: string | null
  readonly metadata: Record<string, string>
}

/** @throws CloudError `invalid`; HttpError 404 for types, networks, groups that there are not. */
export function newShare(share: ShareCreate): NewShare {
  const protocol = shareProtocols.find((one) => one === share.share_proto.toUpperCase())
  if (!protocol) {
    throw new CloudError('invalid', `share_proto: is none of ${shareProtocols.join(', ')}.`, {
      field: 'share_proto',
    })
  }
  const type = share.share_type ?? share.volume_type
  if (type && type !== shareType.id && type !== shareType.name) {
    throw new HttpError(404, `Share type ${type} could not be found.`, { field: 'share_type' })
  }
  for (const field of ['share_network_id', 'share_group_id'] as const) {
    if (share[field]) throw new HttpError(404, `${field}: ${share[field]} is not there.`, { field })
  }
  if (share.availability_zone && share.availability_zone !== shareZone) {
    throw new HttpError(404, `Availability zone ${share.availability_zone} is not there.`, {
      field: 'availability_zone',
    })
  }
  requirePrivate(share)
  return {
    ...shareText(share),
    name: share.name ?? share.display_name ?? '',
    description: share.description ?? share.display_description ?? '',
    protocol,
    sizeGb: share.size ?? undefined,
    snapshotId: share.snapshot_id ?? null,
    metadata: share.metadata ?? {},
  }
}

/** What a share is called from now on; only what is said. */
export function shareText(share: ShareUpdate): { name?: string; description?: string } {
  const { name = share.display_name, description = share.display_description } = share
  return {
    ...(name !== undefined && { name: name ?? '' }),
    ...(description !== undefined && { description: description ?? '' }),
  }
}

/** @throws HttpError 403: shares of one project are no other's here. */
export function requirePrivate({ is_public: isPublic }: Pick<ShareUpdate, 'is_public'>): void {
  if (isPublic !== true) return
  throw new HttpError(403, 'Shares are not made public here.', { field: 'is_public' })
}

export const snapshotCreateBody = z.strictObject({
  snapshot: z.strictObject({
    share_id: z.string().min(1).max(255),
    force: z.union([z.boolean(), z.string()]).nullish(),
    name: text,
    display_name: text,
    description: text,
    display_description: text,
    metadata: metadata.nullish(),
  }),
})

/** The one action that a body names, without the prefix of old versions, and what it is told. */
export function actionOf(body: Readonly<Record<string, unknown>>): {
  readonly name: string
  readonly input: unknown
} {
  const [[key, input] = ['', undefined], ...more] = Object.entries(body)
  if (key === '' || more.length > 0) {
    throw new CloudError('invalid', 'The body names one action.', { field: 'body' })
  }
  return { name: key.replace(/^os-/, ''), input }
}

export const resizeInput = z.strictObject({ new_size: size })
