import type { ImageTask } from '@nephos/core'
import { moment } from './image.ts'

/** An import, and what came of it (https://docs.openstack.org/api-ref/image/v2/#tasks). */
export function taskBody(task: ImageTask): Readonly<Record<string, unknown>> {
  const { id, imageId, method, status, message, expiresAt } = task
  return {
    id,
    type: 'api_image_import',
    status,
    owner: task.projectId,
    image_id: imageId,
    user_id: task.userId,
    request_id: task.requestId,
    input: { image_id: imageId, import_req: { method }, backend: task.stores ?? ['default'] },
    result: status === 'success' ? { image_id: imageId } : null,
    message,
    created_at: moment(task.createdAt),
    updated_at: moment(task.updatedAt),
    expires_at: expiresAt === null ? null : moment(expiresAt),
    self: `/v2/tasks/${id}`,
    schema: '/v2/schemas/task',
  }
}

/** As lists of all tasks show it. */
export function taskSummary(task: ImageTask): Readonly<Record<string, unknown>> {
  const { input: _input, result: _result, message: _message, ...body } = taskBody(task)
  return body
}
