import { defineKind, type Stored } from '../kind.ts'

/**
 * A large object: its bytes are those of others. `dynamic`: of all whose names begin with the
 * prefix, in order, as they are when it is read. `static`: of a list that was checked when it was
 * made, and is kept where other objects keep their bytes. `parts`: of parts that were uploaded for
 * it alone.
 */
export type Manifest =
  | { readonly type: 'dynamic'; readonly container: string; readonly prefix: string }
  | { readonly type: 'static'; readonly size: number; readonly etag: string }
  | { readonly type: 'parts'; readonly size: number; readonly etag: string }

/**
 * One version of an object; its id is the key of its bytes, so no two versions ever share bytes
 * and a late writer touches nobody else's.
 */
export interface ObjectVersion extends Stored {
  readonly projectId: string
  readonly containerId: string
  readonly name: string
  /** The name if this is the current version, else null: of a name one version is current. */
  readonly currentName: string | null
  /** Grows with each version of a name. */
  readonly sequence: number
  /** True: says that the object was deleted here; it has no bytes. */
  readonly marker: boolean
  /** True: made while the container kept versions, so that it is kept itself. */
  readonly kept: boolean
  /** Bytes stored under the id; of one made of parts, under theirs. */
  readonly size: number
  /** MD5 of the bytes, lower-case hex; of one made of parts, what S3 makes of theirs. */
  readonly etag: string
  readonly sha256: string
  readonly contentType: string
  readonly contentEncoding: string | null
  readonly contentDisposition: string | null
  readonly metadata: Readonly<Record<string, string>>
  /** Milliseconds since the epoch after which it counts as deleted; null: never. */
  readonly deleteAt: number | null
  readonly manifest: Manifest | null
  /** True: what is stored was found to be other bytes than those uploaded. */
  readonly damaged: boolean
  readonly lastModified: number
}

export const objectKind = defineKind<ObjectVersion>('object', {
  byName: { fields: ['containerId', 'currentName'], unique: true },
  byVersion: { fields: ['containerId', 'name', 'sequence'], unique: true },
  byDeleteAt: { fields: ['deleteAt'] },
})

/**
 * Bytes that belong to no object: not yet (`uploading`; whoever uploads them renews the row, whose
 * id is their key), or no more (`discarded`).
 */
export interface LooseBytes extends Stored {
  readonly projectId: string
  readonly key: string
  readonly state: 'uploading' | 'discarded'
  readonly renewedAt: number
  /** True: what parts the object had are to go as well. */
  readonly withParts?: boolean
}

export const looseBytesKind = defineKind<LooseBytes>('objectBytes', {
  byState: { fields: ['state'] },
})

/** Id of the row that says that the bytes of what was an object are to go. */
export function discardedId(key: string): string {
  return `${key}-discarded`
}

/** True for an object whose own bytes are stored; a marker has none, nor has one made of parts. */
export function hasObjectBytes(row: ObjectVersion): boolean {
  return !row.marker && row.manifest?.type !== 'parts'
}

/** True once its time is over, whether or not it was removed already. */
export function isExpired(row: Pick<ObjectVersion, 'deleteAt'>, now: number): boolean {
  return row.deleteAt !== null && row.deleteAt <= now
}
