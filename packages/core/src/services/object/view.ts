import type { Counter } from '../../ports/store.ts'
import type { ObjectAccount, TempUrlKeys } from '../../model/object/account.ts'
import { type Container, containerScope } from '../../model/object/container.ts'
import type { Manifest, ObjectVersion } from '../../model/object/object.ts'

/** Which keys are set: keys themselves are never shown. */
export interface TempUrlKeysView {
  readonly first: boolean
  readonly second: boolean
}

function keysView({ first, second }: TempUrlKeys): TempUrlKeysView {
  return { first: first !== null, second: second !== null }
}

/** A project's containers as a whole. */
export interface AccountView {
  readonly projectId: string
  readonly containers: number
  /** Objects and versions, and the bytes of both. */
  readonly objects: number
  readonly bytes: number
  readonly metadata: Readonly<Record<string, string>>
  readonly tempUrlKeys: TempUrlKeysView
  readonly createdAt: number
  readonly updatedAt: number
}

export function accountView(account: ObjectAccount, quota: readonly Counter[]): AccountView {
  const used = (name: string): number => quota.find((one) => one.name === name)?.value ?? 0
  return {
    projectId: account.id,
    containers: used('containers'),
    objects: used('objects'),
    bytes: used('objectBytes'),
    metadata: account.metadata,
    tempUrlKeys: keysView(account.tempUrlKeys),
    createdAt: account.createdAt,
    updatedAt: account.updatedAt,
  }
}

/** A container as shown, with what it holds. */
export interface ContainerView extends Omit<Container, 'tempUrlKeys'> {
  /** Current objects, and other versions. */
  readonly objects: number
  readonly versions: number
  /** Of both together. */
  readonly bytes: number
  readonly tempUrlKeys: TempUrlKeysView
}

/** @param counters of the container, and maybe of others. */
export function containerView(
  { tempUrlKeys, ...container }: Container,
  counters: readonly Counter[],
): ContainerView {
  const scope = containerScope(container.id)
  const held = (name: string): number =>
    counters.find((one) => one.scope === scope && one.name === name)?.value ?? 0
  return {
    ...container,
    objects: held('objects'),
    versions: held('versions'),
    bytes: held('bytes'),
    tempUrlKeys: keysView(tempUrlKeys),
  }
}

/** A version of an object as shown. */
export interface ObjectView {
  readonly id: string
  readonly name: string
  readonly isCurrent: boolean
  /** True: says that the object was deleted here. */
  readonly isDeleteMarker: boolean
  /** True: made while the container kept versions, so that its id tells it from others. */
  readonly isKept: boolean
  /** Bytes that a reader gets; null for a dynamic large object until it is looked at. */
  readonly size: number | null
  readonly etag: string | null
  /** Of the bytes stored; null for large objects, whose bytes are those of others. */
  readonly sha256: string | null
  readonly contentType: string
  readonly contentEncoding: string | null
  readonly contentDisposition: string | null
  readonly metadata: Readonly<Record<string, string>>
  readonly deleteAt: number | null
  readonly manifest: Manifest | null
  readonly damaged: boolean
  readonly lastModified: number
}

export function objectView(row: Omit<ObjectVersion, 'rev'>): ObjectView {
  const { manifest } = row
  const content = manifest ? (manifest.type === 'dynamic' ? undefined : manifest) : row
  return {
    id: row.id,
    name: row.name,
    isCurrent: row.currentName !== null,
    isDeleteMarker: row.marker,
    isKept: row.kept,
    size: content?.size ?? null,
    etag: content?.etag ?? null,
    sha256: manifest ? null : row.sha256,
    contentType: row.contentType,
    contentEncoding: row.contentEncoding,
    contentDisposition: row.contentDisposition,
    metadata: row.metadata,
    deleteAt: row.deleteAt,
    manifest,
    damaged: row.damaged,
    lastModified: row.lastModified,
  }
}
