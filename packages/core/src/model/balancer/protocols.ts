/** What goes with what, as documented for Octavia's API v2. */

export const listenerProtocols = [
  'TCP',
  'UDP',
  'SCTP',
  'HTTP',
  'HTTPS',
  'TERMINATED_HTTPS',
  'PROMETHEUS',
] as const
export type ListenerProtocol = (typeof listenerProtocols)[number]

export const poolProtocols = ['TCP', 'UDP', 'SCTP', 'HTTP', 'HTTPS', 'PROXY', 'PROXYV2'] as const
export type PoolProtocol = (typeof poolProtocols)[number]

export const monitorTypes = [
  'HTTP',
  'HTTPS',
  'PING',
  'TCP',
  'TLS-HELLO',
  'UDP-CONNECT',
  'SCTP',
] as const
export type MonitorType = (typeof monitorTypes)[number]

/** Protocols of pools that a listener can hand its traffic to. */
export const listenerPools: Readonly<Record<ListenerProtocol, readonly PoolProtocol[]>> =
  Object.freeze({
    TCP: ['HTTP', 'HTTPS', 'PROXY', 'PROXYV2', 'TCP'],
    UDP: ['UDP'],
    SCTP: ['SCTP'],
    HTTP: ['HTTP', 'PROXY', 'PROXYV2'],
    HTTPS: ['HTTPS', 'PROXY', 'PROXYV2', 'TCP'],
    TERMINATED_HTTPS: ['HTTP', 'PROXY', 'PROXYV2'],
    PROMETHEUS: [],
  })

const streamMonitors: readonly MonitorType[] = ['HTTP', 'HTTPS', 'PING', 'TCP', 'TLS-HELLO']

/** How members of a pool can be watched. */
export const poolMonitors: Readonly<Record<PoolProtocol, readonly MonitorType[]>> = Object.freeze({
  TCP: streamMonitors,
  HTTP: streamMonitors,
  HTTPS: streamMonitors,
  PROXY: streamMonitors,
  PROXYV2: streamMonitors,
  UDP: ['HTTP', 'TCP', 'UDP-CONNECT'],
  SCTP: ['HTTP', 'TCP', 'SCTP'],
})

/** What carries a listener: two listeners of one transport cannot share a port. */
export type Transport = 'tcp' | 'udp' | 'sctp'

export const transports: Readonly<Record<ListenerProtocol, Transport>> = Object.freeze({
  TCP: 'tcp',
  UDP: 'udp',
  SCTP: 'sctp',
  HTTP: 'tcp',
  HTTPS: 'tcp',
  TERMINATED_HTTPS: 'tcp',
  PROMETHEUS: 'tcp',
})

/** True if a listener reads requests: it can insert headers, and have policies. */
export function readsHttp(protocol: ListenerProtocol): boolean {
  return protocol === 'HTTP' || protocol === 'TERMINATED_HTTPS'
}
