import type { Server } from '../../model/compute/server.ts'
import type { Port } from '../../model/network/port.ts'
import type { PortTarget } from '../../ports/network-driver.ts'

/** What the data plane must do for a port of a server. One that is going takes its ports along. */
export function portTarget(
  port: Port,
  server: Pick<Server, 'desired' | 'hostId' | 'generation'>,
): PortTarget {
  return {
    portId: port.id,
    networkId: port.networkId,
    hostId: server.desired.power === 'absent' || port.unplugging ? null : server.hostId,
    revision: server.generation,
    mac: port.mac,
    addresses: port.fixedIps.map((fixed) => fixed.address),
    securityGroupIds: port.securityGroupIds,
    ...(port.dhcpOptions && { dhcpOptions: port.dhcpOptions }),
    ...(port.qosPolicyId !== undefined && { qosPolicyId: port.qosPolicyId }),
    ...(port.dnsName !== undefined && { dnsName: port.dnsName }),
  }
}

/** True if the data plane need not be told of the change of a port. */
export function sameTarget(before: Port, after: Port): boolean {
  const { dhcpOptions, dnsName, fixedIps, securityGroupIds } = before
  return (
    dnsName === after.dnsName &&
    before.qosPolicyId === after.qosPolicyId &&
    JSON.stringify(dhcpOptions) === JSON.stringify(after.dhcpOptions) &&
    fixedIps.length === after.fixedIps.length &&
    fixedIps.every((one, i) => one.address === after.fixedIps[i]?.address) &&
    securityGroupIds.length === after.securityGroupIds.length &&
    securityGroupIds.every((id, i) => id === after.securityGroupIds[i])
  )
}

/** The greatest generation of ports; 0 without any. */
export function newestGeneration(ports: readonly Pick<Port, 'generation'>[]): number {
  return ports.reduce((newest, { generation = 0 }) => Math.max(newest, generation), 0)
}

/**
 * False if a server and its ports were read as of different times, by a store that answers late or
 * because they changed in between: what they say together was never true, and an order made of it
 * could bring back what was given up.
 */
export function readTogether(
  server: Pick<Server, 'portsGeneration'>,
  ports: readonly Port[],
): boolean {
  return newestGeneration(ports) === (server.portsGeneration ?? 0)
}
