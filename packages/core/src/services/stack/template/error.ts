import { CloudError } from '../../../base/errors.ts'

/**
 * What is wrong with a template, an environment or a parameter, and where.
 *
 * @param path e.g. `template.resources.web.properties.flavor`.
 */
export function templateError(path: string, message: string, limit?: number): CloudError {
  return new CloudError('invalid', `${path}: ${message}`, {
    field: path.slice(0, longestPath),
    detail: { problem: message },
    ...(limit !== undefined && { limit }),
  })
}

/** What is wrong, without the place where it is. */
export function problemOf(error: CloudError): string {
  const problem = error.detail?.['problem']
  return typeof problem === 'string' ? problem : error.message
}

/** Characters of a path that are told: keys of a template may be long. */
const longestPath = 1_024

/** A path one step further in. */
export function within(path: string, key: string | number): string {
  return typeof key === 'number' ? `${path}[${key}]` : `${path}.${key}`
}
