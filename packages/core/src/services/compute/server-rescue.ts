import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { imageKind } from '../../model/image/image.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { Call } from '../call.ts'
import { fetchOwned } from '../fetch.ts'
import { idField, idsField } from '../fields.ts'
import { requireUsableImage } from '../image/usable.ts'
import { defineOperation } from '../operation.ts'
import { type ActionAnswer, beginAction, commitActions, powerAction } from './server-actions.ts'
import { leastRoom } from './server-rebuild.ts'

type RescueInput = { ids: string[]; imageId?: string | undefined }

/**
 * Starts servers from a rescue image, with their own disks untouched, so that what keeps them from
 * starting can be mended. Without an image each starts from the one it was made from.
 *
 * @throws CloudError `conflict` when an image is not active, or a server boots from a volume and no
 *   image is named; `notFound` for the image.
 */
export const serverRescue = defineOperation({
  id: 'compute.server.rescue',
  summary: 'Starts servers from a rescue image, beside their own disks.',
  policy: { scope: 'any', role: 'member' },
  input: z.strictObject({ ids: idsField, imageId: idField.optional() }),
  mutates: true,
  run: async (call: Call, input: RescueInput): Promise<ActionAnswer> => {
    const servers = await fetchOwned(call, serverKind, input.ids, 'ids')
    const { imageId } = input
    if (imageId === undefined) await requireOwnImages(call, servers)
    else await requireUsableImage(call, imageId, leastRoom(servers))
    const rows = servers.map((server) => {
      const rescueImageId = imageId ?? (server.imageId as string)
      return beginAction(call, server, 'rescue', { desired: { power: 'running', rescueImageId } })
    })
    return commitActions(call, rows)
  },
})

export const serverUnrescue = powerAction(
  'unrescue',
  'unrescue',
  'Starts rescued servers from their own disks again.',
  () => ({ power: 'running' }),
)

/** Whoever runs from an image may see it; but it must be there still. One statement. */
async function requireOwnImages(call: Call, servers: readonly Server[]): Promise<void> {
  const ids = new Set<string>()
  for (const { id, imageId } of servers) {
    if (imageId === null) {
      throw new CloudError('conflict', 'A server that boots from a volume needs a rescue image.', {
        field: 'imageId',
        detail: { id },
      })
    }
    ids.add(imageId)
  }
  const images = await call.kernel.store.get(imageKind, [...ids])
  if (images.every((image) => image?.status === 'active')) return
  throw new CloudError('conflict', 'The image of a server is not active: name another.', {
    field: 'imageId',
  })
}
