import { z } from 'zod'
import { CloudError } from '../../../base/errors.ts'
import { metadefLimits, type MetadefNamespace, metadefSize } from '../../../model/image/metadef.ts'
import { metadefObjectField, metadefPropertyField, metadefTargetField } from './fields.ts'

/** The parts of a namespace: fields of its row, each by names. */
export const metadefParts = ['objects', 'properties', 'tags', 'resourceTypes'] as const
export type MetadefPart = (typeof metadefParts)[number]

/** One definition, by what it is of. */
export const definitionField = z.discriminatedUnion('part', [
  z.strictObject({ part: z.literal('objects'), value: metadefObjectField }),
  z.strictObject({ part: z.literal('properties'), value: metadefPropertyField }),
  z.strictObject({ part: z.literal('tags') }),
  z.strictObject({ part: z.literal('resourceTypes'), value: metadefTargetField }),
])

type Definition = z.infer<typeof definitionField>
type Defined = Pick<MetadefNamespace, MetadefPart>

/** A definition as the row keeps it. */
export function valueOf(definition: Definition, createdAt: number, updatedAt: number): unknown {
  switch (definition.part) {
    case 'objects':
      return { ...definition.value, createdAt, updatedAt }
    case 'properties':
      return definition.value
    case 'tags':
      return createdAt
    case 'resourceTypes':
      return { ...definition.value, createdAt }
  }
}

/** What a new namespace defines. @throws CloudError `conflict` for a name given twice. */
export function definedBy(
  all: readonly { readonly name: string; readonly definition: Definition }[],
  at: number,
): Defined {
  const maps = { objects: {}, properties: {}, tags: {}, resourceTypes: {} }
  for (const { name, definition } of all) {
    const part: Record<string, unknown> = maps[definition.part]
    if (Object.hasOwn(part, name)) {
      throw new CloudError('conflict', 'A name is given twice.', { field: 'definitions' })
    }
    part[name] = valueOf(definition, at, at)
  }
  return maps
}

/** @throws CloudError `quotaExceeded` for more than a namespace takes. */
export function requireBounded(row: Defined): void {
  const isFull = metadefParts.some((part) => Object.keys(row[part]).length > metadefLimits.parts)
  if (isFull) throw tooMuch(metadefLimits.parts)
  if (metadefSize(row) > metadefLimits.length) throw tooMuch(metadefLimits.length)
}

function tooMuch(limit: number): CloudError {
  return new CloudError('quotaExceeded', 'The namespace would define too much.', {
    field: 'namespace',
    limit,
  })
}
