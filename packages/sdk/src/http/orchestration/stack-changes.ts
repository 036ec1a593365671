import {
  CloudError,
  stackCreate,
  stackDelete,
  stackGet,
  stackPreview,
  stackPreviewUpdate,
  stackUpdate,
} from '@nephos/core'
import { adoptedData } from '../../wire/orchestration/snapshot.ts'
import { changesBody, previewBody } from '../../wire/orchestration/preview.ts'
import { stackPath } from '../../wire/orchestration/stack.ts'
import {
  createBody,
  type CreateBody,
  documentText,
  sourceInput,
  tagsOf,
  updateBody,
  type UpdateBody,
} from '../../wire/orchestration/stack-input.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json, nothing, type Reply } from '../reply.ts'
import { stackOf } from './stack-of.ts'

/** Stacks made, changed and deleted (https://docs.openstack.org/api-ref/orchestration/v1/#stacks). */
export const stackChanges: readonly EndpointRow[] = [
  endpoint({
    id: 'orchestration.stacks.create',
    method: 'POST',
    path: '/stacks',
    summary: 'Creates a stack.',
    access: 'token',
    operations: [stackCreate],
    body: createBody,
    status: 201,
    async run(x) {
      const stack = await x.invoke(stackCreate, creation(x.body))
      const href = x.url(stackPath(stack))
      return json(
        { stack: { id: stack.id, links: [{ href, rel: 'self' }] } },
        { headers: { location: href } },
      )
    },
  }),
  endpoint({
    id: 'orchestration.stacks.preview',
    method: 'POST',
    path: '/stacks/preview',
    summary: 'Shows what a creation would make.',
    access: 'token',
    operations: [stackPreview],
    body: createBody,
    status: 200,
    async run(x) {
      const input = creation(x.body)
      const preview = await x.invoke(stackPreview, input)
      const { name, rollback, timeoutMinutes = 60, tags } = input
      const about = { name, projectId: x.projectId, rollback, timeoutMinutes, tags }
      return json({ stack: previewBody(preview, about) })
    },
  }),
  ...(['PUT', 'PATCH'] as const).flatMap((method) => [
    endpoint({
      id: `orchestration.stacks.${method === 'PUT' ? 'update' : 'patch'}`,
      method,
      path: '/stacks/{stack_name}/{stack_id}',
      summary: 'Changes a stack.',
      access: 'token',
      operations: [stackGet, stackUpdate],
      body: updateBody,
      status: 202,
      async run(x) {
        const { id } = await stackOf(x)
        await x.invoke(stackUpdate, change(x, id, method === 'PATCH'))
        return nothing
      },
    }),
    endpoint({
      id: `orchestration.stacks.preview-${method === 'PUT' ? 'update' : 'patch'}`,
      method,
      path: '/stacks/{stack_name}/{stack_id}/preview',
      summary: 'Shows what a change would do.',
      access: 'token',
      operations: [stackGet, stackPreviewUpdate],
      body: updateBody,
      status: 200,
      run: (x) => previewed(x, method === 'PATCH'),
    }),
  ]),
  endpoint({
    id: 'orchestration.stacks.delete',
    method: 'DELETE',
    path: '/stacks/{stack_name}/{stack_id}',
    summary: 'Deletes a stack with its resources.',
    access: 'token',
    operations: [stackGet, stackDelete],
    status: 204,
    async run(x) {
      const { id } = await stackOf(x)
      await x.invoke(stackDelete, { id })
      return nothing
    },
  }),
]

async function previewed(x: Exchange<unknown, UpdateBody>, existing: boolean): Promise<Reply> {
  const stack = await stackOf(x)
  const preview = await x.invoke(stackPreviewUpdate, change(x, stack.id, existing))
  return json({ resource_changes: changesBody(preview, stack) })
}

function creation(body: CreateBody) {
  refuseUrls(body)
  const { timeout_mins: minutes, adopt_stack_data: data } = body
  const from = data === null || data === undefined ? undefined : adoptedData(data)
  // What was given besides counts for more than what the stack was.
  const { template, environment, files } = from?.source ?? {}
  const whole = {
    ...body,
    template: body.template ?? template,
    environment: body.environment ?? environment,
    files: { ...files, ...body.files },
  }
  return {
    ...sourceInput(whole),
    ...(from && { adopted: from.adopted }),
    name: body.stack_name,
    template: templateOf(whole),
    tags: tagsOf(body.tags),
    rollback: body.disable_rollback === false,
    ...(typeof minutes === 'number' && minutes > 0 && { timeoutMinutes: minutes }),
  }
}

/** All is given anew; what stays as it is stays only when that is asked for. */
function change(x: Exchange<unknown, UpdateBody>, id: string, existing: boolean) {
  const { body } = x
  refuseUrls(body)
  const isGiven = body.template !== null && body.template !== undefined
  const { timeout_mins: minutes, disable_rollback: isKept, tags } = body
  return {
    ...sourceInput(body),
    id,
    existing,
    ...((!existing || isGiven) && { template: templateOf(body) }),
    clearParameters: body.clear_parameters ?? [],
    ...((!existing || typeof tags === 'string') && { tags: tagsOf(tags) }),
    ...((!existing || typeof isKept === 'boolean') && { rollback: isKept === false }),
    ...(typeof minutes === 'number' && minutes > 0 && { timeoutMinutes: minutes }),
  }
}

export function templateOf(body: Pick<UpdateBody, 'template'>): string {
  const { template } = body
  if (template !== null && template !== undefined) return documentText(template)
  throw new CloudError('invalid', 'No template specified', { field: 'template' })
}

export function refuseUrls(body: Pick<UpdateBody, 'template_url'>): void {
  if (body.template_url === null || body.template_url === undefined) return
  throw new CloudError('invalid', 'template_url: templates are not fetched from elsewhere.', {
    field: 'template_url',
  })
}
