import { CloudError } from '../../base/errors.ts'
import { isExpired, type ObjectVersion } from '../../model/object/object.ts'

/** `*`: whatever it is, as long as it is there. */
type Etags = '*' | readonly string[]

export interface WriteConditions {
  readonly ifMatch?: Etags | undefined
  readonly ifNoneMatch?: Etags | undefined
}

export interface ReadConditions extends WriteConditions {
  readonly ifModifiedSince?: number | undefined
  readonly ifUnmodifiedSince?: number | undefined
}

function matches(etags: Etags, etag: string | undefined): boolean {
  if (etag === undefined) return false
  return etags === '*' || etags.includes(etag)
}

function failed(field: string): CloudError {
  return new CloudError('conflict', `${field}: does not hold for the object as it is.`, { field })
}

/**
 * @param current what is there now, if anything.
 * @throws CloudError `conflict` with the condition as `field`.
 */
export function requireWritable(
  conditions: WriteConditions,
  current: ObjectVersion | undefined,
  now: number,
): void {
  const there = current && !isExpired(current, now) ? etagOf(current) : undefined
  if (conditions.ifMatch && !matches(conditions.ifMatch, there)) throw failed('ifMatch')
  if (conditions.ifNoneMatch && matches(conditions.ifNoneMatch, there)) throw failed('ifNoneMatch')
}

/**
 * True if the reader has it already. Times are compared in whole seconds, which is all that HTTP
 * can say; where an ETag is given, the time is not asked (RFC 9110, 13.2.2).
 *
 * @throws CloudError `conflict` with the condition as `field`.
 */
export function isUnchanged(
  conditions: ReadConditions,
  object: { readonly etag: string; readonly lastModified: number },
): boolean {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions
  const seconds = (ms: number): number => Math.floor(ms / 1_000)
  const modified = seconds(object.lastModified)
  if (ifMatch) {
    if (!matches(ifMatch, object.etag)) throw failed('ifMatch')
  } else if (ifUnmodifiedSince !== undefined && modified > seconds(ifUnmodifiedSince)) {
    throw failed('ifUnmodifiedSince')
  }
  if (ifNoneMatch) return matches(ifNoneMatch, object.etag)
  return ifModifiedSince !== undefined && modified <= seconds(ifModifiedSince)
}

function etagOf({ manifest, etag }: ObjectVersion): string {
  return manifest?.type === 'static' ? manifest.etag : etag
}
