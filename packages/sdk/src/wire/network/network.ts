import type { InputOf, Network, networkCreate, networkUpdate } from '@nephos/core'
import { z } from 'zod'
import {
  type Body,
  envelope,
  isLent,
  oneOrMany,
  ownerFields,
  standardBody,
  truth,
  whole,
} from './fields.ts'

const changeable = {
  name: z.string().optional(),
  description: z.string().optional(),
  admin_state_up: truth.optional(),
  shared: truth.optional(),
  'router:external': truth.optional(),
  port_security_enabled: truth.optional(),
  mtu: whole.optional(),
  dns_domain: z.string().optional(),
  qos_policy_id: z.string().nullable().optional(),
}

const create = z.strictObject({
  ...changeable,
  ...ownerFields,
  tags: z.array(z.string()).optional(),
  'provider:network_type': z.string().nullable().optional(),
  'provider:physical_network': z.string().nullable().optional(),
  'provider:segmentation_id': whole.nullable().optional(),
  availability_zone_hints: z.array(z.string()).max(0).optional(),
})

export const networkCreateBody = oneOrMany('network', 'networks', create)
export const networkUpdateBody = envelope('network', z.strictObject(changeable))

/** Fields of the operation that a body gives. */
export function networkFields(
  body: z.infer<z.ZodObject<typeof changeable>>,
): Omit<InputOf<typeof networkUpdate>, 'id'> {
  return {
    name: body.name,
    description: body.description,
    adminStateUp: body.admin_state_up,
    shared: body.shared,
    external: body['router:external'],
    portSecurity: body.port_security_enabled,
    mtu: body.mtu,
    dnsDomain: body.dns_domain === '' ? null : body.dns_domain,
    qosPolicyId: body.qos_policy_id,
  }
}

type Provider = NonNullable<InputOf<typeof networkCreate>['provider']>

/** What a body says of how a network is carried; undefined for nothing. */
export function providerFields(body: z.infer<typeof create>): Provider | undefined {
  const type = body['provider:network_type'] ?? undefined
  const physicalNetwork = body['provider:physical_network'] ?? undefined
  const segmentationId = body['provider:segmentation_id'] ?? undefined
  if ([type, physicalNetwork, segmentationId].every((one) => one === undefined)) return undefined
  return { type: type as Provider['type'], physicalNetwork, segmentationId }
}

/** A network (https://docs.openstack.org/api-ref/network/v2/#networks). */
export function networkBody(row: Network, viewer: string | null, isOperator: boolean): Body {
  return {
    ...standardBody(row),
    name: row.name,
    admin_state_up: row.adminStateUp,
    status: row.status,
    shared: isLent(row, viewer),
    'router:external': row.external,
    port_security_enabled: row.portSecurity,
    mtu: row.mtu,
    dns_domain: row.dnsDomain ?? '',
    qos_policy_id: row.qosPolicyId ?? null,
    subnets: row.subnetIds,
    tags: row.tags,
    availability_zone_hints: [],
    availability_zones: [],
    ipv4_address_scope: null,
    ipv6_address_scope: null,
    ...(isOperator && {
      'provider:network_type': row.provider?.type ?? null,
      'provider:physical_network': row.provider?.physicalNetwork ?? null,
      'provider:segmentation_id': row.provider?.segmentationId ?? null,
    }),
  }
}
