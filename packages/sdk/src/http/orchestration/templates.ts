import {
  CloudError,
  stackTypeGet,
  stackTypeList,
  stackValidate,
  stackVersionList,
} from '@nephos/core'
import { functionSummaries } from '../../wire/orchestration/functions.ts'
import { resourceTypeBody, typeTemplate } from '../../wire/orchestration/resource-type.ts'
import { sourceInput, validateBody } from '../../wire/orchestration/stack-input.ts'
import { validatedBody } from '../../wire/orchestration/template.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first, flag } from '../paging.ts'
import { json } from '../reply.ts'
import { refuseUrls, templateOf } from './stack-changes.ts'

const prefix = 'heat_template_version.'

/** https://docs.openstack.org/api-ref/orchestration/v1/#resource-types and #templates */
export const templates: readonly EndpointRow[] = [
  endpoint({
    id: 'orchestration.resource-types.list',
    method: 'GET',
    path: '/resource_types',
    summary: 'Lists the types of resources.',
    access: 'token',
    operations: [stackTypeList],
    status: 200,
    async run(x) {
      const part = first(x.query, 'name') ?? ''
      const types = (await x.invoke(stackTypeList, {})).filter(({ name }) => name.includes(part))
      const isDescribed = flag(x.query, 'with_description') ?? false
      const shown = types.map(({ name, summary }) =>
        isDescribed ? { resource_type: name, description: summary } : name,
      )
      return json({ resource_types: shown })
    },
  }),
  endpoint({
    id: 'orchestration.resource-types.get',
    method: 'GET',
    path: '/resource_types/{type_name}',
    summary: 'Shows what a type of resource takes and tells.',
    access: 'token',
    operations: [stackTypeGet],
    status: 200,
    async run(x) {
      const view = await x.invoke(stackTypeGet, { name: x.param('type_name') })
      return json(resourceTypeBody(view, flag(x.query, 'with_description') ?? false))
    },
  }),
  endpoint({
    id: 'orchestration.resource-types.template',
    method: 'GET',
    path: '/resource_types/{type_name}/template',
    summary: 'Shows a template with one resource of a type.',
    access: 'token',
    operations: [stackTypeGet],
    status: 200,
    async run(x) {
      const form = first(x.query, 'template_type') ?? 'cfn'
      if (form !== 'hot' && form !== 'cfn') {
        const said = 'template_type: is neither hot nor cfn.'
        throw new CloudError('invalid', said, { field: 'template_type' })
      }
      const view = await x.invoke(stackTypeGet, { name: x.param('type_name') })
      return json(typeTemplate(view, form))
    },
  }),
  endpoint({
    id: 'orchestration.template-versions.list',
    method: 'GET',
    path: '/template_versions',
    summary: 'Lists the versions of templates.',
    access: 'token',
    operations: [stackVersionList],
    status: 200,
    async run(x) {
      const versions = await x.invoke(stackVersionList, {})
      return json({
        template_versions: versions.map(({ version, aliases }) => ({
          version: `${prefix}${version}`,
          type: 'hot',
          aliases: aliases.map((alias) => `${prefix}${alias}`),
        })),
      })
    },
  }),
  endpoint({
    id: 'orchestration.template-versions.functions',
    method: 'GET',
    path: '/template_versions/{template_version}/functions',
    summary: 'Lists the functions of a version of templates.',
    access: 'token',
    operations: [stackVersionList],
    status: 200,
    async run(x) {
      const name = x.param('template_version')
      const versions = await x.invoke(stackVersionList, {})
      const found = versions.find(({ version, aliases }) =>
        [version, ...aliases].some((own) => name === `${prefix}${own}`),
      )
      if (!found) {
        const said = `The Template version (${name.slice(0, 255)}) could not be found.`
        throw new CloudError('notFound', said, { field: 'template_version' })
      }
      const isAll = flag(x.query, 'with_condition_func') ?? false
      const names = [...found.functions, ...(isAll ? found.conditionFunctions : [])]
      return json({
        template_functions: [...new Set(names)].map((functions) => ({
          functions,
          description: functionSummaries[functions] ?? '',
        })),
      })
    },
  }),
  endpoint({
    id: 'orchestration.templates.validate',
    method: 'POST',
    path: '/validate',
    summary: 'Checks a template, and shows what it takes.',
    access: 'token',
    operations: [stackValidate],
    body: validateBody,
    status: 200,
    async run(x) {
      refuseUrls(x.body)
      const nested = flag(x.query, 'show_nested') ?? false
      const input = { ...sourceInput(x.body), template: templateOf(x.body), nested }
      return json(validatedBody(await x.invoke(stackValidate, input), nested))
    },
  }),
]
