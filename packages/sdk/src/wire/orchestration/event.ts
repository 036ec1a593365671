import type { StackEvent, StackView } from '@nephos/core'
import { resourcePath } from './resource.ts'
import { type Link, stackPath, type UrlOf } from './stack.ts'
import { timeText } from './text.ts'

/** What an event is of: a resource, or the stack itself under its own name. */
export function eventSubject(event: StackEvent, stack: StackView): string {
  return event.resource ?? stack.name
}

/** An event (https://docs.openstack.org/api-ref/orchestration/v1/#list-stack-events). */
export function eventRow(
  event: StackEvent,
  stack: StackView,
  url: UrlOf,
): Readonly<Record<string, unknown>> {
  const subject = eventSubject(event, stack)
  const at = resourcePath(stack, subject)
  const links: Link[] = [
    { href: url(`${at}/events/${event.id}`), rel: 'self' },
    { href: url(at), rel: 'resource' },
    { href: url(stackPath(stack)), rel: 'stack' },
  ]
  return {
    id: event.id,
    event_time: timeText(event.at),
    resource_name: subject,
    logical_resource_id: subject,
    physical_resource_id: event.resource === null ? stack.id : event.physicalId,
    resource_status: `${event.action}_${event.status}`,
    resource_status_reason: event.reason || eventReason(event),
    links,
  }
}

/** An event shown, with the type of what it is of. */
export function eventBody(
  event: StackEvent,
  stack: StackView,
  url: UrlOf,
): Readonly<Record<string, unknown>> {
  const type = event.resource === null ? 'OS::Heat::Stack' : event.type
  return { ...eventRow(event, stack, url), resource_type: type, resource_properties: {} }
}

function eventReason({ resource, action, status }: StackEvent): string {
  if (resource !== null) return 'state changed'
  if (status === 'IN_PROGRESS') return `Stack ${action} started`
  return status === 'COMPLETE' ? `Stack ${action} completed successfully` : `Stack ${action} failed`
}
