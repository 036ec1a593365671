import type { z } from 'zod'
import { CloudError } from '../base/errors.ts'

/**
 * Parses an input, or throws `invalid` with the path of the first field at fault and the limit it
 * broke.
 */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input)
  if (result.success) {
    refuseProto(input)
    return result.data
  }
  const issue = result.error.issues[0] as z.core.$ZodIssue
  const field = pathText(issue)
  throw new CloudError('invalid', `${field === '' ? 'input' : field}: ${issue.message}`, {
    field,
    ...limitOf(issue),
  })
}

function pathText(issue: z.core.$ZodIssue): string {
  const path =
    issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] as string] : issue.path
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}

function limitOf(issue: z.core.$ZodIssue): { limit?: number | string } {
  if (issue.code === 'too_big') return { limit: Number(issue.maximum) }
  if (issue.code === 'too_small') return { limit: Number(issue.minimum) }
  if (issue.code === 'invalid_value') return { limit: issue.values.join(', ').slice(0, 200) }
  return {}
}

/** zod passes over an own key `__proto__` in silence; a caller who sends one is told. */
function refuseProto(input: unknown): void {
  const seen = new Set<unknown>()
  const left: { readonly value: unknown; readonly path: string }[] = [{ value: input, path: '' }]
  for (let at = left.pop(); at; at = left.pop()) {
    const { value, path } = at
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    seen.add(value)
    const isList = Array.isArray(value)
    for (const [key, inner] of Object.entries(value)) {
      const field = isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`
      if (key === '__proto__')
        throw new CloudError('invalid', `${field}: is a reserved key.`, { field })
      if (typeof inner === 'object' && inner !== null) left.push({ value: inner, path: field })
    }
  }
}
