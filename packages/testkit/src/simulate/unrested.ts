import {
  type Image,
  imageDataKeys,
  imageKind,
  type ImageStore,
  type LooseBytes,
  looseBytesKind,
  objectKind,
  objectPartKind,
  type ObjectStore,
  type Server,
  serverKind,
  type Stored,
  workKind,
} from '@nephos/core'
import type { Mirror } from './mirror.ts'

/** Statuses of images that somebody is to end. */
const unfinished: ReadonlySet<string> = new Set(['saving', 'importing', 'pending_delete'])

/**
 * What is to come to an end yet: work, servers and images between two states, and bytes of images
 * without a record, for which somebody looks once an hour.
 */
export async function unrested(
  mirror: Mirror,
  images: Pick<ImageStore, 'list'>,
  objects: Pick<ObjectStore, 'list'>,
): Promise<readonly string[]> {
  const work = mirror.rows(workKind.name).map(({ id }) => `work:${id}`)
  const servers = mirror
    .rows(serverKind.name)
    .filter((row) => (row as Stored & Server).task !== null)
    .map(({ id }) => `server:${id}`)
  const records = mirror.rows(imageKind.name).map((row) => row as Stored & Image)
  const open = records
    .filter(({ status, copying }) => unfinished.has(status) || copying)
    .map(({ id }) => `image:${id}`)
  const own = new Set(records.filter(({ status }) => status !== 'queued').flatMap(imageDataKeys))
  const strays: string[] = []
  for await (const key of images.list()) if (!own.has(key)) strays.push(`imageBytes:${key}`)
  strays.push(...(await strayObjects(mirror, objects)))
  return [...work, ...servers, ...open, ...strays]
}

/** Keys of one look: stories hold few objects. */
const mostKeys = 100_000

/** Bytes on their way to an object, or to their end. */
async function strayObjects(
  mirror: Mirror,
  objects: Pick<ObjectStore, 'list'>,
): Promise<readonly string[]> {
  const own = new Set(
    [objectKind.name, objectPartKind.name].flatMap((kind) => mirror.rows(kind)).map(({ id }) => id),
  )
  const loose = mirror.rows(looseBytesKind.name).map((row) => (row as Stored & LooseBytes).key)
  const keys = await objects.list({ limit: mostKeys })
  const strays = new Set([...loose, ...keys.filter((key) => !own.has(key))])
  return [...strays].map((key) => `objectBytes:${key}`)
}
