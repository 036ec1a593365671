import type { z } from 'zod'
import { CloudError } from '../base/errors.ts'

/** Parses an input, or throws `invalid` with the path of the first field at fault and the limit it broke. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const issue = result.error.issues[0] as z.core.$ZodIssue
  const field = pathText(issue)
  throw new CloudError('invalid', `${field === '' ? 'input' : field}: ${issue.message}`, {
    field,
    ...limitOf(issue),
  })
}

function pathText(issue: z.core.$ZodIssue): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] as string] : issue.path
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
