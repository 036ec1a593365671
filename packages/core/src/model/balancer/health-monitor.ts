import { defineKind } from '../kind.ts'
import type { MonitorType } from './protocols.ts'
import { type Child, childIndexes } from './tree.ts'

export const monitorMethods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'TRACE',
  'OPTIONS',
  'PATCH',
  'CONNECT',
] as const
export type MonitorMethod = (typeof monitorMethods)[number]

/** What is asked of a member over HTTP. */
export interface MonitorRequest {
  readonly method: MonitorMethod
  readonly urlPath: string
  /** A code, a list, or a range: `200`, `200,202`, `200-204`. */
  readonly expectedCodes: string
  readonly version: '1.0' | '1.1' | null
  readonly domainName: string | null
}

/** How the members of a pool are watched. */
export interface HealthMonitor extends Child {
  readonly poolId: string
  readonly name: string
  readonly type: MonitorType
  /** Seconds between two looks, and until one is given up. */
  readonly delayS: number
  readonly timeoutS: number
  /** Looks in a row that must succeed for a member to be up. */
  readonly maxRetries: number
  /** Looks in a row that must fail for it to be down. */
  readonly maxRetriesDown: number
  /** Of HTTP and HTTPS; null for others. */
  readonly request: MonitorRequest | null
}

export const healthMonitorKind = defineKind<HealthMonitor>(
  'healthMonitor',
  { ...childIndexes, byPool: { fields: ['poolId'], unique: true } },
  { events: {} },
)
