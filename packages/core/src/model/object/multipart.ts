import { defineKind, type Stored } from '../kind.ts'
import type { ObjectVersion } from './object.ts'

/** What an object will be besides its bytes. */
export type ObjectDescription = Pick<
  ObjectVersion,
  'contentType' | 'contentEncoding' | 'contentDisposition' | 'metadata'
>

/**
 * An object that comes in parts, in any order and at any time (S3's multipart uploads). Its id
 * becomes that of the object. Nobody sees it as an object before it is complete.
 */
export interface MultipartUpload extends Stored, ObjectDescription {
  readonly projectId: string
  readonly containerId: string
  readonly name: string
  readonly createdAt: number
}

export const multipartUploadKind = defineKind<MultipartUpload>('multipartUpload', {
  byName: { fields: ['containerId', 'name'] },
})

/**
 * A part; its id is the key of its bytes. `pending`: charged by itself. `used`: belongs to the
 * object of its upload's id, which is charged for it, and goes after it.
 */
export interface ObjectPart extends Stored {
  readonly projectId: string
  readonly containerId: string
  readonly uploadId: string
  readonly number: number
  readonly state: 'pending' | 'used'
  readonly size: number
  /** MD5 of the bytes, lower-case hex. */
  readonly etag: string
  readonly sha256: string
  readonly lastModified: number
}

export const objectPartKind = defineKind<ObjectPart>('objectPart', {
  byNumber: { fields: ['uploadId', 'number'], unique: true },
})

/**
 * Counts the parts of an upload that is under way: whoever stores one counts it here, so that a
 * part and the end of its upload cannot both win.
 */
export function uploadScope(uploadId: string): string {
  return `upload:${uploadId}`
}
