import { CloudError } from '../base/errors.ts'

/**
 * Checks that a record is a plain JSON value, so that what is read equals what was written. Members
 * that are undefined count as absent.
 *
 * @throws CloudError `invalid` with the path of the value at fault.
 */
export function checkRecord(
  record: object,
  path: string,
  limits: { readonly recordWeight: number; readonly recordDepth: number },
): void {
  if (Array.isArray(record)) throw invalid(path, 'must be a record.')
  if (weigh(record, path, 0, limits.recordDepth) > limits.recordWeight) {
    throw invalid(path, 'is too large.', limits.recordWeight)
  }
}

/** Characters and values within. */
function weigh(value: unknown, path: string, depth: number, deepest: number): number {
  if (typeof value === 'string') return 1 + value.length
  if (typeof value === 'boolean' || value === null) return 1
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw invalid(path, 'is no finite number.')
    return 1
  }
  if (typeof value !== 'object')
    throw invalid(path, `is a ${typeof value}, which JSON cannot hold.`)
  if (depth >= deepest) throw invalid(path, 'is nested too deeply.', deepest)
  return Array.isArray(value)
    ? weighList(value, path, depth, deepest)
    : weighMembers(value, path, depth, deepest)
}

function weighList(list: readonly unknown[], path: string, depth: number, deepest: number): number {
  let weight = 1
  for (let at = 0; at < list.length; at++) {
    // Paths are only spelt out when something is wrong: this runs for every value written.
    const item = list[at]
    weight += isShort(item) ? 1 : weigh(item, `${path}[${at}]`, depth + 1, deepest)
  }
  return weight
}

function weighMembers(value: object, path: string, depth: number, deepest: number): number {
  if (!isPlain(value)) throw invalid(path, 'is neither a plain object nor a list.')
  let weight = 1
  for (const key of Object.keys(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[key]
    if (member === undefined) continue
    weight += key.length
    if (typeof member === 'string') weight += 1 + member.length
    else weight += isShort(member) ? 1 : weigh(member, `${path}.${key}`, depth + 1, deepest)
  }
  return weight
}

function isShort(value: unknown): boolean {
  return typeof value === 'boolean' || value === null || Number.isFinite(value)
}

/** True for objects that a literal makes, in whatever realm: the prototype, if any, is a root. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype) return true
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function invalid(field: string, message: string, limit?: number): CloudError {
  return new CloudError('invalid', `${field}: ${message}`, {
    field,
    ...(limit !== undefined && { limit }),
  })
}
