import { CloudError } from '@nephos/core'

/** The microversions, by their minor numbers, that know a field. */
export interface FieldVersions {
  readonly since?: number
  readonly until?: number
}

/** @throws CloudError `invalid` for a field that this version does not know. */
export function requireVersions(
  body: object,
  fields: Readonly<Record<string, FieldVersions>>,
  version: number,
): void {
  for (const [field, { since = 0, until = Infinity }] of Object.entries(fields)) {
    if (!Object.hasOwn(body, field) || (since <= version && version <= until)) continue
    throw new CloudError('invalid', `Additional properties are not allowed (${field}).`, { field })
  }
}
