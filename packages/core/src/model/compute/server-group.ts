import { defineKind, type Stored } from '../kind.ts'

export const groupPolicies = [
  'affinity',
  'anti-affinity',
  'soft-affinity',
  'soft-anti-affinity',
] as const
export type GroupPolicy = (typeof groupPolicies)[number]

/**
 * Servers that want to be together, or apart. How many members each host holds is counted in
 * counters.
 */
export interface ServerGroup extends Stored {
  readonly projectId: string
  /** Who made it; absent for groups from before it was kept. */
  readonly userId?: string
  readonly name: string
  readonly policy: GroupPolicy
  /** Anti-affinity only: members that one host may hold. */
  readonly maxServerPerHost: number
  readonly createdAt: number
}

export const serverGroupKind = defineKind<ServerGroup>(
  'serverGroup',
  { byProject: { fields: ['projectId', 'name'] } },
  { events: {} },
)

/**
 * Scope of a group's counters: one per host that holds members, limited by `maxServerPerHost` where
 * that is strict.
 */
export function groupScope(groupId: string): string {
  return `group:${groupId}`
}
