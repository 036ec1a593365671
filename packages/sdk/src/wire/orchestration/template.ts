import type { NestedTemplateView, ParameterView, TemplateView } from '@nephos/core'
import { noDescription } from './text.ts'

type Body = Readonly<Record<string, unknown>>

/** What a template takes (https://docs.openstack.org/api-ref/orchestration/v1/#validate-template). */
export function validatedBody(view: TemplateView, showNested: boolean): Body {
  const { environment, usedFiles } = view
  const registry = Object.fromEntries(usedFiles.map((file) => [file, file]))
  return {
    ...sectionsBody(view),
    ...(showNested && nestedBody(view.nested)),
    Environment: {
      event_sinks: [],
      parameter_defaults: environment.parameterDefaults,
      parameters: environment.parameters,
      resource_registry: { ...registry, ...environment.registry, resources: environment.rules },
    },
  }
}

function sectionsBody(
  view: Pick<TemplateView, 'description' | 'parameters' | 'parameterGroups'>,
): Body {
  const groups = view.parameterGroups.map(({ label, description, parameters }) => ({
    ...(label !== '' && { label }),
    ...(description !== '' && { description }),
    parameters,
  }))
  return {
    Description: view.description || noDescription,
    Parameters: Object.fromEntries(view.parameters.map((one) => [one.name, parameterBody(one)])),
    ...(groups.length > 0 && { ParameterGroups: groups }),
  }
}

function nestedBody(nested: Readonly<Record<string, NestedTemplateView>>): Body {
  const entries = Object.entries(nested)
  if (entries.length === 0) return {}
  const bodies = entries.map(([name, view]) => [
    name,
    { Type: view.type, ...sectionsBody(view), ...nestedBody(view.nested) },
  ])
  return { NestedParameters: Object.fromEntries(bodies) as Body }
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'String',
  number: 'Number',
  boolean: 'Boolean',
  json: 'Json',
  comma_delimited_list: 'CommaDelimitedList',
}

function parameterBody(one: ParameterView): Body {
  return {
    Type: typeNames[one.type] ?? one.type,
    Description: one.description,
    NoEcho: String(one.hidden),
    Label: one.label || one.name,
    ...(one.default !== null && { Default: one.default }),
    ...(one.value !== undefined && { Value: one.value }),
    ...(one.tags.length > 0 && { Tags: one.tags }),
    ...Object.assign({}, ...one.constraints.map(constraintBody)),
  }
}

/** A constraint as it stands in the template, under the names that answers have. */
function constraintBody(constraint: unknown): Body {
  if (typeof constraint !== 'object' || constraint === null) return {}
  const given = new Map(Object.entries(constraint))
  const bounds = (name: string): { min?: unknown; max?: unknown } =>
    (given.get(name) as { min?: unknown; max?: unknown } | undefined) ?? {}
  const [length, range] = [bounds('length'), bounds('range')]
  const body: Record<string, unknown> = {
    MinLength: length.min,
    MaxLength: length.max,
    MinValue: range.min,
    MaxValue: range.max,
    AllowedValues: given.get('allowed_values'),
    AllowedPattern: given.get('allowed_pattern'),
    CustomConstraint: given.get('custom_constraint'),
    ConstraintDescription: given.get('description'),
  }
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
}
