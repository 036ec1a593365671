import {
  attachmentList,
  type AttachmentView,
  isCloudError,
  volumeTypeGet,
  volumeTypeList,
  type VolumeView,
} from '@nephos/core'
import { type VolumeContext } from '../../wire/volume/volume.ts'
import type { Exchange } from '../exchange.ts'
import { linksOf, seer } from './common.ts'

/** Operations that showing volumes invokes. */
export const viewOperations = [attachmentList, volumeTypeGet, volumeTypeList] as const

/** What is shown of volumes besides their rows: two reads, whatever their number. */
export async function volumeContexts(
  x: Exchange<unknown, unknown>,
  volumes: readonly VolumeView[],
): Promise<(volume: VolumeView) => VolumeContext> {
  const [names, attachments] = await Promise.all([
    typeNames(
      x,
      volumes.flatMap(({ typeId }) => typeId ?? []),
    ),
    attachmentsOf(x, volumes),
  ])
  return (volume) => ({
    links: linksOf(x, 'volumes', volume.id),
    version: x.version,
    typeName: volume.typeId === null ? null : (names.get(volume.typeId) ?? null),
    attachments: attachments.get(volume.id) ?? [],
    isAdmin: x.operator !== undefined,
  })
}

/** Names of types by their ids; one that the caller does not see has none. */
export async function typeNames(
  x: Exchange<unknown, unknown>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const [one, ...more] = new Set(ids)
  if (one === undefined) return new Map()
  if (more.length === 0) {
    try {
      const { name } = await x.invokeAs(seer(x), volumeTypeGet, { id: one })
      return new Map([[one, name]])
    } catch (error) {
      if (isCloudError(error) && error.code === 'notFound') return new Map()
      throw error
    }
  }
  const types = await x.invokeAs(seer(x), volumeTypeList, {})
  return new Map(types.map(({ id, name }) => [id, name]))
}

async function attachmentsOf(
  x: Exchange<unknown, unknown>,
  volumes: readonly VolumeView[],
): Promise<ReadonlyMap<string, readonly AttachmentView[]>> {
  const volumeIds = volumes.filter(({ attachments }) => attachments.length > 0).map(({ id }) => id)
  const found = new Map<string, AttachmentView[]>()
  if (volumeIds.length === 0) return found
  for (const row of await x.invokeAs(seer(x), attachmentList, { volumeIds })) {
    if (row.status !== 'attached' && row.status !== 'detaching') continue
    found.set(row.volumeId, [...(found.get(row.volumeId) ?? []), row])
  }
  return found
}
