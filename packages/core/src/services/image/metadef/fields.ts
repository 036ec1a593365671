import { z } from 'zod'
import { limits } from '../../../base/limits.ts'
import { metadefLimits, metadefTypes } from '../../../model/image/metadef.ts'
import { descriptionField } from '../../fields.ts'

const reserved = new Set(['__proto__', 'constructor', 'prototype'])

/** Names of namespaces and what is in them, as Glance bounds them. */
export const metadefNameField = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[^/\p{Cc}\p{Cs}]+$/u, 'has a slash or a control character')
  .refine((name) => name.trim() === name, 'begins or ends with white space')
  .refine((name) => !reserved.has(name), 'is a reserved word')

const countField = z.int().min(0).max(1_000_000)
const textsField = z.array(z.string().max(limits.metadataLength)).max(metadefLimits.parts)

export const metadefPropertyField = z.strictObject({
  title: z.string().max(limits.nameLength),
  type: z.enum(metadefTypes),
  description: descriptionField.optional(),
  operators: textsField.optional(),
  default: z.unknown().optional(),
  enum: z.array(z.json()).max(metadefLimits.parts).optional(),
  required: textsField.optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: countField.optional(),
  maxLength: countField.optional(),
  pattern: z.string().max(limits.metadataLength).optional(),
  minItems: countField.optional(),
  maxItems: countField.optional(),
  uniqueItems: z.boolean().optional(),
  additionalItems: z.boolean().optional(),
  readonly: z.boolean().optional(),
  items: z
    .strictObject({
      type: z.enum(metadefTypes).optional(),
      enum: z.array(z.json()).max(metadefLimits.parts).optional(),
    })
    .optional(),
})

export const metadefPropertiesField = z
  .record(metadefNameField, metadefPropertyField)
  .refine((all) => Object.keys(all).length <= metadefLimits.parts, 'has too many items')

export const metadefObjectField = z.strictObject({
  description: descriptionField.default(''),
  required: z.array(metadefNameField).max(metadefLimits.parts).default([]),
  properties: metadefPropertiesField.default({}),
})

export const metadefTargetField = z.strictObject({
  prefix: z.string().max(80).nullable().default(null),
  propertiesTarget: z.string().max(80).nullable().default(null),
})

export const operator = { scope: 'system', role: 'admin' } as const
export const reader = { scope: 'any', role: 'reader' } as const
