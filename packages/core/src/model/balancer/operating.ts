/** How what was provisioned fares. Octavia's statuses. */
export const operatingStatuses = [
  'ONLINE',
  'DRAINING',
  'OFFLINE',
  'DEGRADED',
  'ERROR',
  'NO_MONITOR',
] as const
export type OperatingStatus = (typeof operatingStatuses)[number]

/** What a driver knows of a member. */
export type MemberHealth = 'up' | 'down' | 'unknown'

/** A member's status, from what it is told to be and what is seen of it. */
export function memberStatus(
  member: { readonly adminStateUp: boolean; readonly weight: number },
  isMonitored: boolean,
  health: MemberHealth,
): OperatingStatus {
  if (!member.adminStateUp) return 'OFFLINE'
  if (isMonitored && health === 'down') return 'ERROR'
  if (member.weight === 0) return 'DRAINING'
  if (!isMonitored) return 'NO_MONITOR'
  return health === 'up' ? 'ONLINE' : 'OFFLINE'
}

/** A pool's status: `ERROR` when none is left of members that should take connections. */
export function poolStatus(
  adminStateUp: boolean,
  members: readonly OperatingStatus[],
): OperatingStatus {
  if (!adminStateUp) return 'OFFLINE'
  const failed = members.filter((status) => status === 'ERROR').length
  if (failed === 0) return 'ONLINE'
  const serving = members.some((status) => status === 'ONLINE' || status === 'NO_MONITOR')
  return serving ? 'DEGRADED' : 'ERROR'
}

/** The status of what is above others: never worse than degraded by what is below. */
export function parentStatus(
  adminStateUp: boolean,
  below: readonly OperatingStatus[],
): OperatingStatus {
  if (!adminStateUp) return 'OFFLINE'
  return below.some((status) => status === 'ERROR' || status === 'DEGRADED') ? 'DEGRADED' : 'ONLINE'
}
