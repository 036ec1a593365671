import {
  CloudError,
  stackGet,
  stackList,
  stackSource,
  stackTemplate,
  type StackView,
} from '@nephos/core'
import { stackBody, stackRow } from '../../wire/orchestration/stack.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { all, first, flag, pageLimit, pageOf, type RawQuery } from '../paging.ts'
import { json, type Reply } from '../reply.ts'
import { stackOf } from './stack-of.ts'

/** A stack with this tag is listed only when hidden ones are asked for. */
const hiddenTag = 'data-processing-cluster'

const sortKeys: Readonly<Record<string, (stack: StackView) => string | number>> = {
  name: ({ name }) => name,
  stack_name: ({ name }) => name,
  status: ({ status }) => status,
  stack_status: ({ stackStatus }) => stackStatus,
  created_at: ({ createdAt }) => createdAt,
  creation_time: ({ createdAt }) => createdAt,
  updated_at: ({ updatedAt }) => updatedAt,
  updated_time: ({ updatedAt }) => updatedAt,
  id: ({ id }) => id,
}

/** Stacks, as they are (https://docs.openstack.org/api-ref/orchestration/v1/#stacks). */
export const stacks: readonly EndpointRow[] = [
  ...['/stacks', '/stacks/detail'].map((path) =>
    endpoint({
      id: path === '/stacks' ? 'orchestration.stacks.list' : 'orchestration.stacks.list-details',
      method: 'GET',
      path,
      summary: 'Lists stacks.',
      access: 'token',
      operations: [stackList],
      status: 200,
      run: (x) => listed(x),
    }),
  ),
  endpoint({
    id: 'orchestration.stacks.get',
    method: 'GET',
    path: '/stacks/{stack_name}/{stack_id}',
    summary: 'Shows a stack.',
    access: 'token',
    operations: [stackGet],
    status: 200,
    async run(x) {
      const outputs = flag(x.query, 'resolve_outputs') ?? true
      const stack = await stackOf(x, { outputs })
      return json({ stack: stackBody(stack, (path) => x.url(path), outputs) })
    },
  }),
  endpoint({
    id: 'orchestration.stacks.template',
    method: 'GET',
    path: '/stacks/{stack_name}/{stack_id}/template',
    summary: 'Shows the template that a stack was made from.',
    access: 'token',
    operations: [stackGet, stackTemplate],
    status: 200,
    async run(x) {
      const { id } = await stackOf(x)
      return json(await x.invoke(stackTemplate, { id }))
    },
  }),
  endpoint({
    id: 'orchestration.stacks.environment',
    method: 'GET',
    path: '/stacks/{stack_name}/{stack_id}/environment',
    summary: 'Shows the environment that a stack was made in.',
    access: 'token',
    operations: [stackGet, stackSource],
    status: 200,
    async run(x) {
      const { id } = await stackOf(x)
      const { parameters, registry, rules } = await x.invoke(stackSource, { id })
      return json({
        parameters,
        parameter_defaults: {},
        resource_registry: { ...registry, resources: rules },
        encrypted_param_names: [],
        event_sinks: [],
      })
    },
  }),
  endpoint({
    id: 'orchestration.stacks.files',
    method: 'GET',
    path: '/stacks/{stack_name}/{stack_id}/files',
    summary: 'Shows the files that came with a template.',
    access: 'token',
    operations: [stackGet, stackSource],
    status: 200,
    async run(x) {
      const { id } = await stackOf(x)
      return json((await x.invoke(stackSource, { id })).files)
    },
  }),
]

async function listed(x: Exchange<RawQuery, undefined>): Promise<Reply> {
  const { query } = x
  if (flag(query, 'global_tenant')) {
    x.refuse(403, 'Stacks are listed within their project.', 'global_tenant')
  }
  const keep = filterOf(query)
  const found: StackView[] = []
  for (let marker: string | undefined; ;) {
    const page: StackView[] = await x.invoke(stackList, {
      nested: flag(query, 'show_nested') ?? false,
      limit: pageLimit,
      ...(marker !== undefined && { marker }),
    })
    found.push(...page.filter(keep))
    marker = page.at(-1)?.id
    if (page.length < pageLimit) break
  }
  const ordered = inOrder(found, query)
  const { limit, marker } = pageOf(query)
  const from = marker === undefined ? 0 : ordered.findIndex(({ id }) => id === marker) + 1
  if (marker !== undefined && from === 0) {
    throw new CloudError('invalid', 'marker: names no stack.', { field: 'marker' })
  }
  const rows = ordered.slice(from, from + limit)
  return json({
    stacks: rows.map((stack) => stackRow(stack, (path) => x.url(path))),
    ...(flag(query, 'with_count') && { count: ordered.length }),
  })
}

function filterOf(query: RawQuery): (stack: StackView) => boolean {
  const named = (name: string, of: (stack: StackView) => string | null) => {
    const wanted = all(query, name).flatMap((value) => value.split(','))
    return (stack: StackView): boolean => wanted.length === 0 || wanted.includes(of(stack) ?? '')
  }
  const tags = (name: string): string[] | undefined => first(query, name)?.split(',')
  const [every, some] = [tags('tags'), tags('tags_any')]
  const [notEvery, notSome] = [tags('not_tags'), tags('not_tags_any')]
  const tests: ((stack: StackView) => boolean)[] = [
    named('id', ({ id }) => id),
    named('name', ({ name }) => name),
    named('stack_name', ({ name }) => name),
    named('action', ({ action }) => action),
    named('stack_action', ({ action }) => action),
    named('status', ({ status }) => status),
    named('stack_status', ({ stackStatus }) => stackStatus),
    named('owner_id', ({ parentId }) => parentId),
    named('parent', ({ parentId }) => parentId),
    (stack) => !every || every.every((tag) => stack.tags.includes(tag)),
    (stack) => !some || some.some((tag) => stack.tags.includes(tag)),
    (stack) => !notEvery || !notEvery.every((tag) => stack.tags.includes(tag)),
    (stack) => !notSome || !notSome.some((tag) => stack.tags.includes(tag)),
  ]
  if (!flag(query, 'show_hidden')) tests.push(({ tags: own }) => !own.includes(hiddenTag))
  return (stack) => tests.every((test) => test(stack))
}

/** Newest first unless asked for otherwise. */
function inOrder(rows: readonly StackView[], query: RawQuery): StackView[] {
  const keys = all(query, 'sort_keys').flatMap((value) => value.split(','))
  const direction = first(query, 'sort_dir')?.toLowerCase() ?? (keys.length > 0 ? 'asc' : 'desc')
  if (direction !== 'asc' && direction !== 'desc') {
    throw new CloudError('invalid', 'sort_dir: is neither asc nor desc.', { field: 'sort_dir' })
  }
  const values = (keys.length > 0 ? keys : ['created_at']).map((key) => {
    const own = sortKeys[key]
    if (own) return own
    throw new CloudError('invalid', `sort_keys: there is no ${key.slice(0, 40)}.`, {
      field: 'sort_keys',
    })
  })
  const sign = direction === 'asc' ? 1 : -1
  return rows.toSorted((a, b) => {
    for (const value of [...values, ({ id }: StackView) => id]) {
      const [one, other] = [value(a), value(b)]
      if (one !== other) return one < other ? -sign : sign
    }
    return 0
  })
}
