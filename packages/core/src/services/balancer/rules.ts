import { CloudError } from '../../base/errors.ts'
import type { Listener } from '../../model/balancer/listener.ts'
import type { Pool, SessionPersistence } from '../../model/balancer/pool.ts'
import {
  listenerPools,
  type ListenerProtocol,
  type MonitorType,
  poolMonitors,
  type PoolProtocol,
  readsHttp,
} from '../../model/balancer/protocols.ts'

/** What must go together in one row, or between two. All refuse with the field concerned. */

function refuse(field: string, why: string, limit?: string): never {
  throw new CloudError('invalid', `${field}: ${why}`, {
    field,
    ...(limit === undefined ? {} : { limit }),
  })
}

/** @throws CloudError `invalid` for a pool whose protocol the listener cannot hand traffic to. */
export function requirePoolFits(
  protocol: ListenerProtocol,
  pool: { readonly protocol: PoolProtocol },
  field: string,
): void {
  const allowed = listenerPools[protocol]
  if (allowed.includes(pool.protocol)) return
  const list = allowed.join(', ') || 'none'
  refuse(field, `a ${protocol} listener takes no ${pool.protocol} pool.`, list)
}

/** @throws CloudError `invalid`. */
export function requireMonitorFits(
  pool: { readonly protocol: PoolProtocol },
  type: MonitorType,
  field: string,
): void {
  const allowed = poolMonitors[pool.protocol]
  if (allowed.includes(type)) return
  refuse(field, `a ${pool.protocol} pool is not watched by ${type}.`, allowed.join(', '))
}

/** @throws CloudError `invalid` for what a listener of its protocol does not have. */
export function requireListener(
  listener: Pick<Listener, 'protocol' | 'insertHeaders' | 'tls'>,
  path: string,
): void {
  const { protocol, insertHeaders, tls } = listener
  if (insertHeaders.length > 0 && !readsHttp(protocol)) {
    refuse(`${path}insertHeaders`, `a ${protocol} listener reads no headers.`)
  }
  const refs = [tls.defaultContainerRef, tls.clientCaContainerRef, tls.clientCrlContainerRef]
  const hasRefs = refs.some((ref) => ref !== null) || tls.sniContainerRefs.length > 0
  if (protocol === 'TERMINATED_HTTPS') {
    if (tls.defaultContainerRef === null && tls.sniContainerRefs.length === 0) {
      refuse(`${path}tls.defaultContainerRef`, 'a listener that ends TLS needs a certificate.')
    }
  } else if (hasRefs || tls.clientAuthentication !== 'NONE') {
    refuse(`${path}tls`, `a ${protocol} listener does not end TLS.`)
  }
  if (tls.clientAuthentication !== 'NONE' && tls.clientCaContainerRef === null) {
    refuse(`${path}tls.clientCaContainerRef`, 'clients cannot be authenticated without a CA.')
  }
  if (tls.clientCrlContainerRef !== null && tls.clientCaContainerRef === null) {
    refuse(`${path}tls.clientCrlContainerRef`, 'needs a CA.')
  }
}

/** @throws CloudError `invalid` for prefixes of clients that cannot reach the address. */
export function requireReachable(
  { vip }: { readonly vip: { readonly address: string } },
  cidrs: readonly string[],
  path: string,
): void {
  const isSix = vip.address.includes(':')
  const at = cidrs.findIndex((cidr) => cidr.includes(':') !== isSix)
  if (at < 0) return
  refuse(`${path}allowedCidrs[${at}]`, 'is of another IP version than the address.')
}

/** @throws CloudError `invalid` for what a pool of its protocol does not have. */
export function requirePool(
  pool: Pick<Pool, 'protocol' | 'persistence' | 'tls'>,
  path: string,
): void {
  const { protocol, persistence, tls } = pool
  const isDatagram = protocol === 'UDP' || protocol === 'SCTP'
  if (tls.enabled && isDatagram) {
    refuse(`${path}tls.enabled`, `a ${protocol} pool has no TLS.`)
  }
  const refs = [tls.containerRef, tls.caContainerRef, tls.crlContainerRef]
  if (!tls.enabled && refs.some((ref) => ref !== null)) {
    refuse(`${path}tls.enabled`, 'certificates are of no use without TLS.')
  }
  if (tls.crlContainerRef !== null && tls.caContainerRef === null) {
    refuse(`${path}tls.crlContainerRef`, 'needs a CA.')
  }
  if (persistence) requirePersistence(persistence, protocol, `${path}persistence.`)
}

function requirePersistence(
  { type, cookieName, timeoutS, granularity }: SessionPersistence,
  protocol: PoolProtocol,
  path: string,
): void {
  const isDatagram = protocol === 'UDP' || protocol === 'SCTP'
  const readsCookies = protocol === 'HTTP' || protocol === 'PROXY' || protocol === 'PROXYV2'
  if (type !== 'SOURCE_IP' && !readsCookies) {
    refuse(`${path}type`, `a ${protocol} pool reads no cookies.`, 'SOURCE_IP')
  }
  if (type === 'APP_COOKIE' && cookieName === null) {
    refuse(`${path}cookieName`, 'APP_COOKIE needs the name of the cookie.')
  }
  if (type !== 'APP_COOKIE' && cookieName !== null) {
    refuse(`${path}cookieName`, `${type} has no cookie of a name.`)
  }
  if (timeoutS !== null && !isDatagram) {
    refuse(`${path}timeoutS`, 'is for UDP and SCTP pools.')
  }
  if (granularity !== null && !isDatagram) {
    refuse(`${path}granularity`, 'is for UDP and SCTP pools.')
  }
}
