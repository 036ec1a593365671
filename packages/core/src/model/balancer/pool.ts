import { defineKind } from '../kind.ts'
import type { AlpnProtocol, TlsVersion } from './listener.ts'
import type { PoolProtocol } from './protocols.ts'
import { type Child, childIndexes } from './tree.ts'

export const poolAlgorithms = [
  'ROUND_ROBIN',
  'LEAST_CONNECTIONS',
  'SOURCE_IP',
  'SOURCE_IP_PORT',
] as const
export type PoolAlgorithm = (typeof poolAlgorithms)[number]

export const persistenceTypes = ['SOURCE_IP', 'HTTP_COOKIE', 'APP_COOKIE'] as const
export type PersistenceType = (typeof persistenceTypes)[number]

/** How the requests of one client come to one member. */
export interface SessionPersistence {
  readonly type: PersistenceType
  /** Of `APP_COOKIE` only. */
  readonly cookieName: string | null
  /** Seconds, of UDP and SCTP pools only; null = the driver's choice. */
  readonly timeoutS: number | null
  /** Netmask that makes clients one, of UDP and SCTP pools only. */
  readonly granularity: string | null
}

/** TLS towards members. */
export interface PoolTls {
  readonly enabled: boolean
  /** A client certificate that members are shown. */
  readonly containerRef: string | null
  readonly caContainerRef: string | null
  readonly crlContainerRef: string | null
  readonly versions: readonly TlsVersion[]
  readonly ciphers: string
  readonly alpnProtocols: readonly AlpnProtocol[]
}

/** Members that share traffic, and how. */
export interface Pool extends Child {
  readonly name: string
  readonly description: string
  readonly protocol: PoolProtocol
  readonly algorithm: PoolAlgorithm
  readonly persistence: SessionPersistence | null
  readonly tls: PoolTls
}

export const poolKind = defineKind<Pool>('pool', childIndexes, { events: {} })

/** `members` and `monitors` of a pool, and `references` to it by listeners and policies. */
export function poolScope(poolId: string): string {
  return `balancerPool:${poolId}`
}
