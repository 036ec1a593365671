import type { PreviewedResource, StackCreationPreview, StackPreview } from '@nephos/core'
import { memberOf } from './resource.ts'
import { parametersBody } from './stack.ts'
import { noDescription } from './text.ts'

/** What an unmade stack is called where an id would stand. */
const noId = 'None'

interface Place {
  readonly stackName: string
  readonly projectId: string
  /** The resource that the stack is, in the one above. */
  readonly parent: string | null
  readonly users: ReadonlyMap<string, readonly string[]>
}

type Body = Readonly<Record<string, unknown>>
type BodyTree = Body | readonly BodyTree[]

/** What would be made (https://docs.openstack.org/api-ref/orchestration/v1/#preview-stack). */
export function previewBody(
  preview: StackCreationPreview,
  about: {
    readonly name: string
    readonly projectId: string
    readonly rollback: boolean
    readonly timeoutMinutes: number
    readonly tags: readonly string[]
  },
): Body {
  const { name, projectId } = about
  const description = preview.description || noDescription
  return {
    id: noId,
    links: [],
    stack_name: name,
    description,
    template_description: description,
    parent: null,
    stack_owner: null,
    stack_user_project_id: null,
    capabilities: [],
    notification_topics: [],
    creation_time: null,
    updated_time: null,
    deletion_time: null,
    disable_rollback: !about.rollback,
    timeout_mins: about.timeoutMinutes,
    tags: about.tags,
    parameters: parametersBody({ name, id: noId, projectId }, preview.parameters),
    resources: resourceTree(preview.added, { stackName: name, projectId, parent: null }),
  }
}

/**
 * What an update would do
 * (https://docs.openstack.org/api-ref/orchestration/v1/#preview-stack-update).
 */
export function changesBody(
  preview: StackPreview,
  stack: { readonly name: string; readonly projectId: string },
): Body {
  const place = {
    ...{ stackName: stack.name, projectId: stack.projectId, parent: null },
    users: new Map<string, string[]>(),
  }
  const shown = (rows: readonly PreviewedResource[]): Body[] =>
    rows.map((row) => resourceBody(row, place))
  const named = (names: readonly string[]): Body[] =>
    names.map((name) => ({ resource_name: name, resource_identity: identity(place, name) }))
  return {
    added: shown(preview.added),
    updated: shown(preview.updated),
    replaced: shown(preview.replaced),
    unchanged: named(preview.unchanged),
    deleted: named(preview.deleted),
  }
}

/** Stacks within and groups are lists of what is in them. */
function resourceTree(rows: readonly PreviewedResource[], about: Omit<Place, 'users'>): BodyTree[] {
  const users = new Map<string, string[]>()
  for (const { name, requires } of rows) {
    for (const need of requires) users.set(need, [...(users.get(need) ?? []), name])
  }
  const place = { ...about, users }
  const tree = (row: PreviewedResource): BodyTree => {
    if (row.nested) {
      const stackName = `${about.stackName}-${row.name}`
      return resourceTree(row.nested, { ...about, stackName, parent: row.name })
    }
    const members = rows.filter(({ group }) => group === row.name)
    return members.length > 0 ? members.map(tree) : resourceBody(row, place)
  }
  return rows.filter(({ group }) => group === null).map(tree)
}

function resourceBody(row: PreviewedResource, place: Place): Body {
  const member = memberOf(row.name)
  const name = member?.own ?? row.name
  const parent = member?.group ?? place.parent
  const users = (place.users.get(row.name) ?? []).filter((user) => !memberOf(user))
  return {
    resource_name: name,
    logical_resource_id: name,
    resource_type: row.type,
    resource_action: 'INIT',
    resource_status: 'COMPLETE',
    resource_status_reason: '',
    physical_resource_id: '',
    description: '',
    creation_time: null,
    updated_time: null,
    stack_name: place.stackName,
    stack_identity: { ...identity(place, name), path: '' },
    resource_identity: identity(place, name),
    required_by: users,
    properties: row.properties,
    attributes: Object.fromEntries(row.attributes.map((attribute) => [attribute, null])),
    metadata: row.metadata,
    ...(parent !== null && { parent_resource: parent }),
  }
}

function identity(place: Place, name: string): Body {
  const { stackName, projectId } = place
  return { stack_name: stackName, stack_id: noId, tenant: projectId, path: `/resources/${name}` }
}
