import {
  CloudError,
  domainGet,
  type EffectiveRole,
  groupGet,
  isCloudError,
  projectGet,
  type RoleAssignment,
  roleAssignmentList,
  roleList,
  roleListEffective,
  roleGet,
  userGet,
} from '@nephos/core'
import { assignmentBody, effectiveBody, type Names } from '../../wire/identity/assignment.ts'
import { listBody } from '../../wire/identity/links.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first, flag, type RawQuery } from '../paging.ts'
import { json } from '../reply.ts'
import { subtree } from './project-tree.ts'
import { type AnyExchange, ask, walk } from './who.ts'

/** Who has which role where (https://docs.openstack.org/api-ref/identity/v3/#roles). */
export const roleAssignments: readonly EndpointRow[] = [
  endpoint({
    id: 'identity.roleAssignments.list',
    method: 'GET',
    path: '/role_assignments',
    summary: 'Lists role assignments, or with `effective` the roles that users have in the end.',
    access: 'token',
    operations: [
      roleAssignmentList,
      roleListEffective,
      roleList,
      roleGet,
      userGet,
      groupGet,
      projectGet,
      domainGet,
    ],
    status: 200,
    async run(x) {
      const isEffective = isOn(x.query, 'effective')
      const withNames = isOn(x.query, 'include_names')
      const url = (path: string): string => x.url(path)
      if (isEffective) {
        const { rows, truncated } = cut(await effective(x))
        const names = withNames ? await namesOf(x, rows) : undefined
        const items = rows.map((row) => effectiveBody(row, url, names))
        return json(listBody('role_assignments', items, url('/role_assignments'), { truncated }))
      }
      const { rows, truncated } = await direct(x)
      const names = withNames ? await namesOf(x, rows) : undefined
      const items = rows.map((row) => assignmentBody(row, url, names))
      return json(listBody('role_assignments', items, url('/role_assignments'), { truncated }))
    },
  }),
]

type Asked = AnyExchange & { readonly query: RawQuery }

const most = 1_000

function cut<T>(rows: readonly T[]): { readonly rows: readonly T[]; readonly truncated: boolean } {
  return { rows: rows.slice(0, most), truncated: rows.length > most }
}

/** A switch that is on by being there, unless it says 0. */
function isOn(query: RawQuery, name: string): boolean {
  return flag(query, name) ?? false
}

interface Filter {
  readonly userId?: string
  readonly groupId?: string
  readonly role?: string
  readonly projectId?: string
  readonly domainId?: string
  readonly system?: true
  readonly inherited?: true
}

/** @throws CloudError `invalid` for filters that exclude each other. */
function filterOf(query: RawQuery): Filter {
  const [userId, groupId, role] = ['user.id', 'group.id', 'role.id'].map((key) => first(query, key))
  const [projectId, domainId, system] = ['scope.project.id', 'scope.domain.id', 'scope.system'].map(
    (key) => first(query, key),
  )
  const inherited = first(query, 'scope.OS-INHERIT:inherited_to')
  const many = [projectId, domainId, system].filter((one) => one !== undefined).length > 1
  if (many || (userId !== undefined && groupId !== undefined)) {
    throw new CloudError('invalid', 'The filters exclude each other.', {
      field: many ? 'scope.project.id' : 'group.id',
    })
  }
  return {
    ...(userId !== undefined && { userId }),
    ...(groupId !== undefined && { groupId }),
    ...(role !== undefined && { role }),
    ...(projectId !== undefined && { projectId }),
    ...(domainId !== undefined && { domainId }),
    ...(system !== undefined && { system: true as const }),
    ...(inherited !== undefined && { inherited: true as const }),
  }
}

async function direct(
  x: Asked,
): Promise<{ readonly rows: readonly RoleAssignment[]; readonly truncated: boolean }> {
  const { role, inherited, ...query } = filterOf(x.query)
  const keep = (row: RoleAssignment): boolean =>
    (role === undefined || row.role === role) && (!inherited || row.inherited)
  const at = (projectId: string | undefined) =>
    walk(
      (bounds) =>
        ask(x, roleAssignmentList, {
          ...bounds,
          ...query,
          ...(projectId !== undefined && { projectId }),
        }),
      keep,
    )
  const own = await orNone(() => at(query.projectId))
  if (!isOn(x.query, 'include_subtree') || query.projectId === undefined) return own
  const root = await ask(x, projectGet, { id: query.projectId })
  const rows = [...own.rows]
  for (const { id } of await subtree(x, root)) rows.push(...(await at(id)).rows)
  return cut(rows)
}

/** What is asked for by the id of nothing is nothing: a list with a filter is no probe. */
async function orNone<T>(
  run: () => Promise<{ readonly rows: readonly T[]; readonly truncated: boolean }>,
): Promise<{ readonly rows: readonly T[]; readonly truncated: boolean }> {
  try {
    return await run()
  } catch (error) {
    if (isCloudError(error) && error.code === 'notFound') return { rows: [], truncated: false }
    throw error
  }
}

async function effective(x: Asked): Promise<readonly EffectiveRole[]> {
  const { role, inherited, groupId, ...query } = filterOf(x.query)
  if (groupId !== undefined) {
    throw new CloudError('invalid', 'group.id: does not go with effective.', { field: 'group.id' })
  }
  const { rows } = await orNone(async () => ({
    rows: await ask(x, roleListEffective, query),
    truncated: false,
  }))
  return rows.filter(
    (row) => (role === undefined || row.role === role) && (!inherited || row.from.inherited),
  )
}

/** What an assignment speaks of. */
type Spoken = Pick<RoleAssignment, 'userId' | 'groupId' | 'role' | 'targetType' | 'targetId'>

/** The names of all that rows speak of. */
async function namesOf(x: AnyExchange, rows: readonly Spoken[]): Promise<Names> {
  const idsOf = (pick: (row: (typeof rows)[number]) => string | null | undefined): string[] => [
    ...new Set(rows.flatMap((row) => pick(row) ?? [])),
  ]
  const [users, groups, projects, roles] = await Promise.all([
    found(
      idsOf(({ userId }) => userId),
      (id) => ask(x, userGet, { id }),
    ),
    found(
      idsOf(({ groupId }) => groupId),
      (id) => ask(x, groupGet, { id }),
    ),
    found(
      idsOf((row) => (row.targetType === 'project' ? row.targetId : null)),
      (id) => ask(x, projectGet, { id }),
    ),
    found(
      idsOf(({ role }) => role),
      (id) => ask(x, roleGet, { id }),
    ),
  ])
  const domainIds = [
    ...idsOf((row) => (row.targetType === 'domain' ? row.targetId : null)),
    ...[...users.values(), ...groups.values(), ...projects.values()].map((row) => row.domainId),
  ]
  const domains = await found([...new Set(domainIds)], (id) => ask(x, domainGet, { id }))
  return { users, groups, projects, domains, roles }
}

async function found<T>(
  ids: readonly string[],
  get: (id: string) => Promise<T>,
): Promise<ReadonlyMap<string, T>> {
  const rows = await Promise.all(
    ids.map((id) =>
      get(id).then(
        (row) => [[id, row] as const],
        (error: unknown) => {
          // Gone meanwhile, or not for these eyes: then the id must do.
          if (isCloudError(error) && ['notFound', 'forbidden'].includes(error.code)) return []
          throw error
        },
      ),
    ),
  )
  return new Map(rows.flat())
}
