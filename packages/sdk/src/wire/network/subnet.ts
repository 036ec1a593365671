import type { InputOf, Subnet, subnetUpdate } from '@nephos/core'
import { z } from 'zod'
import {
  type Body,
  envelope,
  oneOrMany,
  ownerFields,
  standardBody,
  truth,
  whole,
} from './fields.ts'

const text = z.string()
const mode = z.string().nullable().optional()

const changeable = {
  name: text.optional(),
  description: text.optional(),
  gateway_ip: text.nullable().optional(),
  enable_dhcp: truth.optional(),
  allocation_pools: z.array(z.strictObject({ start: text, end: text })).optional(),
  dns_nameservers: z.array(text).optional(),
  host_routes: z.array(z.strictObject({ destination: text, nexthop: text })).optional(),
  service_types: z.array(text).optional(),
}

const create = z.strictObject({
  ...changeable,
  ...ownerFields,
  network_id: text,
  ip_version: whole.optional(),
  cidr: text.nullable().optional(),
  subnetpool_id: text.nullable().optional(),
  use_default_subnetpool: truth.optional(),
  prefixlen: whole.optional(),
  ipv6_address_mode: mode,
  ipv6_ra_mode: mode,
  tags: z.array(text).optional(),
})

export type SubnetCreateBody = z.infer<typeof create>
export const subnetCreateBody = oneOrMany('subnet', 'subnets', create)
export const subnetUpdateBody = envelope('subnet', z.strictObject(changeable))

/** Fields of the operation that a body gives. */
export function subnetFields(
  body: z.infer<z.ZodObject<typeof changeable>>,
): Omit<InputOf<typeof subnetUpdate>, 'id'> {
  return {
    name: body.name,
    description: body.description,
    gatewayIp: body.gateway_ip,
    enableDhcp: body.enable_dhcp,
    allocationPools: body.allocation_pools,
    dnsNameservers: body.dns_nameservers,
    hostRoutes: body.host_routes,
    serviceTypes: body.service_types,
  }
}

/** A subnet (https://docs.openstack.org/api-ref/network/v2/#subnets). */
export function subnetBody(row: Subnet): Body {
  return {
    ...standardBody(row),
    name: row.name,
    network_id: row.networkId,
    ip_version: row.version,
    cidr: row.cidr,
    gateway_ip: row.gatewayIp,
    enable_dhcp: row.enableDhcp,
    allocation_pools: row.allocationPools,
    dns_nameservers: row.dnsNameservers,
    host_routes: row.hostRoutes,
    ipv6_address_mode: row.ipv6AddressMode,
    ipv6_ra_mode: row.ipv6RaMode,
    subnetpool_id: row.subnetPoolId ?? null,
    service_types: row.serviceTypes ?? [],
    tags: row.tags,
  }
}
