import type { FloatingIp, PortForwarding } from '@nephos/core'
import { z } from 'zod'
import { type Body, envelope, ownerFields, standardBody, whole } from './fields.ts'

const text = z.string()

const changeable = {
  description: text.optional(),
  port_id: text.nullable().optional(),
  fixed_ip_address: text.nullable().optional(),
}

export const floatingIpCreateBody = envelope(
  'floatingip',
  z.strictObject({
    ...changeable,
    ...ownerFields,
    floating_network_id: text,
    subnet_id: text.nullable().optional(),
    floating_ip_address: text.nullable().optional(),
    dns_name: text.optional(),
    dns_domain: text.optional(),
    tags: z.array(text).optional(),
  }),
)
export const floatingIpUpdateBody = envelope('floatingip', z.strictObject(changeable))

/** A floating IP (https://docs.openstack.org/api-ref/network/v2/#floating-ips-floatingips). */
export function floatingIpBody(row: FloatingIp): Body {
  const { target } = row
  return {
    ...standardBody(row),
    floating_network_id: row.networkId,
    floating_ip_address: row.address,
    fixed_ip_address: target?.fixedIp.address ?? null,
    port_id: target?.portId ?? null,
    router_id: target?.routerId ?? row.portForwardings[0]?.routerId ?? null,
    status: row.status,
    dns_name: row.dnsName ?? '',
    dns_domain: row.dnsDomain ?? '',
    port_forwardings: row.portForwardings.map(forwardingSummary),
    tags: row.tags,
  }
}

const forwarding = z.strictObject({
  protocol: text.optional(),
  external_port: whole.optional(),
  external_port_range: text.optional(),
  internal_port: whole.optional(),
  internal_port_range: text.optional(),
  internal_port_id: text.optional(),
  internal_ip_address: text.optional(),
  description: text.optional(),
})

export type ForwardingBody = z.infer<typeof forwarding>
export const forwardingBody = envelope('port_forwarding', forwarding)

/** Ports of one side: `80`, or `80:90`. */
export function portsOf(
  port: number | undefined,
  range: string | undefined,
): number | [number, number] | undefined {
  const parts = /^(\d{1,5})(?::(\d{1,5}))?$/.exec(range ?? '')
  if (range === undefined || !parts) return range === undefined ? port : Number.NaN
  return [Number(parts[1]), Number(parts[2] ?? parts[1])]
}

/** As the extension `floating-ip-port-forwarding-detail` has it. */
function forwardingSummary(row: PortForwarding): Body {
  const { id, external_port, internal_port, internal_ip_address, internal_port_id, protocol } =
    portForwardingBody(row)
  return { id, protocol, external_port, internal_port, internal_ip_address, internal_port_id }
}

/** A port forwarding (https://docs.openstack.org/api-ref/network/v2/#floating-ips-port-forwarding). */
export function portForwardingBody(row: PortForwarding): Body {
  const side = ([first, last]: readonly [number, number]) => ({
    port: first === last ? first : null,
    range: `${first}:${last}`,
  })
  const [outer, inner] = [side(row.externalPorts), side(row.internalPorts)]
  return {
    id: row.id,
    description: row.description,
    protocol: row.protocol,
    external_port: outer.port,
    external_port_range: outer.range,
    internal_port: inner.port,
    internal_port_range: inner.range,
    internal_port_id: row.portId,
    internal_ip_address: row.fixedIp.address,
  }
}
