import {
  CloudError,
  type StackDetail,
  stackGet,
  stackList,
  stackResourceGet,
  stackResourceList,
  stackResourceMark,
  stackResourceSignal,
  type StackResourceView,
  type StackView,
} from '@nephos/core'
import {
  memberOf,
  resourceBody,
  type ResourceContext,
  resourceRow,
  usersOf,
} from '../../wire/orchestration/resource.ts'
import { derivedBody } from '../../wire/orchestration/software.ts'
import { markBody, signalBody, signalInput } from '../../wire/orchestration/resource-input.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { all, first, flag, pageLimit, type RawQuery } from '../paging.ts'
import { json, nothing, type Reply } from '../reply.ts'
import { stackOf } from './stack-of.ts'

const at = '/stacks/{stack_name}/{stack_id}/resources'

/** https://docs.openstack.org/api-ref/orchestration/v1/#stack-resources */
export const resources: readonly EndpointRow[] = [
  endpoint({
    id: 'orchestration.resources.list',
    method: 'GET',
    path: at,
    summary: 'Lists the resources of a stack.',
    access: 'token',
    operations: [stackGet, stackList, stackResourceList],
    status: 200,
    run: (x) => listed(x),
  }),
  endpoint({
    id: 'orchestration.resources.get',
    method: 'GET',
    path: `${at}/{resource_name}`,
    summary: 'Shows a resource of a stack.',
    access: 'token',
    operations: [stackGet, stackList, stackResourceList],
    status: 200,
    async run(x) {
      const stack = await stackOf(x)
      const rows = await rowsOf(x, stack.id)
      const row = rows.find(({ name }) => name === x.param('resource_name'))
      if (!row) throw noResource(x)
      const context = await contextOf(x, stack, rows)
      return json({ resource: resourceBody(row, context(row), (path) => x.url(path)) })
    },
  }),
  endpoint({
    id: 'orchestration.resources.metadata',
    method: 'GET',
    path: `${at}/{resource_name}/metadata`,
    summary: 'Shows the metadata of a resource.',
    access: 'token',
    operations: [stackGet, stackResourceGet],
    status: 200,
    async run(x) {
      const { id: stackId } = await stackOf(x)
      const row = await x.invoke(stackResourceGet, { stackId, name: x.param('resource_name') })
      const { metadata, deployments } = row
      const url = (path: string): string => x.url(path)
      const told = deployments?.map((one) => derivedBody(one, url))
      return json({ metadata: { ...metadata, ...(told && { deployments: told }) } })
    },
  }),
  endpoint({
    id: 'orchestration.resources.signal',
    method: 'POST',
    path: `${at}/{resource_name}/signal`,
    summary: 'Signals a resource of a stack.',
    access: 'token',
    operations: [stackGet, stackResourceSignal],
    body: signalBody,
    // What takes no signals is asked for something that makes no sense.
    statuses: { conflict: 400 },
    status: 200,
    async run(x) {
      const { id: stackId } = await stackOf(x)
      const name = x.param('resource_name')
      await x.invoke(stackResourceSignal, { stackId, name, ...signalInput(x.body) })
      return nothing
    },
  }),
  endpoint({
    id: 'orchestration.resources.mark',
    method: 'PATCH',
    path: `${at}/{resource_name}`,
    summary: 'Marks a resource as unhealthy, or as well again.',
    access: 'token',
    operations: [stackGet, stackResourceMark],
    body: markBody,
    status: 200,
    async run(x) {
      const { id: stackId } = await stackOf(x)
      const { mark_unhealthy: unhealthy, resource_status_reason: reason } = x.body
      const name = x.param('resource_name')
      await x.invoke(stackResourceMark, { stackId, name, unhealthy, reason: reason ?? '' })
      return nothing
    },
  }),
]

function noResource(x: Exchange<unknown, unknown>): CloudError {
  const [name, stack] = [x.param('resource_name'), x.param('stack_name')]
  const said = `The Resource (${name.slice(0, 255)}) could not be found in Stack ${stack}.`
  return new CloudError('notFound', said, { field: 'resource_name' })
}

async function listed(x: Exchange<RawQuery, undefined>): Promise<Reply> {
  const stack = await stackOf(x)
  const depthText = first(x.query, 'nested_depth') ?? '0'
  const depth = /^(?:max|\d{1,2})$/i.test(depthText) ? Number(depthText.replace(/max/i, '9')) : NaN
  if (Number.isNaN(depth)) {
    const said = 'nested_depth: is no whole number, and not max.'
    throw new CloudError('invalid', said, { field: 'nested_depth' })
  }
  const keep = filterOf(x.query)
  const isDetailed = flag(x.query, 'with_detail') ?? false
  const shown: unknown[] = []
  const open: { readonly stack: StackView; readonly depth: number; readonly parent?: string }[] = [
    { stack, depth },
  ]
  for (let next = open.shift(); next; next = open.shift()) {
    const rows = await rowsOf(x, next.stack.id)
    const context = await contextOf(x, next.stack, rows, next.parent)
    for (const row of rows) {
      if (memberOf(row.name) && next.depth === 0) continue
      const about = context(row)
      if (about.nested && next.depth > 0) {
        open.push({ stack: about.nested, depth: next.depth - 1, parent: row.name })
      }
      if (!keep(row)) continue
      const body = isDetailed ? resourceBody : resourceRow
      const more = depth > 0 || isDetailed ? { stack_name: next.stack.name } : {}
      shown.push({ ...body(row, about, (path) => x.url(path)), ...more })
    }
  }
  return json({ resources: shown })
}

function filterOf(query: RawQuery): (row: StackResourceView) => boolean {
  const named = (name: string, of: (row: StackResourceView) => string | null) => {
    const wanted = all(query, name)
    return (row: StackResourceView): boolean =>
      wanted.length === 0 || wanted.includes(of(row) ?? '')
  }
  const tests = [
    named('name', ({ name }) => name),
    named('type', ({ type }) => type),
    named('action', ({ action }) => action),
    named('status', ({ status }) => status),
    named('id', ({ id }) => id),
    named('physical_resource_id', ({ physicalId }) => physicalId),
  ]
  return (row) => tests.every((test) => test(row))
}

/** Every resource of a stack. */
export async function rowsOf(
  x: Exchange<unknown, unknown>,
  stackId: string,
): Promise<StackResourceView[]> {
  const rows: StackResourceView[] = []
  for (let marker: string | undefined; ;) {
    const page: StackResourceView[] = await x.invoke(stackResourceList, {
      stackId,
      limit: pageLimit,
      ...(marker !== undefined && { marker }),
    })
    rows.push(...page)
    marker = page.at(-1)?.id
    if (page.length < pageLimit) return rows
  }
}

/** What is told of each resource besides itself: what needs it, and the stack that it is. */
async function contextOf(
  x: Exchange<unknown, unknown>,
  stack: StackDetail | StackView,
  rows: readonly StackResourceView[],
  parent?: string,
): Promise<(row: StackResourceView) => ResourceContext> {
  const users = usersOf(rows)
  const ids = new Set(rows.flatMap(({ isStack, physicalId }) => (isStack && physicalId) || []))
  const nested = new Map<string, StackView>()
  for (let marker: string | undefined; nested.size < ids.size;) {
    const page: StackView[] = await x.invoke(stackList, {
      nested: true,
      limit: pageLimit,
      ...(marker !== undefined && { marker }),
    })
    for (const one of page) if (ids.has(one.id)) nested.set(one.id, one)
    marker = page.at(-1)?.id
    if (page.length < pageLimit) break
  }
  return ({ physicalId }) => ({ stack, users, nested: nested.get(physicalId ?? ''), parent })
}
