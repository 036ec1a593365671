import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import type { Json, JsonMap } from '../../model/stack/json.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { defineOperation } from '../operation.ts'
import { validateInput, type ValidateInput } from './input.ts'
import { nestedTemplate } from './plan/nested.ts'
import { Plan } from './plan/plan.ts'
import type { PropertySpecs } from './resources/property.ts'
import { builtInType, resourceTypes } from './resources/registry.ts'
import { environmentOf, readSource, type Source } from './source.ts'
import { conditionFunctions, functions } from './template/functions.ts'
import type { Environment } from './template/environment.ts'
import { templateError } from './template/error.ts'
import type { ParameterDecl } from './template/parameter-decl.ts'
import { checkDefaults, shownValues } from './template/parameter-values.ts'
import type { ParameterGroup } from './template/shape.ts'
import { readTemplate } from './template/shape.ts'
import { hasSince, hotAliases, hotVersions } from './template/version.ts'

const reader = { scope: 'project', role: 'reader' } as const

/** A type of resource as templates may use it. */
export interface ResourceTypeView {
  readonly name: string
  readonly summary: string
  /** Null: any. */
  readonly properties: PropertySpecs | null
  readonly attributes: Readonly<Record<string, string>>
}

export const stackTypeList = defineOperation({
  id: 'stack.type.list',
  summary: 'Lists the types of resources that templates may use.',
  policy: reader,
  input: z.strictObject({}),
  mutates: false,
  run: async (): Promise<{ readonly name: string; readonly summary: string }[]> =>
    resourceTypes.map(({ name, summary }) => ({ name, summary })),
})

export const stackTypeGet = defineOperation({
  id: 'stack.type.get',
  summary: 'Shows what a type of resource takes and tells.',
  policy: reader,
  input: z.strictObject({ name: z.string().min(1).max(limits.nameLength) }),
  mutates: false,
  run: async (_, { name }: { name: string }): Promise<ResourceTypeView> => {
    const type = builtInType(name)
    if (!type) throw notFound('type of resource', 'name')
    const { summary, properties, attributes } = type
    return { name, summary, properties, attributes }
  },
})

/** A version of templates and what may be used in it. */
export interface TemplateVersionView {
  readonly version: string
  readonly aliases: readonly string[]
  readonly functions: readonly string[]
  readonly conditionFunctions: readonly string[]
}

export const stackVersionList = defineOperation({
  id: 'stack.version.list',
  summary: 'Lists the versions of templates with their functions.',
  policy: reader,
  input: z.strictObject({}),
  mutates: false,
  run: async (): Promise<TemplateVersionView[]> =>
    hotVersions.map((version) => {
      const usable = (table: typeof functions): string[] =>
        Object.entries(table).flatMap(([name, { since }]) =>
          name !== 'yaql' && hasSince(version, since) ? [name] : [],
        )
      const aliases = Object.entries(hotAliases).flatMap(([alias, one]) =>
        one === version ? [alias] : [],
      )
      return {
        version,
        aliases,
        functions: usable(functions),
        conditionFunctions: usable(conditionFunctions),
      }
    }),
})

/** What a template takes: for those who are to fill it in. */
export interface TemplateView {
  readonly version: string
  readonly description: string
  readonly parameters: readonly ParameterView[]
  /** What the environments came to. */
  readonly environment: Environment
  /** Files that are used as types of resources. */
  readonly usedFiles: readonly string[]
  /** Stacks within, by the names of resources, when they are asked for. */
  readonly nested: Readonly<Record<string, NestedTemplateView>>
  readonly parameterGroups: readonly ParameterGroup[]
  readonly resources: readonly { readonly name: string; readonly type: string }[]
  readonly outputs: readonly string[]
}

/** What a template within takes, and gets. */
export interface NestedTemplateView extends Pick<
  TemplateView,
  'description' | 'parameters' | 'parameterGroups' | 'nested'
> {
  readonly type: string
}

export interface ParameterView extends Omit<ParameterDecl, 'constraints' | 'default'> {
  /** Null when a value must be given. */
  readonly default: Json
  /** What was given for it; absent when nothing was. */
  readonly value?: Json
  readonly constraints: readonly Json[]
}

/** @throws CloudError `invalid` with the path of the first thing that is wrong. */
export const stackValidate = defineOperation({
  id: 'stack.template.validate',
  summary: 'Checks a template, and shows what it takes.',
  policy: reader,
  input: validateInput,
  mutates: false,
  run: async (call: Call, input: ValidateInput): Promise<TemplateView> => {
    const source = readSource(input)
    const environment = environmentOf(input.environments)
    const template = readTemplate(source.template)
    checkDefaults(template.parameters, 'template.parameters')
    // Without values for all of them, what depends on the missing ones cannot be looked at.
    const given = Object.keys(environment.parameters).concat(Object.keys(input.parameters))
    const plan = filledPlan(call, source, template.parameters)
    plan?.validate()
    return {
      version: template.version,
      description: template.description,
      parameters: viewParameters(template.parameters, source.parameters, new Set(given)),
      environment,
      usedFiles: plan ? usedFiles(plan) : [],
      nested: plan && input.nested ? nestedViews(plan, 1) : {},
      parameterGroups: template.parameterGroups,
      resources: [...template.resources.values()].map(({ name, type }) => ({ name, type })),
      outputs: [...template.outputs.keys()],
    }
  },
})

/** Nothing while a parameter has no value. */
function filledPlan(
  call: Call,
  source: Source,
  declared: ReadonlyMap<string, ParameterDecl>,
): Plan | null {
  const isFilled = [...declared.values()].every(
    (one) => one.default !== undefined || Object.hasOwn(source.parameters, one.name),
  )
  if (!isFilled) return null
  const about = { id: 'validate', name: 'validate', projectId: call.projectId }
  return new Plan(source, about, call.kernel.digest)
}

function viewParameters(
  declared: ReadonlyMap<string, ParameterDecl>,
  values: JsonMap,
  given: ReadonlySet<string>,
): ParameterView[] {
  const shown = shownValues(declared, new Map(Object.entries(values)))
  return [...declared.values()].map((one) => ({
    ...one,
    default: one.default ?? null,
    ...(given.has(one.name) && { value: shown[one.name] ?? null }),
    constraints: one.constraints.map(({ source }) => source),
  }))
}

function usedFiles(plan: Plan): string[] {
  const names = [...plan.nodes.values()].map(({ type }) => type.name)
  return [...new Set(names.filter((name) => !builtInType(name)))]
}

/** What stacks within take, as far as it can be told without values. */
function nestedViews(plan: Plan, depth: number): Record<string, NestedTemplateView> {
  const views: Record<string, NestedTemplateView> = {}
  for (const node of plan.nodes.values()) {
    const source = nestedTemplate(plan, node)
    if (!source) continue
    if (depth >= limits.stackDepth) {
      throw templateError(node.path, 'stacks are nested too deeply.', limits.stackDepth)
    }
    const template = readTemplate(source, node.type.name)
    const properties = plan.properties(node)
    const given = new Set(Object.keys(node.decl.properties))
    const parameters = Object.fromEntries(
      Object.entries(properties).filter(([name]) => template.parameters.has(name)),
    )
    const isFilled = [...template.parameters.values()].every(
      (one) => one.default !== undefined || Object.hasOwn(parameters, one.name),
    )
    const inner = isFilled
      ? plan.within(node.name, { ...plan.source, template: source, parameters })
      : null
    views[node.name] = {
      type: node.decl.type,
      description: template.description,
      parameters: viewParameters(template.parameters, parameters, given),
      parameterGroups: template.parameterGroups,
      nested: inner ? nestedViews(inner, depth + 1) : {},
    }
  }
  return views
}
