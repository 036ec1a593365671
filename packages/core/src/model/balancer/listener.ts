import { defineKind } from '../kind.ts'
import type { ListenerProtocol } from './protocols.ts'
import { type Child, childIndexes } from './tree.ts'

export const clientAuthentications = ['NONE', 'OPTIONAL', 'MANDATORY'] as const
export type ClientAuthentication = (typeof clientAuthentications)[number]

export const tlsVersions = ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const
export type TlsVersion = (typeof tlsVersions)[number]

export const alpnProtocols = ['h2', 'http/1.1', 'http/1.0'] as const
export type AlpnProtocol = (typeof alpnProtocols)[number]

/** Headers that a listener can add to the requests that it hands on. */
export const insertableHeaders = [
  'X-Forwarded-For',
  'X-Forwarded-Port',
  'X-Forwarded-Proto',
  'X-SSL-Client-Verify',
  'X-SSL-Client-Has-Cert',
  'X-SSL-Client-DN',
  'X-SSL-Client-CN',
  'X-SSL-Issuer',
  'X-SSL-Client-SHA1',
  'X-SSL-Client-Not-Before',
  'X-SSL-Client-Not-After',
] as const
export type InsertableHeader = (typeof insertableHeaders)[number]

/** What a listener needs to end TLS: references to secrets, and what it offers. */
export interface ListenerTls {
  readonly defaultContainerRef: string | null
  readonly sniContainerRefs: readonly string[]
  readonly clientAuthentication: ClientAuthentication
  readonly clientCaContainerRef: string | null
  readonly clientCrlContainerRef: string | null
  readonly versions: readonly TlsVersion[]
  /** In OpenSSL's notation; empty = the driver's choice. */
  readonly ciphers: string
  readonly alpnProtocols: readonly AlpnProtocol[]
}

/** Milliseconds. */
export interface ListenerTimeouts {
  readonly clientDataMs: number
  readonly memberConnectMs: number
  readonly memberDataMs: number
  readonly tcpInspectMs: number
}

/** A port of a load balancer on which it takes traffic. */
export interface Listener extends Child {
  readonly name: string
  readonly description: string
  readonly protocol: ListenerProtocol
  readonly protocolPort: number
  /** Transport and port: no two listeners of a load balancer share it. */
  readonly portKey: string
  /** −1 = no limit. */
  readonly connectionLimit: number
  readonly defaultPoolId: string | null
  /** Clients let in; empty = everybody. */
  readonly allowedCidrs: readonly string[]
  readonly insertHeaders: readonly InsertableHeader[]
  readonly timeouts: ListenerTimeouts
  readonly tls: ListenerTls
}

export const listenerKind = defineKind<Listener>(
  'listener',
  { ...childIndexes, byPort: { fields: ['balancerId', 'portKey'], unique: true } },
  { events: {} },
)

/** `policies` of a listener. */
export function listenerScope(listenerId: string): string {
  return `listener:${listenerId}`
}
