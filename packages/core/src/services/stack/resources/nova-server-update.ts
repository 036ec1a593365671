import { canonicalJson } from '../../../base/canonical.ts'
import { type Server, serverKind } from '../../../model/compute/server.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import { serverRebuild } from '../../compute/server-rebuild.ts'
import {
  serverReplaceMetadata,
  serverReplaceTags,
  serverUpdate,
} from '../../compute/server-metadata.ts'
import { serverConfirmResize, serverResize } from '../../compute/server-resize-op.ts'
import { each } from './each.ts'
import { Finder } from './found.ts'
import { moveInterfaces } from './nova-server-networks.ts'
import { serverName, stringMap } from './nova-server-create.ts'
import { mapOf, textOf, textsOf } from './property.ts'
import type { Result } from './result.ts'
import type { ResourceWork, Verb } from './type.ts'

/** Changes a server where it stands: its labels, image (a rebuild) and flavor (a resize). */
export const updateServer: Verb = each(async (work, row) => {
  const [server] = await work.kernel.store.get(serverKind, [row.physicalId ?? ''])
  if (server?.projectId !== work.stack.projectId) {
    return { state: 'failed', reason: 'The server is not there.' }
  }
  const target = row.target as JsonMap
  const { id } = server
  const name = serverName(work, row)
  if (name !== server.name) await work.call(serverUpdate, { id, name }, work.keyOf(row, 'name'))
  const metadata = stringMap(mapOf(target, 'metadata') ?? {})
  if (canonicalJson(metadata) !== canonicalJson(server.metadata)) {
    await work.call(serverReplaceMetadata, { id, metadata }, work.keyOf(row, 'metadata'))
  }
  const tags = textsOf(target, 'tags') ?? []
  if (canonicalJson(tags) !== canonicalJson(server.tags)) {
    await work.call(serverReplaceTags, { id, tags }, work.keyOf(row, 'tags'))
  }
  return { state: 'pending' }
})

/**
 * The next action that brings a server to its target; undefined when it is there. It is at rest
 * now, and asked again whenever it is.
 */
export async function pollServer(
  work: ResourceWork,
  row: StackResource,
  server: Server,
): Promise<Result | undefined> {
  const target = row.target as JsonMap
  const { id } = server
  if (server.vmState === 'resized') {
    await work.call(serverConfirmResize, { id }, work.keyOf(row, 'confirm'))
    return { state: 'pending' }
  }
  const finder = new Finder(work)
  const flavorId = await finder.flavor(textOf(target, 'flavor') as string)
  if (flavorId !== server.flavor.id) {
    await work.call(serverResize, { id, flavorId }, work.keyOf(row, 'resize'))
    return { state: 'pending' }
  }
  if (await moveInterfaces(work, finder, row, server)) return { state: 'pending' }
  const image = textOf(target, 'image')
  const imageId = image === undefined ? undefined : await finder.image(image)
  if (imageId !== undefined && imageId !== server.imageId) {
    await work.call(serverRebuild, { ids: [id], imageId }, work.keyOf(row, 'rebuild'))
    return { state: 'pending' }
  }
  return undefined
}
