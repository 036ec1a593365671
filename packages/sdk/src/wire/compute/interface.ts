import type { Port } from '@nephos/core'
import { z } from 'zod'
import type { Body } from './server.ts'
import { requireVersions } from './version.ts'

/** A port of a server, as `os-interface` shows it in this version. */
export function interfaceBody(port: Port, version: number): Body {
  return {
    port_id: port.id,
    net_id: port.networkId,
    mac_addr: port.mac,
    port_state: port.status,
    fixed_ips: port.fixedIps.map(({ subnetId, address }) => ({
      subnet_id: subnetId,
      ip_address: address,
    })),
    ...(version >= 70 && { tag: null }),
  }
}

export const interfaceAttachBody = z.strictObject({
  interfaceAttachment: z
    .strictObject({
      net_id: z.uuid().optional(),
      port_id: z.uuid().optional(),
      fixed_ips: z
        .array(z.strictObject({ ip_address: z.union([z.ipv4(), z.ipv6()]) }))
        .length(1)
        .optional(),
      tag: z.string().min(1).max(60).optional(),
    })
    .optional(),
})
type AttachBody = z.output<typeof interfaceAttachBody>

/**
 * What is to be attached: a port, or a new one of a network.
 *
 * @throws CloudError `invalid` for fields of other versions.
 */
export function interfaceInput(
  { interfaceAttachment: wanted = {} }: AttachBody,
  version: number,
): { readonly portId?: string; readonly networkId?: string; readonly address?: string } {
  requireVersions(wanted, { tag: { since: 49 } }, version)
  const { net_id: networkId, port_id: portId, fixed_ips: fixed } = wanted
  const address = fixed?.[0]?.ip_address
  return {
    ...(portId !== undefined && { portId }),
    ...(networkId !== undefined && { networkId }),
    ...(address !== undefined && { address }),
  }
}
