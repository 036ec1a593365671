import { z } from 'zod'
import { isCloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { type StackResource, stackResourceKind } from '../../model/stack/resource.ts'
import {
  type Stack,
  type StackDefinition,
  type StackEvent,
  stackEventKind,
  stackKind,
} from '../../model/stack/stack.ts'
import { stackActions, stackStatuses } from '../../model/stack/stack-state.ts'
import type { Json, JsonMap } from '../../model/stack/json.ts'
import type { Call } from '../call.ts'
import { fetchOne, notFound } from '../fetch.ts'
import { idField, nameField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { everyRow, listPage } from '../page.ts'
import { limits } from '../../base/limits.ts'
import { RowValues } from './plan/live.ts'
import { Plan } from './plan/plan.ts'
import { definitionOf } from './source.ts'
import { problemOf, within } from './template/error.ts'
import { parameterValues, shownValues } from './template/parameter-values.ts'
import { readTemplate } from './template/shape.ts'
import { isTrue, resolve } from './template/resolve.ts'
import { type StackDetail, type StackOutput, type StackView, viewStack } from './view.ts'

const reader = { scope: 'project', role: 'reader' } as const

const getInput = z.strictObject({
  id: idField,
  /** False: without outputs, which cost a look at every resource. */
  outputs: z.boolean().default(true),
})

export const stackGet = defineOperation({
  id: 'stack.stack.get',
  summary: 'Shows a stack with its parameters and outputs.',
  policy: reader,
  input: getInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof getInput>): Promise<StackDetail> => {
    const stack = await fetchOne(call, stackKind, input.id)
    const definition = await definitionOf(call.kernel, stack)
    const declared = readTemplate(definition.template).parameters
    const values = parameterValues(declared, definition.parameters)
    const outputs = input.outputs ? await outputsOf(call.kernel, stack, definition) : []
    return { ...viewStack(stack, stack.rev), parameters: shownValues(declared, values), outputs }
  },
})

/**
 * Finds a stack by what people call it.
 *
 * @throws CloudError `notFound`.
 */
export const stackFind = defineOperation({
  id: 'stack.stack.find',
  summary: 'Finds a stack of the project by its name or id.',
  policy: reader,
  input: z.strictObject({ name: nameField }),
  mutates: false,
  run: async (call: Call, { name }: { name: string }): Promise<StackView> => {
    const { store } = call.kernel
    const [[own], [named]] = await Promise.all([
      store.get(stackKind, [name]),
      store.lookup(stackKind, 'byName', [[call.projectId, name]]),
    ])
    const stack = own?.projectId === call.projectId ? own : named
    if (stack) return viewStack(stack, stack.rev)
    throw notFound('stack', 'name')
  },
})

/** The rows of a stack that hold their names. */
export async function liveRows(
  kernel: Kernel,
  stackId: string,
): Promise<Map<string, StackResource>> {
  const rows = new Map<string, StackResource>()
  const query = { index: 'byStack', equals: [stackId] }
  for await (const page of everyRow(kernel, stackResourceKind, query)) {
    for (const row of page) if (row.liveName !== null) rows.set(row.liveName, row)
  }
  return rows
}

async function outputsOf(
  kernel: Kernel,
  stack: Stack,
  definition: StackDefinition,
): Promise<StackOutput[]> {
  const plan = new Plan(definition, stack, kernel.digest)
  if (plan.template.outputs.size === 0) return []
  const live = new RowValues(plan, await liveRows(kernel, stack.id))
  const outputs: StackOutput[] = []
  for (const [name, { description, value, condition }] of plan.template.outputs) {
    const path = within('template.outputs', name)
    const scope = plan.scope(live)
    try {
      if (condition !== undefined && !isTrue(condition, scope, path)) continue
      const shown: Json = resolve(value, scope, within(path, 'value'))
      outputs.push({ name, description, value: shown, error: null })
    } catch (error) {
      if (!isCloudError(error)) throw error
      outputs.push({ name, description, value: null, error: problemOf(error) })
    }
  }
  return outputs
}

const listInput = z.strictObject({
  ...pageFields,
  name: nameField.optional(),
  action: z.enum(stackActions).optional(),
  status: z.enum(stackStatuses).optional(),
  tag: z.string().min(1).max(limits.tagLength).optional(),
  /** True: stacks within stacks too. */
  nested: z.boolean().default(false),
})

export const stackList = defineOperation({
  id: 'stack.stack.list',
  summary: 'Lists the stacks of the project, oldest first.',
  policy: reader,
  input: listInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof listInput>): Promise<StackView[]> => {
    const query = { index: 'byProject', equals: [call.projectId] }
    const page = await listPage(call, stackKind, query, input, (stack) => matches(stack, input))
    return page.map((stack) => viewStack(stack, stack.rev))
  },
})

function matches(stack: Stack, input: z.infer<typeof listInput>): boolean {
  return (
    (input.nested || stack.parentId === null) &&
    (input.name === undefined || stack.name === input.name) &&
    (input.action === undefined || stack.action === input.action) &&
    (input.status === undefined || stack.status === input.status) &&
    (input.tag === undefined || stack.tags.includes(input.tag))
  )
}

export const stackTemplate = defineOperation({
  id: 'stack.stack.template',
  summary: 'The template that a stack was made from, read.',
  policy: reader,
  input: z.strictObject({ id: idField }),
  mutates: false,
  run: async (call: Call, input: { id: string }): Promise<JsonMap> => {
    const stack = await fetchOne(call, stackKind, input.id)
    return (await definitionOf(call.kernel, stack)).template
  },
})

/** What a stack was made from, besides its template. */
export interface StackSource {
  /** Values given by the user or by environments; hidden ones are covered. */
  readonly parameters: JsonMap
  readonly registry: Readonly<Record<string, string>>
  /** What holds for single resources, by their names. */
  readonly rules: JsonMap
  readonly files: Readonly<Record<string, string>>
}

export const stackSource = defineOperation({
  id: 'stack.stack.source',
  summary: 'The environment and the files that a stack was made from.',
  policy: reader,
  input: z.strictObject({ id: idField }),
  mutates: false,
  run: async (call: Call, input: { id: string }): Promise<StackSource> => {
    const stack = await fetchOne(call, stackKind, input.id)
    const { template, parameters, registry, rules, files } = await definitionOf(call.kernel, stack)
    const declared = readTemplate(template).parameters
    const shown = shownValues(declared, new Map(Object.entries(parameters)))
    return { parameters: shown, registry, rules, files }
  },
})

const eventInput = z.strictObject({
  ...pageFields,
  stackId: idField,
  /** Of this resource only. */
  resource: z.string().min(1).max(limits.nameLength).optional(),
})

export const stackEventList = defineOperation({
  id: 'stack.event.list',
  summary: 'Lists what happened to a stack and its resources, oldest first.',
  policy: reader,
  input: eventInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof eventInput>): Promise<StackEvent[]> => {
    const stack = await fetchOne(call, stackKind, input.stackId, 'stackId')
    const { resource } = input
    const keep =
      resource === undefined ? undefined : (event: StackEvent) => event.resource === resource
    return listPage(call, stackEventKind, { index: 'byStack', equals: [stack.id] }, input, keep)
  },
})

/** @throws CloudError `notFound` also for an event of another stack. */
export const stackEventGet = defineOperation({
  id: 'stack.event.get',
  summary: 'Shows what happened once to a stack or one of its resources.',
  policy: reader,
  input: z.strictObject({ stackId: idField, id: idField }),
  mutates: false,
  run: async (call: Call, input: { stackId: string; id: string }): Promise<StackEvent> => {
    const stack = await fetchOne(call, stackKind, input.stackId, 'stackId')
    const [event] = await call.kernel.store.get(stackEventKind, [input.id])
    if (event?.stackId === stack.id) return event
    throw notFound('event of the stack', 'id')
  },
})
