import type { StackResourceView, StackView } from '@nephos/core'
import { type Link, stackPath, type UrlOf } from './stack.ts'
import { timeText } from './text.ts'

/** Where a resource of a stack is. */
export function resourcePath(
  stack: { readonly name: string; readonly id: string },
  name: string,
): string {
  return `${stackPath(stack)}/resources/${encodeURIComponent(name)}`
}

/** The group and the index of what is a member of one, such as `web/0`. */
export function memberOf(name: string): { readonly group: string; readonly own: string } | null {
  const at = name.lastIndexOf('/')
  return at < 0 ? null : { group: name.slice(0, at), own: name.slice(at + 1) }
}

/** What else a resource's body tells. */
export interface ResourceContext {
  readonly stack: StackView
  /** By the names of resources: those that need them. */
  readonly users: ReadonlyMap<string, readonly string[]>
  /** The stack that the resource is. */
  readonly nested: StackView | undefined
  /** The resource of the stack above that its stack is. */
  readonly parent: string | undefined
}

/** A resource (https://docs.openstack.org/api-ref/orchestration/v1/#list-stack-resources). */
export function resourceRow(
  row: StackResourceView,
  { stack, users, nested, parent }: ResourceContext,
  url: UrlOf,
): Readonly<Record<string, unknown>> {
  const member = memberOf(row.name)
  const above = member?.group ?? parent
  const links: Link[] = [
    { href: url(resourcePath(stack, row.name)), rel: 'self' },
    { href: url(stackPath(stack)), rel: 'stack' },
    ...(nested ? [{ href: url(stackPath(nested)), rel: 'nested' }] : []),
  ]
  return {
    resource_name: member?.own ?? row.name,
    logical_resource_id: member?.own ?? row.name,
    physical_resource_id: row.physicalId ?? '',
    resource_type: row.type,
    resource_status: row.resourceStatus,
    resource_status_reason: row.reason || 'state changed',
    creation_time: timeText(row.createdAt),
    updated_time: timeText(row.updatedAt),
    required_by: (users.get(row.name) ?? []).filter((name) => !memberOf(name)),
    links,
    ...(above !== undefined && { parent_resource: above }),
  }
}

/** A resource with what it tells. */
export function resourceBody(
  row: StackResourceView,
  context: ResourceContext,
  url: UrlOf,
): Readonly<Record<string, unknown>> {
  return { ...resourceRow(row, context, url), description: '', attributes: row.attributes }
}

/** By the names of resources: those that need them. */
export function usersOf(rows: readonly StackResourceView[]): ReadonlyMap<string, string[]> {
  const users = new Map<string, string[]>()
  for (const { name, requires } of rows) {
    for (const need of requires) {
      const list = users.get(need)
      if (list) list.push(name)
      else users.set(need, [name])
    }
  }
  return users
}
