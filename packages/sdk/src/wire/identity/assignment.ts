import type { EffectiveRole, RoleAssignment, RoleRule } from '@nephos/core'
import type { UrlOf } from './links.ts'

interface InDomain {
  readonly id: string
  readonly name: string
  readonly domainId?: string | null
}

/** Names of what assignments speak of, where they are asked for. */
export interface Names {
  readonly users: ReadonlyMap<string, InDomain>
  readonly groups: ReadonlyMap<string, InDomain>
  readonly projects: ReadonlyMap<string, InDomain>
  readonly domains: ReadonlyMap<string, InDomain>
  readonly roles: ReadonlyMap<string, RoleRule>
}

function named(
  id: string,
  from: ReadonlyMap<string, InDomain> | undefined,
  domains: ReadonlyMap<string, InDomain> | undefined,
): Readonly<Record<string, unknown>> {
  const row = from?.get(id)
  if (!row) return { id }
  const { name, domainId } = row
  if (domainId == null) return { id, name }
  return { id, name, domain: { id: domainId, name: domains?.get(domainId)?.name ?? domainId } }
}

function scopeOf(
  { targetType, targetId }: Pick<RoleAssignment, 'targetType' | 'targetId'>,
  names: Names | undefined,
): Readonly<Record<string, unknown>> {
  if (targetType === 'system') return { system: { all: true } }
  if (targetType === 'domain') return { domain: named(targetId, names?.domains, undefined) }
  return { project: named(targetId, names?.projects, names?.domains) }
}

function pathOf(of: Omit<RoleAssignment, 'id' | 'rev' | 'createdAt'>): string {
  const { userId, groupId, role, targetType, targetId, inherited } = of
  const place = targetType === 'system' ? '/system' : `/${targetType}s/${targetId}`
  const subject = userId === null ? `/groups/${groupId ?? ''}` : `/users/${userId}`
  const path = `${place}${subject}/roles/${role}`
  return inherited ? `/OS-INHERIT${path}/inherited_to_projects` : path
}

/** An assignment as Keystone shows it. */
export function assignmentBody(
  row: RoleAssignment,
  url: UrlOf,
  names?: Names,
): Readonly<Record<string, unknown>> {
  const { userId, groupId, inherited } = row
  return {
    role: named(row.role, names?.roles, names?.domains),
    ...(userId !== null && { user: named(userId, names?.users, names?.domains) }),
    ...(groupId != null && { group: named(groupId, names?.groups, names?.domains) }),
    scope: {
      ...scopeOf(row, names),
      ...(inherited && { 'OS-INHERIT:inherited_to': 'projects' }),
    },
    links: { assignment: url(pathOf(row)) },
  }
}

/** A role that somebody has in the end, with where it comes from. */
export function effectiveBody(
  row: EffectiveRole,
  url: UrlOf,
  names?: Names,
): Readonly<Record<string, unknown>> {
  const { userId, from } = row
  const { groupId, inherited, targetType, targetId } = from
  const source = {
    role: row.role,
    userId: groupId == null ? userId : null,
    ...(groupId != null && { groupId }),
    targetType,
    targetId,
    inherited,
  }
  return {
    role: named(row.role, names?.roles, names?.domains),
    user: named(userId, names?.users, names?.domains),
    scope: scopeOf(row, names),
    links: {
      assignment: url(pathOf(source)),
      ...(groupId != null && { membership: url(`/groups/${groupId}/users/${userId}`) }),
    },
  }
}
