import { encodeBase64 } from '../../../base/base64.ts'
import { limits } from '../../../base/limits.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import { softwareConfigKind } from '../../../model/stack/software.ts'
import { serverKind } from '../../../model/compute/server.ts'
import { serverCreate } from '../../compute/server-create.ts'
import { attempt } from './each.ts'
import { Finder } from './found.ts'
import { wantedInterfaces } from './nova-server-networks.ts'
import { flagOf, listOf, mapOf, numberOf, present, textOf, textsOf } from './property.ts'
import type { Result } from './result.ts'
import type { ResourceWork } from './type.ts'

/**
 * Makes servers: those that share a key are one request, which is one decision, whatever their
 * number.
 */
export async function createServers(
  work: ResourceWork,
  rows: readonly StackResource[],
): Promise<ReadonlyMap<string, Result>> {
  const finder = new Finder(work)
  const batches = new Map<string, StackResource[]>()
  for (const row of rows) {
    const key = row.key as string
    batches.set(key, [...(batches.get(key) ?? []), row])
  }
  const results = new Map<string, Result>()
  for (const [key, members] of batches) {
    members.sort((a, b) => a.member - b.member)
    for (const [id, result] of await createBatch(work, finder, key, members))
      results.set(id, result)
  }
  return results
}

async function createBatch(
  work: ResourceWork,
  finder: Finder,
  key: string,
  members: readonly StackResource[],
): Promise<(readonly [string, Result])[]> {
  let ids: readonly string[] = []
  const result = await attempt(async () => {
    const input = await requestOf(work, finder, members)
    const batch = await work.call(serverCreate, input, key)
    ids = await serversOf(work, batch.id)
    return { state: 'pending' }
  })
  return members.map((row) => {
    const physicalId = ids[row.member]
    return [row.id, physicalId === undefined ? result : { state: 'pending', physicalId }] as const
  })
}

/** Servers of a request in the order in which it names them. */
export async function serversOf(work: ResourceWork, batchId: string): Promise<readonly string[]> {
  const servers = await work.kernel.store.query(serverKind, {
    index: 'byBatch',
    equals: [batchId],
    limit: limits.batchServers,
  })
  return servers.map(({ id }) => id)
}

async function requestOf(
  work: ResourceWork,
  finder: Finder,
  members: readonly StackResource[],
): Promise<Parameters<typeof work.call<unknown, unknown, ServerRequest>>[1]> {
  const properties = members[0]?.target as JsonMap
  const zone = textOf(properties, 'availability_zone')
  const groups = textsOf(properties, 'security_groups')
  const userData = await userDataOf(work, properties)
  const metadata = mapOf(properties, 'metadata')
  const names = members.map((row) => serverName(work, row))
  return present({
    name: names[0] as string,
    ...(names.length > 1 && { names }),
    flavorId: await finder.flavor(textOf(properties, 'flavor') as string),
    ...(await diskOf(finder, properties)),
    minCount: members.length,
    networks: await wantedInterfaces(work, finder, properties),
    securityGroupIds: groups && (await finder.securityGroups(groups)),
    keyName: textOf(properties, 'key_name'),
    configDrive: flagOf(properties, 'config_drive'),
    adminPassword: textOf(properties, 'admin_pass'),
    diskConfig: textOf(properties, 'diskConfig') as 'AUTO' | 'MANUAL' | undefined,
    userData: userData ? encodeBase64(new TextEncoder().encode(userData)) : undefined,
    metadata: metadata && stringMap(metadata),
    tags: textsOf(properties, 'tags'),
    availabilityZones: zone === undefined ? undefined : [zone],
    groupId: textOf(mapOf(properties, 'scheduler_hints') ?? {}, 'group'),
  })
}

/** What servers boot from: an image, or volumes that are made for them. */
async function diskOf(
  finder: Finder,
  properties: JsonMap,
): Promise<Pick<ServerRequest, 'imageId' | 'bootVolume'>> {
  const [device] = listOf(properties, 'block_device_mapping_v2') ?? []
  if (device === undefined)
    return { imageId: await finder.image(textOf(properties, 'image') ?? '') }
  const given = device as JsonMap
  const image = textOf(given, 'image')
  return {
    bootVolume: present({
      imageId: image === undefined ? undefined : await finder.image(image),
      snapshotId: textOf(given, 'snapshot_id'),
      volumeId: textOf(given, 'volume_id'),
      sizeGb: numberOf(given, 'volume_size'),
      volumeType: textOf(given, 'volume_type'),
      deleteOnTermination: flagOf(given, 'delete_on_termination'),
    }),
  }
}

/** The user data itself, or the configuration that it names. */
async function userDataOf(work: ResourceWork, properties: JsonMap): Promise<string | undefined> {
  const text = textOf(properties, 'user_data')
  if (text === undefined || !/^[0-9a-f-]{36}$/.test(text)) return text
  const [config] = await work.kernel.store.get(softwareConfigKind, [text])
  if (config?.projectId !== work.stack.projectId) return text
  return typeof config.config === 'string' ? config.config : JSON.stringify(config.config)
}

type ServerRequest = (typeof serverCreate)['input']['_zod']['input']

/** The name that was asked for, or one that tells where the server comes from. */
export function serverName(work: ResourceWork, row: StackResource): string {
  const name = textOf(row.target ?? row.properties ?? {}, 'name')
  return name ?? `${work.stack.name}-${row.name.replace('/', '-')}`.slice(0, limits.nameLength)
}

/** Metadata are texts: anything else is written as JSON, as Heat does. */
export function stringMap(map: JsonMap): Record<string, string> {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
}
