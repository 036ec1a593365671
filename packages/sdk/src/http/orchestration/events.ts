import {
  CloudError,
  type StackEvent,
  stackEventGet,
  stackEventList,
  stackGet,
  type StackView,
} from '@nephos/core'
import { eventBody, eventRow, eventSubject } from '../../wire/orchestration/event.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { all, first, pageLimit, pageOf, type RawQuery } from '../paging.ts'
import { json, type Reply } from '../reply.ts'
import { stackOf } from './stack-of.ts'

const at = '/stacks/{stack_name}/{stack_id}'

/** https://docs.openstack.org/api-ref/orchestration/v1/#stack-events */
export const events: readonly EndpointRow[] = [
  endpoint({
    id: 'orchestration.events.list',
    method: 'GET',
    path: `${at}/events`,
    summary: 'Lists what happened to a stack.',
    access: 'token',
    operations: [stackGet, stackEventList],
    status: 200,
    run: (x) => listed(x, undefined),
  }),
  endpoint({
    id: 'orchestration.events.list-of-resource',
    method: 'GET',
    path: `${at}/resources/{resource_name}/events`,
    summary: 'Lists what happened to a resource of a stack.',
    access: 'token',
    operations: [stackGet, stackEventList],
    status: 200,
    run: (x) => listed(x, x.param('resource_name')),
  }),
  endpoint({
    id: 'orchestration.events.get',
    method: 'GET',
    path: `${at}/resources/{resource_name}/events/{event_id}`,
    summary: 'Shows what happened once.',
    access: 'token',
    operations: [stackGet, stackEventGet],
    status: 200,
    async run(x) {
      const stack = await stackOf(x)
      const event = await x.invoke(stackEventGet, { stackId: stack.id, id: x.param('event_id') })
      if (eventSubject(event, stack) === x.param('resource_name')) {
        return json({ event: eventBody(event, stack, (path) => x.url(path)) })
      }
      const said = 'The Event could not be found.'
      throw new CloudError('notFound', said, { field: 'event_id' })
    },
  }),
]

async function listed(
  x: Exchange<RawQuery, undefined>,
  subject: string | undefined,
): Promise<Reply> {
  const stack = await stackOf(x)
  const keep = filterOf(x.query, stack)
  const every: StackEvent[] = []
  const resource = subject === undefined || subject === stack.name ? {} : { resource: subject }
  for (let marker: string | undefined; ;) {
    const page: StackEvent[] = await x.invoke(stackEventList, {
      stackId: stack.id,
      ...resource,
      limit: pageLimit,
      ...(marker !== undefined && { marker }),
    })
    every.push(...page.filter(keep))
    marker = page.at(-1)?.id
    if (page.length < pageLimit) break
  }
  const own =
    subject === undefined ? every : every.filter((e) => eventSubject(e, stack) === subject)
  const ordered = first(x.query, 'sort_dir') === 'desc' ? own.toReversed() : own
  const { limit, marker } = pageOf(x.query)
  const from = marker === undefined ? 0 : ordered.findIndex(({ id }) => id === marker) + 1
  const rows = ordered.slice(from, from + limit)
  return json({ events: rows.map((event) => eventRow(event, stack, (path) => x.url(path))) })
}

function filterOf(query: RawQuery, stack: StackView): (event: StackEvent) => boolean {
  const named = (name: string, of: (event: StackEvent) => string | null) => {
    const wanted = all(query, name)
    return (event: StackEvent): boolean => wanted.length === 0 || wanted.includes(of(event) ?? '')
  }
  const tests = [
    named('resource_name', (event) => eventSubject(event, stack)),
    named('resource_action', ({ action }) => action),
    named('resource_status', ({ status }) => status),
    named('resource_type', ({ resource, type }) => (resource === null ? 'OS::Heat::Stack' : type)),
  ]
  return (event) => tests.every((test) => test(event))
}
