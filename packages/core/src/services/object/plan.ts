import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import type { Draft } from '../../model/kind.ts'
import { type Container, containerScope } from '../../model/object/container.ts'
import {
  discardedId,
  hasObjectBytes,
  looseBytesKind,
  objectKind,
  type ObjectVersion,
} from '../../model/object/object.ts'
import { chargeQuota } from '../quota.ts'
import { archivedPlace } from './archive.ts'

/** What a version is told apart by, in writes. */
type Row = Draft<ObjectVersion>

/** The current version of a name, whether or not its time is over. */
export async function findCurrent(
  kernel: Pick<Kernel, 'store'>,
  container: Container,
  name: string,
): Promise<ObjectVersion | undefined> {
  const [row] = await kernel.store.lookup(objectKind, 'byName', [[container.id, name]])
  return row
}

/**
 * Where a new version stands among those of its name. The current one is always the last; without
 * one, older ones are only there if the container ever kept any.
 */
export async function nextSequence(
  kernel: Pick<Kernel, 'store'>,
  container: Container,
  name: string,
  current: ObjectVersion | undefined,
): Promise<number> {
  if (current) return current.sequence + 1
  if (container.versioning === 'off') return 1
  const [last] = await kernel.store.query(objectKind, {
    index: 'byVersion',
    equals: [container.id, name],
    reverse: true,
    limit: 1,
  })
  return (last?.sequence ?? 0) + 1
}

/**
 * Makes a version the current one, in place of the one before.
 *
 * @param archive the container to which that moves, if the container names one.
 */
export function planStore(
  writes: Writes,
  container: Container,
  current: ObjectVersion | undefined,
  row: Row,
  archive?: Container,
): void {
  if (current && archive) planMove(writes, current, archivedPlace(archive, current))
  else if (current) planReplaced(writes, container, current)
  writes.insert(objectKind, row)
  count(writes, row, 1)
}

/** Moves the current version of a name to another name, or to another container. */
export function planMove(
  writes: Writes,
  row: ObjectVersion,
  place: Pick<ObjectVersion, 'containerId' | 'name' | 'sequence'>,
): void {
  const moved: ObjectVersion = { ...row, ...place, currentName: place.name }
  count(writes, row, -1)
  count(writes, moved, 1)
  writes.update(objectKind, moved)
}

/** The current version gives way: it stays as another version where versions are kept. */
function planReplaced(writes: Writes, container: Container, current: ObjectVersion): void {
  if (container.versioning === 'enabled' || current.kept) planDemotion(writes, current)
  else planRemoval(writes, current)
}

function planDemotion(writes: Writes, current: ObjectVersion): void {
  const demoted: ObjectVersion = { ...current, currentName: null }
  count(writes, current, -1)
  count(writes, demoted, 1)
  writes.update(objectKind, demoted)
}

/**
 * Deletes the current version of a name; where versions are kept, a marker says so.
 *
 * @returns the marker.
 */
export function planDeletion(
  kernel: Pick<Kernel, 'ids' | 'clock'>,
  writes: Writes,
  container: Container,
  current: ObjectVersion,
): Row | undefined {
  planReplaced(writes, container, current)
  if (container.versioning !== 'enabled') return undefined
  const marker: Row = {
    ...current,
    id: kernel.ids.next(),
    currentName: null,
    sequence: current.sequence + 1,
    marker: true,
    kept: true,
    size: 0,
    etag: '',
    sha256: '',
    metadata: {},
    deleteAt: null,
    manifest: null,
    damaged: false,
    lastModified: kernel.clock.now(),
  }
  writes.insert(objectKind, marker)
  count(writes, marker, 1)
  return marker
}

/** Removes a version for good. Its bytes belong to nobody from then on, and are removed next. */
export function planRemoval(writes: Writes, row: ObjectVersion): void {
  writes.remove(objectKind, row)
  count(writes, row, -1)
  const withParts = row.manifest?.type === 'parts'
  if (!hasObjectBytes(row) && !withParts) return
  writes.insert(looseBytesKind, {
    id: discardedId(row.id),
    projectId: row.projectId,
    key: row.id,
    state: 'discarded',
    renewedAt: row.lastModified,
    ...(withParts && { withParts }),
  })
}

/** Makes another version the current one again, in place of the one that is. */
export function planRestore(
  writes: Writes,
  container: Container,
  current: ObjectVersion | undefined,
  version: ObjectVersion,
  sequence: number,
): ObjectVersion {
  if (current) planReplaced(writes, container, current)
  const restored: ObjectVersion = { ...version, currentName: version.name, sequence }
  count(writes, version, -1)
  count(writes, restored, 1)
  writes.update(objectKind, restored)
  return restored
}

/**
 * After the last version of a name, or the marker that said it was deleted: the one before becomes
 * current. It is no new version then, and keeps its place among them.
 */
export async function planPromotion(
  kernel: Pick<Kernel, 'store'>,
  writes: Writes,
  removed: ObjectVersion,
): Promise<void> {
  const [last, before] = await kernel.store.query(objectKind, {
    index: 'byVersion',
    equals: [removed.containerId, removed.name],
    reverse: true,
    limit: 2,
  })
  if (last?.id !== removed.id || !before || before.marker || before.currentName !== null) return
  const promoted: ObjectVersion = { ...before, currentName: before.name }
  count(writes, before, -1)
  count(writes, promoted, 1)
  writes.update(objectKind, promoted)
}

/** What a version counts in its container. */
export function containerUsage(
  row: Row,
): Readonly<Record<'objects' | 'versions' | 'bytes', number>> {
  const isCurrent = row.currentName !== null
  return { objects: isCurrent ? 1 : 0, versions: isCurrent ? 0 : 1, bytes: row.size }
}

/** What a version counts against quotas: a marker nothing, so that one can always delete. */
export function objectUsage(row: Row): { objects: number; objectBytes: number } {
  return { objects: row.marker ? 0 : 1, objectBytes: row.size }
}

function count(writes: Writes, row: Row, sign: 1 | -1): void {
  const scope = containerScope(row.containerId)
  for (const [name, amount] of Object.entries(containerUsage(row))) {
    writes.add({ scope, name, add: sign * amount })
  }
  chargeQuota(writes, row.projectId, objectUsage(row), sign)
}
