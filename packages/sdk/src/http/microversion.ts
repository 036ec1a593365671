import { HttpError } from './faults.ts'

/**
 * Microversions of an API
 * (https://specs.openstack.org/openstack/api-sig/guidelines/microversion_specification.html): a
 * request names one in a header, and gets the lowest when it names none.
 */
export interface Microversions {
  /** The type's name in `OpenStack-API-Version`. */
  readonly type: string
  /** A header of the service's own, older than the common one. */
  readonly header?: string
  readonly major: number
  readonly min: number
  readonly max: number
}

const common = 'openstack-api-version'

/**
 * The minor version that a request asks for.
 *
 * @throws HttpError 400 for what is no version, 406 for one that is not offered.
 */
export function microversionOf(versions: Microversions, headers: Headers): number {
  const text = asked(versions, headers)
  if (text === undefined) return versions.min
  if (text === 'latest') return versions.max
  const parts = /^(\d{1,4})\.(\d{1,4})$/.exec(text)
  if (!parts) {
    throw new HttpError(400, `API version string ${text.slice(0, 40)} is of invalid format.`, {
      field: versions.header ?? common,
    })
  }
  const [major, minor] = [Number(parts[1]), Number(parts[2])]
  if (major === versions.major && minor >= versions.min && minor <= versions.max) return minor
  const [least, most] = [name(versions, versions.min), name(versions, versions.max)]
  throw new HttpError(
    406,
    `Version ${text} is not supported by the API. Minimum is ${least} and maximum is ${most}.`,
    { field: versions.header ?? common, headers: microversionHeaders(versions, undefined) },
  )
}

/** What each response says of versions. */
export function microversionHeaders(
  versions: Microversions,
  minor: number | undefined,
): Readonly<Record<string, string>> {
  const names = [common, ...(versions.header === undefined ? [] : [versions.header])]
  if (minor === undefined) return { vary: names.join(', ') }
  const version = name(versions, minor)
  return {
    [common]: `${versions.type} ${version}`,
    ...(versions.header !== undefined && { [versions.header]: version }),
    vary: names.join(', '),
  }
}

function asked(versions: Microversions, headers: Headers): string | undefined {
  // One header may name versions of several services.
  const named = headers
    .get(common)
    ?.split(',')
    .map((part) => part.trim().split(/\s+/))
    .findLast(([type]) => type?.toLowerCase() === versions.type)
  if (named) return named[1] ?? ''
  return versions.header === undefined ? undefined : (headers.get(versions.header) ?? undefined)
}

function name({ major }: Microversions, minor: number): string {
  return `${major}.${minor}`
}
