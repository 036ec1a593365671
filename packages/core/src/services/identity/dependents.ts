import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  accessRuleKind,
  applicationCredentialKind,
} from '../../model/identity/application-credential.ts'
import { credentialKind } from '../../model/identity/credential.ts'
import { membershipKind } from '../../model/identity/group.ts'
import { roleAssignmentKind } from '../../model/identity/role-assignment.ts'
import { trustKind } from '../../model/identity/trust.ts'
import type { Kind, Stored } from '../../model/kind.ts'
import { everyRow } from '../page.ts'
import {
  addReference,
  domainReferences,
  dropReference,
  groupReferences,
  projectReferences,
  roleReferences,
  userReferences,
} from './references.ts'

/** What a row depends on: it is counted there, found by an index, and removed with it. */
export interface Dependence {
  readonly kind: Kind
  /** What scopes of this sort begin with, the colon included. */
  readonly prefix: string
  /** The scope that a row counts in, if it does. */
  readonly scope: (row: Stored) => string | undefined
  /** The index that finds the rows that count in one scope. */
  readonly index: { readonly name: string; keys(id: string): readonly string[] }
}

function dependence<T extends Stored>(
  kind: Kind<T>,
  prefix: string,
  scope: (row: T) => string | undefined,
  name: string,
  keys: (id: string) => readonly string[] = (id) => [id],
): Dependence {
  return { kind, prefix, scope: (row) => scope(row as T), index: { name, keys } }
}

/** All of them: what refers to users, groups, roles, projects and domains. */
export const dependences: readonly Dependence[] = [
  dependence(
    roleAssignmentKind,
    'user:',
    ({ userId }) => (userId === null ? undefined : userReferences(userId)),
    'byUser',
  ),
  dependence(
    roleAssignmentKind,
    'userGroup:',
    ({ groupId }) => (groupId == null ? undefined : groupReferences(groupId)),
    'byGroup',
  ),
  dependence(roleAssignmentKind, 'role:', ({ role }) => roleReferences(role), 'byRole'),
  ...(['project', 'domain'] as const).map((type) =>
    dependence(
      roleAssignmentKind,
      `${type}:`,
      ({ targetType, targetId }) =>
        targetType !== type
          ? undefined
          : type === 'project'
            ? projectReferences(targetId)
            : domainReferences(targetId),
      'byTarget',
      (id) => [type, id],
    ),
  ),
  dependence(membershipKind, 'user:', ({ userId }) => userReferences(userId), 'byUser'),
  dependence(membershipKind, 'userGroup:', ({ groupId }) => groupReferences(groupId), 'byGroup'),
  dependence(applicationCredentialKind, 'user:', (row) => userReferences(row.userId), 'byName'),
  dependence(
    applicationCredentialKind,
    'project:',
    (row) => projectReferences(row.projectId),
    'byProject',
  ),
  dependence(accessRuleKind, 'user:', ({ userId }) => userReferences(userId), 'byRule'),
  dependence(credentialKind, 'user:', ({ userId }) => userReferences(userId), 'byUser'),
  dependence(
    credentialKind,
    'project:',
    ({ projectId }) => (projectId === null ? undefined : projectReferences(projectId)),
    'byProject',
  ),
  dependence(trustKind, 'user:', ({ trustorId }) => userReferences(trustorId), 'byTrustor'),
  dependence(trustKind, 'user:', ({ trusteeId }) => userReferences(trusteeId), 'byTrustee'),
  dependence(trustKind, 'project:', (row) => projectReferences(row.projectId), 'byProject'),
]

function scopesOf(kind: Kind, row: Stored): string[] {
  return dependences.flatMap((one) => (one.kind === kind ? (one.scope(row) ?? []) : []))
}

/** Inserts a row, counted wherever it depends on something. */
export function insertDependent<T extends Stored>(
  writes: Writes,
  kind: Kind<T>,
  row: Omit<T, 'rev'> & { readonly id: string },
): void {
  writes.insert(kind, row)
  for (const scope of scopesOf(kind, { ...row, rev: 0 })) addReference(writes, scope)
}

/** Removes rows, and what they count. */
export function removeDependent<T extends Stored>(
  writes: Writes,
  kind: Kind<T>,
  ...rows: readonly T[]
): void {
  writes.remove(kind, ...rows)
  for (const row of rows) for (const scope of scopesOf(kind, row)) dropReference(writes, scope)
}

/**
 * Removes all that depends on something that is being deleted, and what it counts elsewhere.
 *
 * @returns how much it is: what the counter of the thing itself must stand at.
 * @throws CloudError `conflict` when it is too much for one transaction.
 */
export async function planDependents(
  kernel: Kernel,
  writes: Writes,
  scope: string,
): Promise<number> {
  const prefix = scope.slice(0, scope.indexOf(':') + 1)
  const id = scope.slice(prefix.length)
  const seen = new Set<string>()
  let counted = 0
  for (const one of dependences.filter((each) => each.prefix === prefix)) {
    const query = { index: one.index.name, equals: one.index.keys(id) }
    for await (const page of everyRow(kernel, one.kind, query)) {
      const rows = page.filter((row) => !seen.has(`${one.kind.name} ${row.id}`))
      for (const row of rows) seen.add(`${one.kind.name} ${row.id}`)
      if (seen.size > limits.bulkIds) throw tooMany()
      writes.remove(one.kind, ...rows)
      for (const other of rows.flatMap((row) => scopesOf(one.kind, row))) {
        if (other === scope) counted += 1
        else dropReference(writes, other)
      }
    }
  }
  return counted
}

function tooMany(): CloudError {
  return new CloudError('conflict', 'Too much depends on it: remove some first.', {
    field: 'id',
    limit: limits.bulkIds,
  })
}
