import { defineKind, type Stored } from '../kind.ts'

/**
 * A time during which a resource had the same amounts. Written when it ends; the one that lasts is
 * in the resource's own row. Its id is `kind:resource:since`, so the store itself refuses to count
 * a time twice.
 */
export interface UsagePeriod extends Stored {
  readonly projectId: string
  /** Kind of the resource. */
  readonly kind: string
  readonly resourceId: string
  /** As it was called when the period ended; empty where there are no names. */
  readonly name: string
  /** Milliseconds since the epoch; `to` is after `since` and does not belong to it. */
  readonly since: number
  readonly to: number
  /** By resource class; those that are 0 are left out. */
  readonly amounts: Readonly<Record<string, number>>
}

export const usagePeriodKind = defineKind<UsagePeriod>('usagePeriod', {
  byProject: { fields: ['projectId', 'to'] },
  byEnd: { fields: ['to'] },
})

/** What a project used on one day (UTC), of periods that are kept no more. */
export interface UsageDay extends Stored {
  readonly projectId: string
  /** Midnight at which the day begins, in milliseconds since the epoch. */
  readonly day: number
  /** Amount × milliseconds by resource class, in decimal: more than a number holds exactly. */
  readonly sums: Readonly<Record<string, string>>
}

export const usageDayKind = defineKind<UsageDay>('usageDay', {
  byProject: { fields: ['projectId', 'day'] },
})

/** How far a project's periods were summed up. Its id is the project's; written with each sum. */
export interface UsageLedger extends Stored {
  /** Midnight (UTC): periods that ended before may be in days only. */
  readonly summedTo: number
}

export const usageLedgerKind = defineKind<UsageLedger>('usageLedger', {})

/** Milliseconds of a day. Every day of UTC has as many: the epoch counts no leap seconds. */
export const dayMs = 86_400_000

export function usagePeriodId(kind: string, resourceId: string, since: number): string {
  return `${kind}:${resourceId}:${since}`
}

export function usageDayId(projectId: string, day: number): string {
  return `${projectId}:${day}`
}
