import { imageTaskGet, imageTaskList } from '@nephos/core'
import { taskBody, taskSummary } from '../../wire/image/task.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { nextUrl, pageOf } from '../paging.ts'
import { json } from '../reply.ts'

/** Imports under way and past: those of an image for its owner, all of them for administrators. */
export const imageTasks: readonly EndpointRow[] = [
  endpoint({
    id: 'image.tasks.list-of-image',
    method: 'GET',
    path: '/images/{image_id}/tasks',
    summary: 'Lists the imports of an image.',
    access: 'token',
    operations: [imageTaskList],
    status: 200,
    async run(x) {
      const rows = await x.invokeAny(imageTaskList, { imageId: x.param('image_id') })
      return json({ tasks: rows.map(taskBody) })
    },
  }),
  endpoint({
    id: 'image.tasks.list',
    method: 'GET',
    path: '/tasks',
    summary: 'Lists all imports.',
    access: 'token',
    operations: [imageTaskList],
    status: 200,
    async run(x) {
      const page = pageOf(x.query)
      const rows = await x.invokeAs(x.requireOperator(), imageTaskList, page)
      const last = rows.length === page.limit ? rows.at(-1) : undefined
      return json({
        tasks: rows.map(taskSummary),
        first: '/v2/tasks',
        ...(last && { next: nextUrl('/v2/tasks', x.search, last.id) }),
        schema: '/v2/schemas/tasks',
      })
    },
  }),
  endpoint({
    id: 'image.tasks.show',
    method: 'GET',
    path: '/tasks/{task_id}',
    summary: 'Shows an import.',
    access: 'token',
    operations: [imageTaskGet],
    status: 200,
    async run(x) {
      const task = await x.invokeAs(x.requireOperator(), imageTaskGet, { id: x.param('task_id') })
      return json(taskBody(task))
    },
  }),
]
