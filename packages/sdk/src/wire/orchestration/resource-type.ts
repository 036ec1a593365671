import type { ResourceTypeView } from '@nephos/core'

type Body = Readonly<Record<string, unknown>>
type Specs = NonNullable<ResourceTypeView['properties']>
type Spec = Specs[string]

/** A type (https://docs.openstack.org/api-ref/orchestration/v1/#show-resource-type-schema). */
export function resourceTypeBody(view: ResourceTypeView, withDescription: boolean): Body {
  return {
    resource_type: view.name,
    ...(withDescription && { description: view.summary }),
    properties: schemasOf(view.properties ?? {}),
    attributes: Object.fromEntries(
      Object.entries({ ...view.attributes, show: 'Everything that the resource tells.' }).map(
        ([name, description]) => [name, { description }],
      ),
    ),
    support_status: { status: 'SUPPORTED', message: null, version: null, previous_status: null },
  }
}

function schemasOf(specs: Specs): Body {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, schemaOf(spec)]))
}

function schemaOf(spec: Spec): Body {
  const { min, max } = spec
  const isNumber = spec.type === 'number' || spec.type === 'integer'
  const bounds = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
  const constraints = [
    ...(spec.allowed ? [{ allowed_values: spec.allowed }] : []),
    ...(Object.keys(bounds).length > 0 ? [{ [isNumber ? 'range' : 'length']: bounds }] : []),
  ]
  return {
    type: spec.type,
    required: spec.required ?? false,
    update_allowed: spec.updatable ?? false,
    immutable: false,
    ...(spec.default !== undefined && { default: spec.default }),
    ...(spec.description !== undefined && { description: spec.description }),
    ...(constraints.length > 0 && { constraints }),
    ...(spec.items && { schema: { '*': schemaOf(spec.items) } }),
    ...(spec.members && { schema: schemasOf(spec.members) }),
  }
}

const parameterTypes: Readonly<Record<string, string>> = {
  integer: 'number',
  list: 'comma_delimited_list',
  map: 'json',
  any: 'json',
}

/** A template with one resource of a type, everything about it a parameter. */
export function typeTemplate(view: ResourceTypeView, form: 'hot' | 'cfn'): Body {
  const name = view.name.split('::').at(-1) ?? view.name
  const specs = Object.entries(view.properties ?? {})
  const isHot = form === 'hot'
  const parameters = specs.map(([property, spec]) => [property, parameterOf(spec, isHot)])
  const properties = specs.map(([property]) => [
    property,
    isHot ? { get_param: property } : { Ref: property },
  ])
  const outputs = Object.entries(view.attributes).map(([attribute, description]) => [
    attribute,
    isHot
      ? { description, value: { get_attr: [name, attribute] } }
      : { Description: description, Value: { 'Fn::GetAtt': [name, attribute] } },
  ])
  const all = { parameters, properties, outputs: outputs as [string, Body][] }
  return isHot ? hotTemplate(view, name, all) : cfnTemplate(view, name, all)
}

type Entries = readonly (readonly unknown[])[]

function mapOf(entries: Entries): Body {
  return Object.fromEntries(entries as readonly (readonly [string, unknown])[])
}

function hotTemplate(
  view: ResourceTypeView,
  name: string,
  all: { readonly parameters: Entries; readonly properties: Entries; readonly outputs: Entries },
): Body {
  return {
    heat_template_version: '2016-10-14',
    description: `Initial template of ${name}`,
    parameters: mapOf(all.parameters),
    resources: { [name]: { type: view.name, properties: mapOf(all.properties) } },
    outputs: mapOf(all.outputs),
  }
}

function cfnTemplate(
  view: ResourceTypeView,
  name: string,
  all: { readonly parameters: Entries; readonly properties: Entries; readonly outputs: Entries },
): Body {
  return {
    HeatTemplateFormatVersion: '2012-12-12',
    Description: `Initial template of ${name}`,
    Parameters: mapOf(all.parameters),
    Resources: { [name]: { Type: view.name, Properties: mapOf(all.properties) } },
    Outputs: mapOf(all.outputs),
  }
}

function parameterOf(spec: Spec, isHot: boolean): Body {
  const type = parameterTypes[spec.type] ?? spec.type
  const names = isHot
    ? { type: 'type', default: 'default', description: 'description' }
    : { type: 'Type', default: 'Default', description: 'Description' }
  return {
    [names.type]: isHot ? type : cfnType(type),
    ...(spec.description !== undefined && { [names.description]: spec.description }),
    ...(spec.default !== undefined && { [names.default]: spec.default }),
  }
}

function cfnType(type: string): string {
  if (type === 'comma_delimited_list') return 'CommaDelimitedList'
  return `${type.slice(0, 1).toUpperCase()}${type.slice(1)}`
}
