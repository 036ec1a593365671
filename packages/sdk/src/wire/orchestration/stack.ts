import type { StackDetail, StackOutput, StackView } from '@nephos/core'
import { noDescription, timeText, valueText } from './text.ts'

/** The absolute URL of a path beneath the API's base. */
export type UrlOf = (path: string) => string

export interface Link {
  readonly href: string
  readonly rel: string
}

/** Where a stack is. */
export function stackPath(stack: { readonly name: string; readonly id: string }): string {
  return `/stacks/${encodeURIComponent(stack.name)}/${stack.id}`
}

/** A stack in a list (https://docs.openstack.org/api-ref/orchestration/v1/#list-stacks). */
export function stackRow(stack: StackView, url: UrlOf): Readonly<Record<string, unknown>> {
  return {
    id: stack.id,
    links: [{ href: url(stackPath(stack)), rel: 'self' }] satisfies Link[],
    stack_name: stack.name,
    description: stack.description || noDescription,
    creation_time: timeText(stack.createdAt),
    updated_time: stack.action === 'CREATE' ? null : timeText(stack.updatedAt),
    deletion_time: null,
    stack_status: stack.stackStatus,
    stack_status_reason: statusReason(stack),
    stack_owner: stack.userId,
    parent: stack.parentId,
    stack_user_project_id: null,
    tags: stack.tags,
    project: stack.projectId,
  }
}

/** A stack shown (https://docs.openstack.org/api-ref/orchestration/v1/#show-stack-details). */
export function stackBody(
  stack: StackDetail,
  url: UrlOf,
  withOutputs: boolean,
): Readonly<Record<string, unknown>> {
  const { project: _, ...row } = stackRow(stack, url)
  return {
    ...row,
    capabilities: [],
    notification_topics: [],
    template_description: stack.description || noDescription,
    parameters: parametersBody(stack, stack.parameters),
    disable_rollback: !stack.rollback,
    timeout_mins: stack.timeoutMinutes,
    ...(withOutputs && { outputs: stack.outputs.map(outputBody) }),
  }
}

/** Values of parameters, with those that every stack has. */
export function parametersBody(
  stack: { readonly name: string; readonly id: string; readonly projectId: string },
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const shown = Object.entries(values).map(([name, value]) => [name, valueText(value)])
  return {
    'OS::stack_id': stack.id,
    'OS::stack_name': stack.name,
    'OS::project_id': stack.projectId,
    ...(Object.fromEntries(shown) as Record<string, string>),
  }
}

export function outputBody(output: StackOutput): Readonly<Record<string, unknown>> {
  return {
    ...outputRow(output),
    output_value: output.value,
    ...(output.error !== null && { output_error: output.error }),
  }
}

/** An output in a list, which has no values. */
export function outputRow(output: StackOutput): Readonly<Record<string, unknown>> {
  const { name, description } = output
  return { output_key: name, description: description || 'No description given' }
}

function statusReason({ action, status, reason }: StackView): string {
  if (reason !== '') return reason
  return status === 'IN_PROGRESS'
    ? `Stack ${action} started`
    : `Stack ${action} completed ${status === 'COMPLETE' ? 'successfully' : 'with a failure'}`
}
