import { limits } from '../../base/limits.ts'
import type { Writes } from '../../commit/writes.ts'
import { roles } from '../policy.ts'
import { unlimited } from '../quota.ts'

/**
 * Who depends on whom, as counters: what refers to a domain, project or user is counted there in
 * the commit that makes the reference, so that a deletion and a new reference cannot both win, and
 * neither locks a busy row.
 */
const name = 'references'

/** Counts projects, users and groups of a domain, and role assignments on it. */
export function domainReferences(domainId: string): string {
  return `domain:${domainId}`
}

/** Counts child projects of a project, and what gives anybody rights in it. */
export function projectReferences(projectId: string): string {
  return `project:${projectId}`
}

/** Counts what a user has: roles, memberships, credentials, trusts. */
export function userReferences(userId: string): string {
  return `user:${userId}`
}

/** Counts the members of a group, and its role assignments. */
export function groupReferences(groupId: string): string {
  return `userGroup:${groupId}`
}

/** Counts the assignments of a role. Built-in roles, which are never deleted, count none. */
export function roleReferences(roleId: string): string | undefined {
  return (roles as readonly string[]).includes(roleId) ? undefined : `role:${roleId}`
}

/** Makes the counter: in the commit that makes the domain, project or user. */
export function openReferences(writes: Writes, scope: string, first = 0): void {
  const limit = limitOf(scope)
  if (first > 0) writes.add({ scope, name, add: first, limit })
  else writes.limit({ scope, name, limit })
}

/** A conflict at the commit when the scope is gone. */
export function addReference(writes: Writes, scope: string): void {
  writes.add({ scope, name, add: 1 })
}

export function dropReference(writes: Writes, scope: string): void {
  writes.add({ scope, name, add: -1 })
}

/** Removes a scope's counter on the condition, checked at the commit, that it is `expected`. */
export function closeReferences(writes: Writes, scope: string, expected: number): void {
  closeCounters(writes, scope, [{ name, value: expected }])
}

/** A counter to be removed: as it was read, and what the batch itself adds to it besides. */
export interface ClosingCounter {
  readonly name: string
  readonly value: number
  readonly own?: number
}

/**
 * Removes a scope's counters on the condition, checked at the commit, that none has grown since it
 * was read: with the limit one above the value read, the batch adds one in all, which fits only
 * then.
 */
export function closeCounters(
  writes: Writes,
  scope: string,
  counters: readonly ClosingCounter[],
): void {
  for (const { name: counter, value, own = 0 } of counters) {
    writes.limit({ scope, name: counter, limit: value + 1 })
    writes.add({ scope, name: counter, add: 1 - own })
  }
  writes.drop(scope)
}

function limitOf(scope: string): number {
  return scope.startsWith('user:') ? limits.userAssignments : unlimited
}
