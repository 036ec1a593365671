import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { idField, nameField, tagsField } from '../fields.ts'
import { expectedRevField } from '../network/fields.ts'

/** Depth, and number of values, of one parameter. */
const parameterDepth = limits.stackTemplateDepth

/** True for what JSON can hold, within bounds. */
function isJson(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || depth >= parameterDepth) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  const isPlain = Array.isArray(value) || prototype === Object.prototype || prototype === null
  return (
    isPlain &&
    Object.entries(value).every(([key, one]) => key !== '__proto__' && isJson(one, depth + 1))
  )
}

/** What JSON can hold. */
export const jsonField = z.unknown().refine((value) => isJson(value), 'is no JSON value')

const parametersField = z
  .record(z.string().min(1).max(limits.nameLength), jsonField)
  .refine((all) => Object.keys(all).length <= limits.stackParameters, {
    message: `are more than ${limits.stackParameters}`,
  })
  .refine((all) => isJson(all) && JSON.stringify(all).length <= limits.stackTemplateLength, {
    message: `are longer than ${limits.stackTemplateLength} characters`,
  })

/** YAML or JSON text. */
const templateField = z.string().min(1).max(limits.stackTemplateLength)

/** What a stack is made from, or changed to. */
export const sourceFields = {
  parameters: parametersField.default({}),
  /** YAML or JSON texts; later ones win. */
  environments: z
    .array(z.string().max(limits.stackTemplateLength))
    .max(limits.stackEnvironments)
    .default([]),
  /** Texts by the names that `get_file`, the registry and nested templates use for them. */
  files: z
    .record(z.string().min(1).max(limits.nameLength), z.string().max(limits.stackFilesLength))
    .refine((files) => Object.keys(files).length <= limits.stackFiles, {
      message: `are more than ${limits.stackFiles}`,
    })
    .refine(
      (files) =>
        Object.values(files).reduce((sum, text) => sum + text.length, 0) <= limits.stackFilesLength,
      { message: `are longer than ${limits.stackFilesLength} characters` },
    )
    .default({}),
}

const timeoutField = z.int().min(1).max(limits.stackTimeoutMinutes)

export const createFields = {
  name: nameField.regex(/^[A-Za-z][A-Za-z0-9_.-]*$/, 'is no name of a stack'),
  template: templateField,
  ...sourceFields,
  tags: tagsField.default([]),
  /** What takes longer has failed. */
  timeoutMinutes: timeoutField.default(60),
  /** True: a failed creation, or update, is undone. */
  rollback: z.boolean().default(false),
}

export const createInput = z.strictObject({
  ...createFields,
  /** What is there already and becomes the stack's: ids by the names of resources. */
  adopted: z
    .record(
      z
        .string()
        .min(1)
        .max(2 * limits.nameLength),
      z.string().min(1).max(256),
    )
    .refine((all) => Object.keys(all).length <= limits.stackResources, {
      message: `are more than ${limits.stackResources}`,
    })
    .optional(),
})
export type CreateInput = z.infer<typeof createInput>

export const updateInput = z.strictObject({
  id: idField,
  /** The one that it has when absent. */
  template: templateField.optional(),
  ...sourceFields,
  /** True: parameters, files and registry that are not given stay as they are. */
  existing: z.boolean().default(false),
  /** Given before, and not to be kept: their defaults count again. */
  clearParameters: z
    .array(z.string().min(1).max(limits.nameLength))
    .max(limits.stackParameters)
    .default([]),
  tags: tagsField.optional(),
  timeoutMinutes: timeoutField.optional(),
  rollback: z.boolean().optional(),
  expectedRev: expectedRevField,
})
export type UpdateInput = z.infer<typeof updateInput>

export const validateInput = z.strictObject({
  template: templateField,
  ...sourceFields,
  /** True: stacks within, too. */
  nested: z.boolean().default(false),
})
export type ValidateInput = z.infer<typeof validateInput>
