import { CloudError, type StackExport, type StackSnapshotView } from '@nephos/core'
import { z } from 'zod'
import { timeText } from './text.ts'

/** https://docs.openstack.org/api-ref/orchestration/v1/#snapshot-a-stack */
export const snapshotInput = z.object({ name: z.string().nullish() }).nullish()

/** A snapshot (https://docs.openstack.org/api-ref/orchestration/v1/#show-snapshot). */
export function snapshotBody(snapshot: StackSnapshotView): Readonly<Record<string, unknown>> {
  const { id, name, resources, createdAt } = snapshot
  const kept = Object.entries(resources).map(([resource, row]) => [
    resource,
    {
      name: resource,
      type: row.type,
      resource_id: row.physicalId,
      ...{ action: row.action, status: row.status },
      resource_data: {},
      metadata: {},
    },
  ])
  return {
    ...{ id, name, status: 'COMPLETE', status_reason: 'Stack SNAPSHOT completed successfully' },
    creation_time: timeText(createdAt),
    data: { resources: Object.fromEntries(kept) as unknown },
  }
}

/** All that a stack is (https://docs.openstack.org/api-ref/orchestration/v1/#abandon-stack). */
export function exportBody(told: StackExport): Readonly<Record<string, unknown>> {
  const { stack, template, source, resources } = told
  const { parameters, registry, rules, files } = source
  const shown = resources.map((row) => [
    row.name,
    {
      name: row.name,
      type: row.type,
      resource_id: row.physicalId,
      ...{ action: row.action, status: row.status, metadata: row.metadata },
      resource_data: {},
    },
  ])
  return {
    ...{ id: stack.id, name: stack.name, action: stack.action, status: stack.status },
    ...{ project_id: stack.projectId, tags: stack.tags, template, files },
    stack_user_project_id: null,
    environment: {
      parameters,
      resource_registry: { ...registry, resources: rules },
    },
    resources: Object.fromEntries(shown) as unknown,
  }
}

const exported = z.object({
  template: z.record(z.string(), z.unknown()).nullish(),
  environment: z.record(z.string(), z.unknown()).nullish(),
  files: z.record(z.string(), z.string()).nullish(),
  resources: z.record(z.string(), z.object({ resource_id: z.string().nullish() })),
})

/** What a stack was, as `adopt_stack_data` brings it: a text, or its JSON. */
export function adoptedData(data: string | Readonly<Record<string, unknown>>): {
  readonly source: Omit<z.infer<typeof exported>, 'resources'>
  readonly adopted: Record<string, string>
} {
  const read = exported.safeParse(typeof data === 'string' ? parsed(data) : data)
  if (!read.success) throw wrong('is no data of an abandoned stack.')
  const { resources, ...source } = read.data
  const adopted = Object.entries(resources).flatMap(([name, { resource_id: id }]) =>
    typeof id === 'string' && id !== '' ? [[name, id] as const] : [],
  )
  return { source, adopted: Object.fromEntries(adopted) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw wrong('is no JSON.')
  }
}

function wrong(problem: string): CloudError {
  return new CloudError('invalid', `adopt_stack_data: ${problem}`, { field: 'adopt_stack_data' })
}
