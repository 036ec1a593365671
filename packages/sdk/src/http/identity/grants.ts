import {
  CloudError,
  type RoleAssignment,
  roleAssign,
  roleAssignmentList,
  roleGet,
  roleUnassign,
} from '@nephos/core'
import { listBody } from '../../wire/identity/links.ts'
import { roleBody } from '../../wire/identity/role.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json, nothing } from '../reply.ts'
import { type AnyExchange, ask, walk } from './who.ts'

/** What roles may be given on. */
const targets = {
  project: '/projects/{project_id}',
  domain: '/domains/{domain_id}',
  system: '/system',
} as const

type Target = keyof typeof targets
type Subject = 'user' | 'group'

/** Where a grant is: on what, to whom, and whether for what is beneath instead. */
interface Place {
  readonly target: Target
  readonly subject: Subject
  readonly inherited: boolean
}

const places: readonly Place[] = (['project', 'domain', 'system'] as const).flatMap((target) =>
  (['user', 'group'] as const).flatMap((subject) =>
    (target === 'system' ? [false] : [false, true]).map((inherited) => ({
      target,
      subject,
      inherited,
    })),
  ),
)

/** Roles given to users and groups (https://docs.openstack.org/api-ref/identity/v3/#roles). */
export const grants: readonly EndpointRow[] = places.flatMap(grantsOf)

function grantsOf(place: Place): readonly EndpointRow[] {
  const { target, subject, inherited } = place
  const list = inherited
    ? `/OS-INHERIT${targets[target]}/${subject}s/{${subject}_id}/roles`
    : `${targets[target]}/${subject}s/{${subject}_id}/roles`
  const listPath = inherited ? `${list}/inherited_to_projects` : list
  const path = inherited ? `${list}/{role_id}/inherited_to_projects` : `${list}/{role_id}`
  const noun = `${inherited ? 'inheritedGrants' : 'grants'}.${target}.${subject}`
  const what = `on a ${target}${inherited ? ', for the projects beneath' : ''}`
  const row = { access: 'token', status: 204 } as const
  return [
    endpoint({
      ...row,
      id: `identity.${noun}.list`,
      method: 'GET',
      path: listPath,
      summary: `Lists the roles of a ${subject} ${what}.`,
      operations: [roleAssignmentList, roleGet],
      status: 200,
      run: async (x) => json(await granted(x, place)),
    }),
    endpoint({
      ...row,
      id: `identity.${noun}.create`,
      method: 'PUT',
      path,
      summary: `Gives a role to a ${subject} ${what}.`,
      operations: [roleAssign],
      async run(x) {
        await ask(x, roleAssign, grantOf(x, place))
        return nothing
      },
    }),
    endpoint({
      ...row,
      id: `identity.${noun}.check`,
      method: 'GET',
      path,
      summary: `Tells whether a ${subject} has a role ${what}.`,
      operations: [roleAssignmentList],
      async run(x) {
        const roleId = x.param('role_id')
        const rows = await assignmentsAt(x, place)
        if (rows.some(({ role }) => role === roleId)) return nothing
        throw new CloudError('notFound', 'No such role assignment.', { field: 'role_id' })
      },
    }),
    endpoint({
      ...row,
      id: `identity.${noun}.delete`,
      method: 'DELETE',
      path,
      summary: `Takes a role from a ${subject} ${what}.`,
      operations: [roleUnassign],
      async run(x) {
        await ask(x, roleUnassign, grantOf(x, place))
        return nothing
      },
    }),
  ]
}

type Where = Readonly<{ projectId: string } | { domainId: string } | { system: true }>
type Whose = Readonly<{ userId: string } | { groupId: string }>

function whereOf(x: AnyExchange, target: Target): Where {
  if (target === 'project') return { projectId: x.param('project_id') }
  return target === 'domain' ? { domainId: x.param('domain_id') } : { system: true }
}

function whoseOf(x: AnyExchange, subject: Subject): Whose {
  return subject === 'user' ? { userId: x.param('user_id') } : { groupId: x.param('group_id') }
}

function grantOf(
  x: AnyExchange,
  { target, subject, inherited }: Place,
): Where & Whose & { readonly role: string; readonly inherited: boolean } {
  return {
    role: x.param('role_id'),
    inherited,
    ...whereOf(x, target),
    ...whoseOf(x, subject),
  }
}

async function assignmentsAt(
  x: AnyExchange,
  { target, subject, inherited }: Place,
): Promise<readonly RoleAssignment[]> {
  const query = { ...whereOf(x, target), ...whoseOf(x, subject) }
  const { rows } = await walk(
    (bounds) => ask(x, roleAssignmentList, { ...bounds, ...query }),
    (row) => row.inherited === inherited,
  )
  return rows
}

async function granted(x: AnyExchange, place: Place): Promise<unknown> {
  const rows = await assignmentsAt(x, place)
  const roles = await Promise.all(rows.map(({ role }) => ask(x, roleGet, { id: role })))
  const url = (path: string): string => x.url(path)
  const items = roles.map((role) => roleBody(role, url))
  return listBody('roles', items, `${x.origin}${new URL(x.request.url).pathname}`)
}
